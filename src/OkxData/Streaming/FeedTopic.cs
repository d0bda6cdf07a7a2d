namespace OkxData.Streaming;

/// <summary>Who listens to a topic. Guarded by the feed's lock.</summary>
internal sealed class FeedTopic
{
    /// <summary>Replaced as a whole, so that a listener may leave while all are told something.</summary>
    public StreamSubscription[] Subscriptions { get; private set; } = [];

    /// <summary>The connection that pushes it; <see langword="null"/> while none is known to.</summary>
    public StreamSession? Server { get; set; }

    public bool IsEmpty => Subscriptions.Length == 0;

    public void Add(StreamSubscription subscription) => Subscriptions = [.. Subscriptions, subscription];

    public bool Remove(StreamSubscription subscription)
    {
        var left = Array.FindAll(Subscriptions, other => other != subscription);
        var wasThere = left.Length < Subscriptions.Length;
        Subscriptions = left;
        return wasThere;
    }
}
