namespace OkxData.Streaming;

/// <summary>What a frame is.</summary>
internal enum FrameKind
{
    /// <summary>Not a whole frame of any known form.</summary>
    Malformed,

    Push,

    Subscribed,

    Unsubscribed,

    Error,

    Notice,

    Pong,

    /// <summary>An event that OKX has added, or one that market data has no use for.</summary>
    Other,
}
