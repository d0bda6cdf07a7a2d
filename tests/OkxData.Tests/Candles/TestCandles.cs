using CsCheck;
using OkxData.Candles;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Candles;

/// <summary>Candles that are made up, the same for the same opening.</summary>
internal static class TestCandles
{
    public static readonly SeriesKey Days = new("BTC-USDT", BarSize.OneDay);

    public const long Day = 86_400_000;

    public static long At(int year, int month, int day) => new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    public static Candle Candle(long opening, bool isFinished = true)
    {
        var price = 100m + Math.Abs(opening / 60_000 % 977);
        return new Candle
        {
            OpenTime = UnixTime.FromMilliseconds(opening),
            Open = price,
            High = price + 2.5m,
            Low = price - 1.25m,
            Close = price + 1m,
            Volume = 10m + price / 7m,
            QuoteVolume = price * 10.000000001m,
            IsFinished = isFinished,
        };
    }

    public static Candle[] Run(long from, long to, long step = Day) =>
        [.. Enumerable.Range(0, (int)((to - from) / step)).Select(index => Candle(from + index * step))];

    /// <summary>Some openings of the first 64 days of 2024, in order.</summary>
    public static Gen<Candle[]> SomeDays { get; } = Gen.ULong.Select(bits => Enumerable.Range(0, 64)
        .Where(day => (bits >> day & 1) == 1).Select(day => Candle(At(2024, 1, 1) + day * Day)).ToArray());
}
