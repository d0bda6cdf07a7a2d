using CsCheck;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Validation;

/// <summary>Candles for the tests of this room.</summary>
internal static class TestCandles
{
    public const string Symbol = "BTC-USDT";
    public static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static Candle Day(int day, decimal close = 100m, decimal volume = 7m) => new()
    {
        OpenTime = Start.AddDays(day),
        Open = close,
        High = close + 1m,
        Low = close - 1m,
        Close = close,
        Volume = volume,
        QuoteVolume = volume * close,
        IsFinished = true,
    };

    public static Candle Flat(int day, decimal price = 99_001m, decimal volume = 0m) =>
        Day(day, price, volume) with { High = price, Low = price };

    /// <summary>Any value that a decimal can hold, the extremes, zeros of both signs and odd scales among them.</summary>
    public static readonly Gen<decimal> AnyDecimal = Gen.Frequency(
        (1, Gen.Const(0m)),
        (1, Gen.Const(-0.00m)),
        (1, Gen.Const(decimal.MaxValue)),
        (1, Gen.Const(decimal.MinValue)),
        (4, Gen.Decimal),
        (8, Gen.Int[-50, 200].Select(Gen.Int[0, 3], (value, scale) => new decimal(Math.Abs(value), 0, 0, value < 0, (byte)scale))));

    /// <summary>Any instant of the calendar: on and off the grids, its first and last tick among them.</summary>
    public static readonly Gen<DateTimeOffset> AnyInstant = Gen.Frequency(
        (1, Gen.Const(DateTimeOffset.MinValue)),
        (1, Gen.Const(DateTimeOffset.MaxValue)),
        (2, Gen.Long[0, DateTime.MaxValue.Ticks].Select(ticks => new DateTimeOffset(ticks, TimeSpan.Zero))),
        (1, Gen.Int[-2, 2].Select(ticks => Start.AddTicks(ticks))),
        (4, Gen.Int[0, 5_000].Select(days => Start.AddDays(days).ToOffset(TimeSpan.FromHours(8)))));

    public static readonly Gen<BarSize> AnyBar = Gen.Int[0, (int)BarSize.OneMonth].Select(value => (BarSize)value);

    public static readonly Gen<Candle> AnyCandle =
        from open in AnyInstant
        from prices in AnyDecimal.Array[4]
        from volumes in AnyDecimal.Array[3]
        from spot in Gen.Bool
        from finished in Gen.Bool
        select new Candle
        {
            OpenTime = open,
            Open = prices[0],
            High = prices[1],
            Low = prices[2],
            Close = prices[3],
            Volume = volumes[0],
            QuoteVolume = volumes[1],
            Contracts = spot ? null : volumes[2],
            IsFinished = finished,
        };

    /// <summary>A sound series of a bar: on the grid, oldest first, here and there with a hole.</summary>
    public static Gen<Candle[]> SoundSeries(BarSize bar) =>
        from count in Gen.Int[0, 60]
        from steps in Gen.Int[1, 3].Array[count]
        from prices in Gen.Int[1, 1_000_000].Array[4].Array[count]
        from volumes in Gen.Int[0, 1_000].Array[count]
        select Build(bar, steps, prices, volumes);

    private static Candle[] Build(BarSize bar, int[] steps, int[][] prices, int[] volumes)
    {
        var grid = bar.ToGrid();
        var open = grid.Floor(UnixTime.ToMilliseconds(Start));
        var candles = new Candle[steps.Length];
        for (var i = 0; i < candles.Length; i++)
        {
            open = grid.Add(open, steps[i]);
            candles[i] = new Candle
            {
                OpenTime = UnixTime.FromMilliseconds(open),
                Open = prices[i][1] / 100m,
                High = prices[i].Max() / 100m,
                Low = prices[i].Min() / 100m,
                Close = prices[i][2] / 100m,
                Volume = volumes[i],
                QuoteVolume = volumes[i] * 3m,
                Contracts = volumes[i] % 2 == 0 ? null : volumes[i] * 100m,
                IsFinished = true,
            };
        }

        return candles;
    }
}
