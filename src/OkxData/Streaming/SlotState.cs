namespace OkxData.Streaming;

/// <summary>Where a topic stands on one connection.</summary>
internal enum SlotState
{
    /// <summary>To be subscribed to.</summary>
    Queued,

    /// <summary>Asked for, and not answered.</summary>
    Asked,

    /// <summary>OKX has acknowledged it, or pushes it.</summary>
    Served,

    /// <summary>To be unsubscribed.</summary>
    Leaving,

    /// <summary>Unsubscribed, and not answered: pushes may still come.</summary>
    Left,

    /// <summary>No longer on this connection.</summary>
    Gone,
}
