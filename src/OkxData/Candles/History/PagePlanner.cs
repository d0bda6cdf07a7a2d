using OkxData.Candles.Archive;
using OkxData.Time;

namespace OkxData.Candles.History;

/// <summary>Decides what is asked for, and in which pages. Pure functions over openings.</summary>
internal static class PagePlanner
{
    /// <summary>The openings to ask for: what is wanted and not settled, each stretch with the stored candles on either side of it, to compare.</summary>
    public static IntervalSet Todo(Interval wanted, IntervalSet settled, ArchivedSeries archived, BarGrid grid)
    {
        var missing = settled.Complement(wanted);
        var overlap = missing
            .SelectMany(stretch => new[] { new Interval(grid.Add(stretch.Start, -1), stretch.Start), new Interval(stretch.End, grid.Add(stretch.End, 1)) })
            .Where(bar => CandleRows.TryFind(archived.Candles.Span, bar.Start, out _));
        return missing.Union(overlap);
    }

    /// <summary>The next page: it begins at the oldest opening, spans at most a reply, and ends at the last opening in it that is asked for.</summary>
    public static Interval FirstPage(IntervalSet todo, BarGrid grid, int pageSize)
    {
        var start = todo[0].Start;
        var window = todo.Intersect(new Interval(start, grid.Add(start, pageSize)));
        return new Interval(start, window[^1].End);
    }

    /// <summary>The end of the last page that begins before the recent endpoint's bound; such a page runs over the bound.</summary>
    public static long HistoryBoundary(IntervalSet todo, BarGrid grid, PullTerms terms)
    {
        var boundary = UnixTime.MinMilliseconds;
        foreach (var stretch in todo)
        {
            var start = Math.Max(stretch.Start, boundary);
            while (start < stretch.End && start < terms.RecentBound)
                start = boundary = grid.Add(start, terms.PageSize);
        }

        return boundary;
    }

    /// <summary>The oldest opening to ask for, when nothing at all is known of the time before it.</summary>
    public static long? LeadingStart(IntervalSet todo, ArchivedSeries archived)
    {
        if (todo.IsEmpty)
            return null;

        var start = todo[0].Start;
        var hasOlder = (!archived.Candles.IsEmpty && CandleRows.OpenMilliseconds(in archived.Candles.Span[0]) <= start) || archived.Facts.FirstAvailable < start;
        return hasOlder ? null : start;
    }

    /// <summary>The stored openings that are asked for again, to compare.</summary>
    public static IntervalSet Overlap(IntervalSet todo, ArchivedSeries archived, BarGrid grid)
    {
        var stored = CandleRows.Openings(archived.Candles.Span, grid);
        return todo.Except(todo.Except(stored));
    }

    /// <summary>The opening of the newest finished candle that is known of the series.</summary>
    public static long? NewestKnown(ArchivedSeries archived)
    {
        long? stored = archived.Candles.IsEmpty ? null : CandleRows.OpenMilliseconds(in archived.Candles.Span[^1]);
        return stored is null || archived.Facts.LastFinished > stored ? archived.Facts.LastFinished : stored;
    }
}
