using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles;

/// <summary>What one file of the archive holds: finished candles in time order, and what is known about the times between them.</summary>
internal sealed record CandleSegment
{
    public required string Symbol { get; init; }

    public required BarSize Bar { get; init; }

    /// <summary>Finished candles on the grid, oldest first, no opening twice.</summary>
    public required ReadOnlyMemory<Candle> Candles { get; init; }

    /// <summary>The openings that OKX has answered for: those with a candle, and those known to have none.</summary>
    public required IntervalSet Covered { get; init; }

    /// <summary>The covered openings without a candle, each with the instant (Unix ms) at which OKX said so.</summary>
    public required IReadOnlyList<KnownGap> Gaps { get; init; }

    /// <summary>When the newest of the content was received, Unix ms.</summary>
    public required long FetchedAt { get; init; }

    /// <summary>The generation of the series that the rows belong to; rows of two are never in one segment.</summary>
    public int Generation { get; init; } = 1;

    /// <summary>Whether a merge has added nothing to the other segment; rows are only ever added.</summary>
    public bool HoldsSameAs(CandleSegment other) =>
        Candles.Length == other.Candles.Length && Covered.SequenceEqual(other.Covered) && Gaps.SequenceEqual(other.Gaps);
}
