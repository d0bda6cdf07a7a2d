using OkxData.Models;
using OkxData.Time;

namespace OkxData.Panels;

/// <summary>Weeks or months made of the days of one series, oldest first. A period without a single day has no candle.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class ResampledSeries
{
    private readonly CandleSeries _days;

    internal ResampledSeries(CandleSeries days, BarSize bar, IReadOnlyList<ResampledCandle> candles) => (_days, Bar, Candles) = (days, bar, candles);

    /// <summary>The instrument, as OKX writes it.</summary>
    public string Symbol => _days.Symbol;

    /// <summary>The length of a period.</summary>
    public BarSize Bar { get; }

    /// <summary>The periods with one day or more, whole or not, oldest first.</summary>
    public IReadOnlyList<ResampledCandle> Candles { get; }

    /// <summary>The periods of which every day was there, as a series like any other; the others are gaps of its coverage.</summary>
    /// <returns>The series. Its range has the whole periods of the range of days, from the first day that OKX has where that is known.</returns>
    public CandleSeries ToCompleteSeries()
    {
        var grid = Bar.ToGrid();
        var asked = Interval.From(_days.Range);
        var start = grid.Ceiling(asked.Start);
        var range = new Interval(start, Math.Max(start, grid.Floor(asked.End)));
        Candle[] whole = [.. Candles.Where(period => period.IsComplete && period.Candle.IsFinished).Select(period => period.Candle)];
        var expected = _days.Coverage.FirstAvailable is { } first ? range with { Start = Math.Max(range.Start, grid.Ceiling(UnixTime.ToMilliseconds(first))) } : range;
        var (count, observed, gaps) = CoverageCount.Of(grid, expected, whole);
        var report = new CoverageReport
        {
            Expected = count,
            Observed = observed,
            Gaps = [.. gaps.Select(gap => gap.ToRange())],
            Issues = _days.Coverage.Issues,
            FirstAvailable = _days.Coverage.FirstAvailable,
            LastObserved = whole.Length == 0 ? null : whole[^1].OpenTime,
            IsDelisted = _days.Coverage.IsDelisted,
        };
        return new CandleSeries(Symbol, Bar, range.ToRange(), whole, report, _days.Origin, _days.RetrievedAt, _days.Generation);
    }
}
