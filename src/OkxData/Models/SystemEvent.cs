namespace OkxData.Models;

/// <summary>One announcement of OKX about its service.</summary>
public sealed record SystemEvent
{
    /// <summary>What it is called.</summary>
    public required string Title { get; init; }

    /// <summary>How far it is.</summary>
    public required SystemEventState State { get; init; }

    /// <summary>What it is for.</summary>
    public SystemEventKind Kind { get; init; }

    /// <summary>Which part of OKX it concerns.</summary>
    public SystemService Service { get; init; }

    /// <summary>When it begins, UTC.</summary>
    public required DateTimeOffset Begin { get; init; }

    /// <summary>When it is expected to end, or has ended once completed, UTC; <see langword="null"/> where OKX names no end.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>When it was or will be open again for cancelling and posting only, UTC; <see langword="null"/> where there is no such time.</summary>
    public DateTimeOffset? PreOpenBegin { get; init; }

    /// <summary>Why it was rescheduled; empty where it was not.</summary>
    public string Note { get; init; } = "";

    /// <summary>Where OKX says more; <see langword="null"/> where it does not.</summary>
    public Uri? Link { get; init; }

    /// <summary>Whether it has begun and not ended, as OKX says.</summary>
    public bool IsUnderWay => State is SystemEventState.Ongoing or SystemEventState.PreOpen;

    /// <summary>Whether it may keep market data from being served; block trading, bots, copy trading and the like do not.</summary>
    public bool ConcernsMarketData => Service is not (SystemService.BlockTrading or SystemService.TradingBots or SystemService.SpreadTrading or SystemService.CopyTrading or SystemService.AccountsInBatches);
}
