using OkxData.Time;

namespace OkxData.Datasets;

/// <summary>How one series compares with the manifest.</summary>
public sealed record SeriesComparison
{
    /// <summary>The instrument, as OKX writes it.</summary>
    public required string Symbol { get; init; }

    /// <summary>Whether it is the same.</summary>
    public required SeriesVerdict Verdict { get; init; }

    /// <summary>Where it is not: ranges of openings, start inclusive, end exclusive, UTC, each at most 500 candles of the manifest; empty unless <see cref="SeriesVerdict.Changed"/>.</summary>
    public IReadOnlyList<UtcRange> Changes { get; init; } = [];

    /// <summary>What was found, in a sentence.</summary>
    public required string Message { get; init; }
}
