using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.Codecs;

/// <summary>What every segment keeps, checked before it is written and after it is read.</summary>
internal static class SegmentCheck
{
    /// <summary>What is wrong with the segment, or <see langword="null"/>.</summary>
    public static string? FindFault(CandleSegment segment)
    {
        if (string.IsNullOrWhiteSpace(segment.Symbol) || segment.Symbol.Length > Symbols.MaxLength)
            return "it names no symbol";
        if (!segment.Bar.IsDefined())
            return "it names no bar size";
        if (segment.Generation < 1)
            return $"its generation is {segment.Generation}";
        if (!UnixTime.IsRepresentable(segment.FetchedAt))
            return $"it was fetched at {segment.FetchedAt} ms, which is no instant";

        return FindCandleFault(segment) ?? FindGapFault(segment);
    }

    /// <summary>Whether two segments say the same, figure by figure.</summary>
    public static bool AreEqual(CandleSegment left, CandleSegment right) =>
        left.Symbol == right.Symbol
        && left.Bar == right.Bar
        && left.FetchedAt == right.FetchedAt
        && left.Generation == right.Generation
        && left.Covered.SequenceEqual(right.Covered)
        && left.Gaps.SequenceEqual(right.Gaps)
        && left.Candles.Span.SequenceEqual(right.Candles.Span);

    private static string? FindCandleFault(CandleSegment segment)
    {
        var grid = segment.Bar.ToGrid();
        var step = segment.Bar == BarSize.OneMonth ? 0 : grid.ShortestStep;
        var covered = segment.Covered;
        var interval = 0;
        var previous = long.MinValue;
        foreach (ref readonly var candle in segment.Candles.Span)
        {
            var open = UnixTime.ToMilliseconds(candle.OpenTime);
            if (open <= previous)
                return $"the opening {open} follows {previous}";
            if ((open - step != previous || step == 0) && !grid.Contains(open) || candle.OpenTime.UtcTicks % TimeSpan.TicksPerMillisecond != 0)
                return $"the opening {open} is not on the grid of {segment.Bar.ToCode()}";
            if (!candle.IsFinished)
                return $"the candle that opens at {open} is not finished";

            while (interval < covered.Count && covered[interval].End <= open)
                interval++;
            if (interval == covered.Count || open < covered[interval].Start)
                return $"the opening {open} has a candle and is not covered";
            previous = open;
        }

        return null;
    }

    private static string? FindGapFault(CandleSegment segment)
    {
        foreach (var gap in segment.Gaps)
        {
            if (gap.Openings.IsEmpty || !segment.Covered.Covers(gap.Openings) || !UnixTime.IsRepresentable(gap.AskedAt))
                return $"the gap from {gap.Openings.Start} to {gap.Openings.End} is not covered";

            var next = FirstAtOrAfter(segment.Candles.Span, gap.Openings.Start);
            if (next < segment.Candles.Length && UnixTime.ToMilliseconds(segment.Candles.Span[next].OpenTime) < gap.Openings.End)
                return $"the gap from {gap.Openings.Start} to {gap.Openings.End} has a candle";
        }

        return null;
    }

    private static int FirstAtOrAfter(ReadOnlySpan<Candle> candles, long instant)
    {
        var (low, high) = (0, candles.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (UnixTime.ToMilliseconds(candles[middle].OpenTime) < instant)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
