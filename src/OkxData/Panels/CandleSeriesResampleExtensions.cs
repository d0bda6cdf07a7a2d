using OkxData.Models;
using OkxData.Time;

namespace OkxData.Panels;

/// <summary>Makes longer candles of days.</summary>
public static class CandleSeriesResampleExtensions
{
    /// <summary>Makes weeks, which open on Monday, or calendar months of days, both on the UTC calendar.</summary>
    /// <param name="days">The days. Those that still form are left out.</param>
    /// <param name="bar"><see cref="BarSize.OneWeek"/> or <see cref="BarSize.OneMonth"/>.</param>
    /// <returns>Every period with one day or more, each marked where days are missing; no day is ever counted to another period.</returns>
    /// <exception cref="ArgumentException">The series is not one of days, or the bar is neither a week nor a month.</exception>
    public static ResampledSeries Resample(this CandleSeries days, BarSize bar)
    {
        ArgumentNullException.ThrowIfNull(days);
        if (days.Bar != BarSize.OneDay)
            throw new ArgumentException($"{days.Symbol} is a series of {days.Bar}; weeks and months are made of {BarSize.OneDay}.", nameof(days));
        if (bar is not (BarSize.OneWeek or BarSize.OneMonth))
            throw new ArgumentException($"Days make {BarSize.OneWeek} or {BarSize.OneMonth}, not {bar}.", nameof(bar));

        var grid = bar.ToGrid();
        var end = UnixTime.ToMilliseconds(days.Range.End);
        var candles = days.Where(day => day.IsFinished)
            .GroupBy(day => grid.Floor(UnixTime.ToMilliseconds(day.OpenTime)))
            .Select(period => Merge(period.Key, grid.Add(period.Key, 1), [.. period], end))
            .ToArray();
        return new ResampledSeries(days, bar, candles);
    }

    private static ResampledCandle Merge(long open, long close, Candle[] days, long endOfRange)
    {
        var grid = BarSize.OneDay.ToGrid();
        return new ResampledCandle
        {
            Candle = new Candle
            {
                OpenTime = UnixTime.FromMilliseconds(open),
                Open = days[0].Open,
                High = days.Max(day => day.High),
                Low = days.Min(day => day.Low),
                Close = days[^1].Close,
                Volume = days.Sum(day => day.Volume),
                QuoteVolume = days.Sum(day => day.QuoteVolume),
                Contracts = days.All(day => day.Contracts.HasValue) ? days.Sum(day => day.Contracts) : null,
                IsFinished = close <= endOfRange,
            },
            ExpectedDays = (int)grid.CountBetween(open, close),
            ObservedDays = days.Length,
            StartsLate = UnixTime.ToMilliseconds(days[0].OpenTime) > open,
            EndsEarly = grid.Add(UnixTime.ToMilliseconds(days[^1].OpenTime), 1) < close,
        };
    }
}
