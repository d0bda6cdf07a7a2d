namespace OkxData.Testing;

/// <summary>What became of the pushes of a simulator. One push to several connections counts once.</summary>
public sealed record SimulatedPushCounts
{
    /// <summary>How many were due while somebody was subscribed.</summary>
    public required long Due { get; init; }

    /// <summary>How many of those were the last of a closed candle.</summary>
    public required long Confirmations { get; init; }

    /// <summary>How many were lost by a fault, confirmations included. What a dropped connection misses is not among them.</summary>
    public required long Lost { get; init; }

    /// <summary>How many confirmations were lost by a fault.</summary>
    public required long ConfirmationsLost { get; init; }

    /// <summary>How many came twice.</summary>
    public required long Repeated { get; init; }

    /// <summary>How many came late or after the next.</summary>
    public required long Delayed { get; init; }

    /// <summary>How many messages were sent that are no push at all, or an old one.</summary>
    public required long Junk { get; init; }
}
