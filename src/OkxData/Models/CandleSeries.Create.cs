using OkxData.Time;

namespace OkxData.Models;

/// <content>Series that anyone can make, for tests of code that takes one.</content>
public sealed partial class CandleSeries
{
    /// <summary>Makes a series and computes its coverage.</summary>
    /// <param name="symbol">The instrument, as OKX writes it or like <c>btc/usdt</c>.</param>
    /// <param name="bar">The length of a candle.</param>
    /// <param name="range">The range that the series stands for; every opening in it is expected, up to a candle that still forms.</param>
    /// <param name="candles">The candles, in any order; each must open in the range and on the UTC grid of the bar, no two at once.</param>
    /// <param name="origin">Where the candles came from.</param>
    /// <param name="retrievedAt">When they were received; the range's end where that is not said.</param>
    /// <returns>The series.</returns>
    /// <exception cref="ArgumentException">The symbol or a candle is not valid.</exception>
    public static CandleSeries Create(string symbol, BarSize bar, UtcRange range, IEnumerable<Candle> candles, DataOrigin origin = DataOrigin.Network, DateTimeOffset? retrievedAt = null)
    {
        ArgumentNullException.ThrowIfNull(candles);
        var normalized = Symbols.Normalize(symbol, nameof(symbol));
        if (!bar.IsDefined())
            throw new ArgumentException($"Bar {(int)bar} is not a {nameof(BarSize)}.", nameof(bar));

        var grid = bar.ToGrid();
        var rows = candles.Select(candle => candle with { OpenTime = candle.OpenTime.ToUniversalTime() }).OrderBy(candle => candle.OpenTime).ToArray();
        for (var i = 0; i < rows.Length; i++)
            CheckRow(rows, i, range, grid, nameof(candles));

        var forming = rows.FirstOrDefault(row => !row.IsFinished).OpenTime;
        var start = grid.Ceiling(UnixTime.ToMillisecondsCeiling(range.Start));
        var end = forming == default ? grid.Ceiling(UnixTime.ToMillisecondsCeiling(range.End)) : UnixTime.ToMilliseconds(forming);
        var (expected, observed, gaps) = CoverageCount.Of(grid, new Interval(start, Math.Max(start, end)), rows);
        var last = Array.FindLastIndex(rows, row => row.IsFinished);
        var report = new CoverageReport
        {
            Expected = expected,
            Observed = observed,
            Gaps = [.. gaps.Select(gap => gap.ToRange())],
            LastObserved = last < 0 ? null : rows[last].OpenTime,
        };
        return new CandleSeries(normalized, bar, range, rows, report, origin, (retrievedAt ?? range.End).ToUniversalTime());
    }

    private static void CheckRow(Candle[] rows, int index, UtcRange range, BarGrid grid, string parameterName)
    {
        var open = rows[index].OpenTime;
        if (!range.Contains(open))
            throw new ArgumentException($"The candle of {open:O} does not open in {range}; widen the range or leave it out.", parameterName);
        if (open.Ticks % TimeSpan.TicksPerMillisecond != 0 || !grid.Contains(UnixTime.ToMilliseconds(open)))
            throw new ArgumentException($"The candle of {open:O} does not open on the UTC grid of its bar.", parameterName);
        if (index > 0 && rows[index - 1].OpenTime == open)
            throw new ArgumentException($"Two candles open at {open:O}; keep one.", parameterName);
    }
}
