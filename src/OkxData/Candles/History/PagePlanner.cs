using OkxData.Candles.Archive;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.History;

/// <summary>Decides what is asked for, and in which pages. Pure functions over openings.</summary>
internal static class PagePlanner
{
    /// <summary>The openings to ask for: what is wanted and not settled, each stretch with the stored candles on either side of it, to compare; where there are none, with the nearest.</summary>
    public static IntervalSet Todo(Interval wanted, IntervalSet settled, ArchivedSeries archived, BarGrid grid)
    {
        var missing = settled.Complement(wanted);
        return archived.Candles.IsEmpty ? missing : missing.Union(missing.SelectMany(stretch => Neighbours(stretch, archived, grid)));
    }

    private static IEnumerable<Interval> Neighbours(Interval stretch, ArchivedSeries archived, BarGrid grid)
    {
        var rows = archived.Candles.Span;
        var above = CandleRows.LowerBound(rows, stretch.End);
        var below = CandleRows.LowerBound(rows, stretch.Start) - 1;
        Interval? lower = below < 0 ? null : BarOf(in rows[below], grid);
        Interval? upper = above == rows.Length ? null : BarOf(in rows[above], grid);
        var isInside = below + 1 < above;
        return (lower?.End == stretch.Start, upper?.Start == stretch.End) switch
        {
            (true, true) => [lower!.Value, upper!.Value],
            (true, false) => [lower!.Value],
            (false, true) => [upper!.Value],
            _ when isInside => [],
            _ => [(lower ?? upper)!.Value],
        };
    }

    private static Interval BarOf(in Candle row, BarGrid grid)
    {
        var opening = CandleRows.OpenMilliseconds(in row);
        return new Interval(opening, grid.Add(opening, 1));
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
