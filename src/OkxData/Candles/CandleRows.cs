using System.Runtime.InteropServices;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles;

/// <summary>What is asked of rows in time order.</summary>
internal static class CandleRows
{
    public static long OpenMilliseconds(in Candle candle) => UnixTime.ToMilliseconds(candle.OpenTime);

    /// <summary>Whether two candles carry the same figures; the number of trailing zeros does not matter.</summary>
    public static bool HaveSameFigures(in Candle a, in Candle b) =>
        a.Open == b.Open && a.High == b.High && a.Low == b.Low && a.Close == b.Close &&
        a.Volume == b.Volume && a.QuoteVolume == b.QuoteVolume && a.Contracts == b.Contracts;

    /// <summary>The position of the first row that opens at or after the instant.</summary>
    public static int LowerBound(ReadOnlySpan<Candle> rows, long opening)
    {
        var (low, high) = (0, rows.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (OpenMilliseconds(in rows[middle]) < opening)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    public static bool TryFind(ReadOnlySpan<Candle> rows, long opening, out Candle row)
    {
        var at = LowerBound(rows, opening);
        var found = at < rows.Length && OpenMilliseconds(in rows[at]) == opening;
        row = found ? rows[at] : default;
        return found;
    }

    public static ReadOnlyMemory<Candle> Slice(ReadOnlyMemory<Candle> rows, Interval openings)
    {
        var start = LowerBound(rows.Span, openings.Start);
        return rows[start..Math.Max(start, LowerBound(rows.Span, openings.End))];
    }

    /// <summary>The position of the last finished row; -1 when there is none.</summary>
    public static int LastIndexOfFinished(this ReadOnlySpan<Candle> rows)
    {
        var at = rows.Length - 1;
        while (at >= 0 && !rows[at].IsFinished)
            at--;
        return at;
    }

    /// <summary>The openings of the rows, as few intervals as possible.</summary>
    public static IntervalSet Openings(ReadOnlySpan<Candle> rows, BarGrid grid)
    {
        var runs = new List<Interval>();
        for (var i = 0; i < rows.Length;)
        {
            var start = OpenMilliseconds(in rows[i]);
            var end = grid.Add(start, 1);
            for (i++; i < rows.Length && OpenMilliseconds(in rows[i]) == end; i++)
                end = grid.Add(end, 1);
            runs.Add(new Interval(start, end));
        }

        return IntervalSet.Of(runs);
    }

    /// <summary>Rows of both, in time order; where both have an opening, the first wins.</summary>
    public static ReadOnlyMemory<Candle> Merge(ReadOnlyMemory<Candle> first, ReadOnlyMemory<Candle> second)
    {
        if (second.IsEmpty)
            return first;
        if (first.IsEmpty)
            return second;

        var a = first.Span;
        var b = second.Span;
        if (OpenMilliseconds(in a[^1]) < OpenMilliseconds(in b[0]))
            return Concatenate(a, b);
        if (OpenMilliseconds(in b[^1]) < OpenMilliseconds(in a[0]))
            return Concatenate(b, a);

        var merged = new Candle[a.Length + b.Length];
        var (i, j, count) = (0, 0, 0);
        while (i < a.Length || j < b.Length)
        {
            var left = i < a.Length ? OpenMilliseconds(in a[i]) : long.MaxValue;
            var right = j < b.Length ? OpenMilliseconds(in b[j]) : long.MaxValue;
            merged[count++] = left <= right ? a[i] : b[j];
            if (left <= right)
                i++;
            if (right <= left)
                j++;
        }

        return merged.AsMemory(0, count);
    }

    /// <summary>The rows of all batches, in time order; where two have an opening, the earlier batch wins.</summary>
    /// <param name="batches">Each with rows, in time order; the batches come in any order.</param>
    public static ReadOnlyMemory<Candle> Join(IReadOnlyList<ReadOnlyMemory<Candle>> batches)
    {
        if (batches.Count <= 1)
            return batches.Count == 0 ? default : batches[0];

        var ordered = batches.OrderBy(batch => batch.Span[0].OpenTime).ToList();
        var isDisjoint = ordered.Zip(ordered.Skip(1)).All(pair => pair.First.Span[^1].OpenTime < pair.Second.Span[0].OpenTime);
        return isDisjoint ? Concatenate(ordered) : MergeHalves(CollectionsMarshal.AsSpan(batches.ToList()));
    }

    // By halves, since merging one after the other would copy all the rows once for each of thousands of batches.
    private static ReadOnlyMemory<Candle> MergeHalves(ReadOnlySpan<ReadOnlyMemory<Candle>> batches) => batches.Length == 1
        ? batches[0]
        : Merge(MergeHalves(batches[..(batches.Length / 2)]), MergeHalves(batches[(batches.Length / 2)..]));

    private static Candle[] Concatenate(List<ReadOnlyMemory<Candle>> batches)
    {
        var joined = new Candle[batches.Sum(batch => batch.Length)];
        var at = 0;
        foreach (var batch in batches)
        {
            batch.CopyTo(joined.AsMemory(at));
            at += batch.Length;
        }

        return joined;
    }

    private static Candle[] Concatenate(ReadOnlySpan<Candle> first, ReadOnlySpan<Candle> second)
    {
        var joined = new Candle[first.Length + second.Length];
        first.CopyTo(joined);
        second.CopyTo(joined.AsSpan(first.Length));
        return joined;
    }
}
