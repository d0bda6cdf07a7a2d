using OkxData.Candles;
using OkxData.Candles.Archive;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.TestProcess;

/// <summary>Series whose every candle says which it is, so that a lost, mixed or torn one shows; written by several in turns.</summary>
/// <remarks>Step i of writer w of n adds one day to one series: days of neighbours interleave, so that every write is a merge with theirs.</remarks>
internal static class NumberedSeries
{
    public const int Count = 20;

    private const long FirstDay = 946_684_800_000; // 2000-01-01T00:00:00Z
    private const long Day = 86_400_000;

    /// <summary>All days that any writer could come to.</summary>
    public static Interval AllDays { get; } = new(FirstDay, FirstDay + 20_000 * Day);

    public static SeriesKey KeyOf(int series) => new(FormattableString.Invariant($"S{series}-USDT"), BarSize.OneDay);

    /// <summary>The series and the day that a step of a writer adds.</summary>
    public static (int Series, int Day) StepOf(int step, int writer, int writers) => ((step + writer * 5) % Count, step / Count * writers + writer);

    public static Candle CandleOf(int series, int day)
    {
        var price = 1 + series * 100_000 + day;
        return new Candle
        {
            OpenTime = UnixTime.FromMilliseconds(FirstDay + day * Day),
            Open = price,
            High = price + 0.5m,
            Low = price - 0.5m,
            Close = price + 0.25m,
            Volume = price * 3,
            QuoteVolume = price + 0.123456789012345678m,
            IsFinished = true,
        };
    }

    /// <summary>The days that the candles are of; each must be exactly as it was written.</summary>
    /// <exception cref="InvalidDataException">One is not.</exception>
    public static HashSet<int> DaysOf(int series, ReadOnlySpan<Candle> candles)
    {
        var days = new HashSet<int>();
        foreach (ref readonly var candle in candles)
        {
            var day = (int)((UnixTime.ToMilliseconds(candle.OpenTime) - FirstDay) / Day);
            if (candle != CandleOf(series, day) || !days.Add(day))
                throw new InvalidDataException($"{KeyOf(series)} holds {candle} as day {day}.");
        }

        return days;
    }

    public static ArchiveAddition AdditionOf(int series, int day)
    {
        var opening = FirstDay + day * Day;
        return new ArchiveAddition(
            KeyOf(series), new[] { CandleOf(series, day) }, IntervalSet.Of(new Interval(opening, opening + Day)), new SeriesFacts { LastFinished = opening }, opening, Generation: 1);
    }
}
