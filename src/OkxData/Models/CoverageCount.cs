using OkxData.Time;

namespace OkxData.Models;

/// <summary>Counts what is there of what is expected.</summary>
internal static class CoverageCount
{
    /// <summary>The missing openings of the expected ones, and how many are there.</summary>
    /// <param name="grid">The bar's grid.</param>
    /// <param name="expected">The openings expected, on the grid.</param>
    /// <param name="candles">Candles in time order, no opening twice; those that still form do not count.</param>
    public static (int Expected, int Observed, IReadOnlyList<Interval> Gaps) Of(BarGrid grid, Interval expected, ReadOnlySpan<Candle> candles)
    {
        var gaps = new List<Interval>();
        var observed = 0;
        var next = expected.Start;
        foreach (ref readonly var candle in candles)
        {
            var opening = UnixTime.ToMilliseconds(candle.OpenTime);
            if (!candle.IsFinished || !expected.Contains(opening) || (opening != next && !grid.Contains(opening)))
                continue;
            if (opening > next)
                gaps.Add(new Interval(next, opening));
            observed++;
            next = grid.Add(opening, 1);
        }

        if (next < expected.End)
            gaps.Add(new Interval(next, expected.End));
        return (checked((int)grid.CountBetween(expected.Start, expected.End)), observed, gaps);
    }
}
