namespace OkxData.Streaming;

/// <summary>Where a topic stands on one connection. Guarded by the feed's lock.</summary>
internal sealed class TopicSlot(StreamTopic topic)
{
    public StreamTopic Topic { get; } = topic;

    public SlotState State { get; set; } = SlotState.Queued;

    /// <summary>What the connection was last asked about the topic and has not answered.</summary>
    public StreamRequest? Request { get; set; }

    /// <summary>Whether somebody wants the topic; where it is being unsubscribed, it is subscribed to again after that.</summary>
    public bool IsWanted { get; set; } = true;

    /// <summary>Whether OKX has acknowledged or pushed it since it was last unsubscribed.</summary>
    public bool WasServed { get; set; }

    /// <summary>Whether OKX was asked for it since then.</summary>
    public bool WasAsked { get; set; }

    /// <summary>Whether it stands in the queue of what is to be sent.</summary>
    public bool IsQueued { get; set; }

    /// <summary>When OKX was first asked for it, of the questions that it has not answered.</summary>
    public long AskedSince { get; set; }

    /// <summary>How many questions in a row were not answered in time.</summary>
    public int Unanswered { get; set; }

    /// <summary>Whether this connection pushes the topic, as far as is known.</summary>
    public bool IsServed => State is SlotState.Served;
}
