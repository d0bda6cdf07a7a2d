using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.History;

/// <summary>Looks for the place where stored candles and received ones follow one another at prices that can hardly be one asset's.</summary>
/// <remarks>
/// Looked at are the rows above the first stored one, and how those below lead up to it. What comes further down is not: years of old rows may hold
/// a price that was wrong for a moment, and it says nothing of what is stored.
/// </remarks>
/// <param name="grid">Where bars open.</param>
/// <param name="stored">The stored rows.</param>
/// <param name="answered">The openings that OKX has answered for: what has no row there has none.</param>
internal readonly struct SeriesBreakSearch(BarGrid grid, ReadOnlyMemory<Candle> stored, IntervalSet answered)
{
    /// <param name="batches">Received rows that are not stored; those of a batch oldest first.</param>
    public SeriesBreak? Find(IEnumerable<ReadOnlyMemory<Candle>> batches)
    {
        if (stored.IsEmpty)
            return null;

        Candle? last = null;
        var ordered = Ordered(batches).ToList();
        for (var i = 0; i < ordered.Count; i++)
        {
            var batch = ordered[i];
            foreach (ref readonly var row in batch.Span)
            {
                if (BreakBefore(in row, last) is { } found)
                    return found;
                last = row;
            }

            if (BreakAfter(last!.Value, i + 1 < ordered.Count ? ordered[i + 1].Span[0].OpenTime : DateTimeOffset.MaxValue) is { } end)
                return end;
        }

        return null;
    }

    /// <summary>Where the newest asset's candles begin among those of several; <see langword="null"/> where they are all of one.</summary>
    public static long? LastIn(BarGrid grid, ReadOnlySpan<Candle> rows)
    {
        for (var i = rows.Length - 1; i > 0; i--)
        {
            var isNext = grid.Add(CandleRows.OpenMilliseconds(in rows[i - 1]), 1) == CandleRows.OpenMilliseconds(in rows[i]);
            if (isNext && SeriesBreak.IsBetween(in rows[i - 1], in rows[i], SeriesBreak.OpeningFactor))
                return CandleRows.OpenMilliseconds(in rows[i]);
        }

        return null;
    }

    /// <summary>Whether it is not known yet what follows the last stored row.</summary>
    public bool IsOpenAbove(IEnumerable<ReadOnlyMemory<Candle>> batches)
    {
        var last = stored.Span[^1];
        foreach (var batch in Ordered(batches))
        {
            var at = CandleRows.LowerBound(batch.Span, CandleRows.OpenMilliseconds(in last) + 1);
            if (at < batch.Length)
                return !IsNothingBetween(in last, in batch.Span[at]);
        }

        return false;
    }

    private static IOrderedEnumerable<ReadOnlyMemory<Candle>> Ordered(IEnumerable<ReadOnlyMemory<Candle>> batches) =>
        batches.Where(batch => !batch.IsEmpty).OrderBy(batch => batch.Span[0].OpenTime);

    private SeriesBreak? BreakBefore(in Candle row, Candle? previous)
    {
        var opening = CandleRows.OpenMilliseconds(in row);
        if (opening < CandleRows.OpenMilliseconds(in stored.Span[0]))
            return null;
        if (previous is { } adjacent && grid.Add(CandleRows.OpenMilliseconds(in adjacent), 1) == opening)
            return IsBreak(in adjacent, in row) ? new SeriesBreak(adjacent, row) : null;

        var at = CandleRows.LowerBound(stored.Span, opening) - 1;
        if (previous is { } hole && BreakAfter(in hole, row.OpenTime) is { } end)
            return end;
        var before = at >= 0 && !(previous?.OpenTime > stored.Span[at].OpenTime) ? stored.Span[at] : previous;
        return before is { } found && IsBreak(in found, in row) ? new SeriesBreak(found, row) : null;
    }

    /// <param name="row">A received row.</param>
    /// <param name="next">When the received row after it opens.</param>
    private SeriesBreak? BreakAfter(in Candle row, DateTimeOffset next)
    {
        var at = CandleRows.LowerBound(stored.Span, CandleRows.OpenMilliseconds(in row));
        return at < stored.Length && stored.Span[at].OpenTime < next && IsBreak(in row, in stored.Span[at]) ? new SeriesBreak(row, stored.Span[at]) : null;
    }

    private bool IsBreak(in Candle before, in Candle after) =>
        SeriesBreak.IsBetween(in before, in after, SeriesBreak.OpeningFactor) && IsNothingBetween(in before, in after);

    private bool IsNothingBetween(in Candle before, in Candle after) =>
        answered.Covers(new Interval(grid.Add(CandleRows.OpenMilliseconds(in before), 1), CandleRows.OpenMilliseconds(in after)));
}
