using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.Archive;

/// <summary>What the archive holds of a range.</summary>
internal sealed record ArchivedSeries
{
    public static ArchivedSeries Nothing { get; } = new() { Candles = default, Covered = IntervalSet.Empty, Gaps = [], Facts = SeriesFacts.None, FetchedAt = null };

    /// <summary>Finished candles, oldest first; a few outside the range may be among them.</summary>
    public required ReadOnlyMemory<Candle> Candles { get; init; }

    public required IntervalSet Covered { get; init; }

    public required IReadOnlyList<KnownGap> Gaps { get; init; }

    public required SeriesFacts Facts { get; init; }

    /// <summary>When the newest of it was received, Unix ms; <see langword="null"/> when there is nothing.</summary>
    public required long? FetchedAt { get; init; }

    /// <summary>Whether it is a generation that has ended.</summary>
    public bool IsEarlier { get; init; }

    /// <summary>The openings of earlier generations; what OKX has of them is not asked for.</summary>
    public Interval Earlier => Facts.Begins is { } begins ? new Interval(UnixTime.MinMilliseconds, begins) : default;

    /// <summary>The openings that need not be asked for: covered ones, without the gaps that were last asked for before the instant.</summary>
    public IntervalSet SettledSince(long instant)
    {
        var settled = Covered.Except(Gaps.Where(gap => gap.AskedAt < instant).Select(gap => gap.Openings)).Union(Earlier);
        return Facts.FirstAvailable is { } first && Facts.FirstAvailableAskedAt >= instant
            ? settled.Union(new Interval(UnixTime.MinMilliseconds, first))
            : settled;
    }
}
