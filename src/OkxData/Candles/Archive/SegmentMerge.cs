using OkxData.Time;

namespace OkxData.Candles.Archive;

/// <summary>Joins what is stored with what has arrived.</summary>
internal static class SegmentMerge
{
    /// <summary>All rows and all that is covered of both; where both have a row, the stored one stays.</summary>
    public static CandleSegment Merge(CandleSegment? stored, CandleSegment arrived)
    {
        if (stored is null)
            return arrived;
        if (stored.Generation != arrived.Generation)
            throw new InvalidOperationException($"Rows of generation {arrived.Generation} of {arrived.Symbol} cannot be added to those of generation {stored.Generation}.");

        var grid = new SeriesKey(arrived.Symbol, arrived.Bar).Grid;
        var rows = CandleRows.Merge(stored.Candles, arrived.Candles);
        return arrived with
        {
            Candles = rows,
            Covered = stored.Covered.Union(arrived.Covered),
            Gaps = MergeGaps(stored.Gaps, arrived.Gaps, CandleRows.Openings(rows.Span, grid)),
            FetchedAt = Math.Max(stored.FetchedAt, arrived.FetchedAt),
        };
    }

    /// <summary>The gaps of both without the openings that have a row by now; where both name an opening, the later answer counts.</summary>
    private static List<KnownGap> MergeGaps(IReadOnlyList<KnownGap> stored, IReadOnlyList<KnownGap> arrived, IntervalSet filled)
    {
        var gaps = new List<KnownGap>();
        var settled = filled;
        foreach (var answer in stored.Concat(arrived).GroupBy(gap => gap.AskedAt).OrderByDescending(group => group.Key))
        {
            var openings = IntervalSet.Of(answer.Select(gap => gap.Openings)).Except(settled);
            gaps.AddRange(openings.Select(interval => new KnownGap(interval, answer.Key)));
            settled = settled.Union(openings);
        }

        gaps.Sort((a, b) => a.Openings.Start.CompareTo(b.Openings.Start));
        return gaps;
    }
}
