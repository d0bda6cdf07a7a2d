namespace OkxData.Models;

/// <summary>How far a download has come.</summary>
public sealed record CandleProgress
{
    /// <summary>The symbol whose page or series was just done.</summary>
    public required string Symbol { get; init; }

    /// <summary>The bars of <see cref="Symbol"/> that are settled: held, received, or known not to exist.</summary>
    public required long SymbolBarsDone { get; init; }

    /// <summary>The bars of <see cref="Symbol"/> in the range.</summary>
    public required long SymbolBarsTotal { get; init; }

    /// <summary>The symbols that are complete or have failed.</summary>
    public required int SymbolsDone { get; init; }

    /// <summary>The symbols asked for.</summary>
    public required int SymbolsTotal { get; init; }

    /// <summary>The bars of all symbols that are settled.</summary>
    public required long BarsDone { get; init; }

    /// <summary>The bars of all symbols in the range.</summary>
    public required long BarsTotal { get; init; }

    /// <summary>The requests that this call has sent to OKX so far, repeats included.</summary>
    public required int RequestsSent { get; init; }

    /// <summary>The time that has passed since the call began.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>An estimate of the time left, from the pace so far; <see langword="null"/> before there is one.</summary>
    public TimeSpan? Remaining { get; init; }
}
