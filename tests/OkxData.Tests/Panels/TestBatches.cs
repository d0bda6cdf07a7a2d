using CsCheck;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Panels;

/// <summary>Batches of days that are made up: assets that list late, have holes, end early or still form.</summary>
internal static class TestBatches
{
    public static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero); // a Monday

    public const int Days = 90;

    public static DateTimeOffset Day(int index) => Start.AddDays(index);

    public static Candle Candle(int day, decimal close, decimal quoteVolume = 1000m, bool isFinished = true) => new()
    {
        OpenTime = Day(day),
        Open = close * 0.99m,
        High = close * 1.02m,
        Low = close * 0.97m,
        Close = close,
        Volume = 10m,
        QuoteVolume = quoteVolume,
        IsFinished = isFinished,
    };

    public static CandleSeries Series(string symbol, params (int Day, decimal Close)[] closes) =>
        Series(symbol, closes.Select(entry => Candle(entry.Day, entry.Close)));

    public static CandleSeries Series(string symbol, IEnumerable<Candle> candles) =>
        CandleSeries.Create(symbol, BarSize.OneDay, new UtcRange(Start, Day(Days)), candles);

    /// <summary>Days in a row at prices that differ.</summary>
    public static CandleSeries Run(string symbol, int from, int to, params int[] holes) =>
        Series(symbol, [.. Enumerable.Range(from, to - from).Except(holes).Select(day => (day, 100m + day))]);

    public static CandleBatch Batch(params CandleSeries[] series) => CandleBatch.Create(series);

    /// <summary>One asset: the days from its listing to its end, less its holes; perhaps without any, and perhaps the last still forms.</summary>
    private static Gen<Candle[]> Candles { get; } =
        from listed in Gen.Int[0, Days - 1]
        from length in Gen.Int[0, Days]
        from present in Gen.Int[0, 9].Array[Days]
        from cents in Gen.Int[1, 1_000_000].Array[Days]
        from volume in Gen.Int[0, 1000].Array[Days]
        from forms in Gen.Bool
        let days = Enumerable.Range(listed, Math.Min(length, Days - listed)).Where(day => present[day] > 1).ToArray()
        select days.Select(day => Candle(day, cents[day] / 100m, volume[day], !(forms && day == days[^1]))).ToArray();

    public static Gen<CandleBatch> Some { get; } = Candles.Array[1, 6]
        .Select(all => CandleBatch.Create(all.Select((candles, index) => Series($"A{index}-USDT", candles))));

    /// <summary>The close of a finished candle, or null: what a panel is checked against, looked up the slow way.</summary>
    public static decimal? CloseOf(CandleBatch batch, string symbol, DateTimeOffset open) =>
        batch.Series[symbol].Where(candle => candle.IsFinished && candle.OpenTime == open).Select(candle => (decimal?)candle.Close).SingleOrDefault();
}
