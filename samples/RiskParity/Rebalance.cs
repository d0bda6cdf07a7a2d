namespace RiskParity;

/// <summary>The weights that hold from an instant on.</summary>
internal sealed record Rebalance
{
    public required DateTimeOffset At { get; init; }

    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>The parts of the money; they sum to 1.</summary>
    public required double[] Weights { get; init; }

    /// <summary>The parts of the portfolio's variance, as it was estimated then.</summary>
    public required double[] RiskContributions { get; init; }

    /// <summary>The standard deviations of a day's log return, as they were estimated then.</summary>
    public required double[] DailyVolatilities { get; init; }

    /// <summary>The assets that were not held from then on, and why.</summary>
    public IReadOnlyList<(string Symbol, string Reason)> LeftOut { get; init; } = [];
}
