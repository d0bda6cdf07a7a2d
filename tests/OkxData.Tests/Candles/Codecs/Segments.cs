using NUnit.Framework;
using OkxData.Candles;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Candles.Codecs;

/// <summary>Segments made up for tests; the same seed makes the same rows.</summary>
internal static class Segments
{
    public const long Start = 1_577_836_800_000; // 2020-01-01T00:00:00Z

    public static CandleSegment Daily(int rows, int seed = 1) => Make("BTC-USDT", BarSize.OneDay, rows, seed, contracts: false);

    public static CandleSegment Make(string symbol, BarSize bar, int rows, int seed, bool contracts)
    {
        var random = new Random(seed);
        var grid = bar.ToGrid();
        var candles = new Candle[rows];
        var close = 30_000m;
        for (var row = 0; row < rows; row++)
        {
            var open = close;
            close = Math.Max(0.1m, Math.Round(close * (1 + (random.Next(2_001) - 1_000) / 20_000m), 1)) / 1.0000000000000000000000000000m;
            var volume = random.NextInt64(1, 10_000_000_000_000) / 100_000_000m;
            candles[row] = new Candle
            {
                OpenTime = UnixTime.FromMilliseconds(grid.Add(Start, row)),
                Open = open,
                High = Math.Max(open, close) + random.Next(1, 900) / 10m,
                Low = Math.Min(open, close) * 0.99m,
                Close = close,
                Volume = volume,
                QuoteVolume = random.NextInt64(100_000_000, 10_000_000_000) + random.Next(1_000_000_000) / 1_000_000_000m,
                Contracts = contracts ? random.Next(1, 100_000_000) / 100m : null,
                IsFinished = true,
            };
        }

        return Of(symbol, bar, candles);
    }

    /// <summary>The candles with coverage that reaches ten bars on, the last three of which are a gap.</summary>
    public static CandleSegment Of(string symbol, BarSize bar, params Candle[] candles)
    {
        var grid = bar.ToGrid();
        var first = candles.Length > 0 ? UnixTime.ToMilliseconds(candles[0].OpenTime) : Start;
        var last = candles.Length > 0 ? UnixTime.ToMilliseconds(candles[^1].OpenTime) : Start;
        return new CandleSegment
        {
            Symbol = symbol,
            Bar = bar,
            Candles = candles,
            Covered = IntervalSet.Of(new Interval(first, grid.Add(last, 10)), new Interval(grid.Add(last, 20), grid.Add(last, 30))),
            Gaps = [new KnownGap(new Interval(grid.Add(last, 7), grid.Add(last, 10)), Start + 1), new KnownGap(new Interval(grid.Add(last, 20), grid.Add(last, 30)), Start + 2)],
            FetchedAt = Start + 123_456_789,
        };
    }

    public static void AssertEqual(CandleSegment actual, CandleSegment expected)
    {
        Assert.That(actual.Symbol, Is.EqualTo(expected.Symbol));
        Assert.That(actual.Bar, Is.EqualTo(expected.Bar));
        Assert.That(actual.FetchedAt, Is.EqualTo(expected.FetchedAt));
        Assert.That(actual.Covered, Is.EqualTo(expected.Covered));
        Assert.That(actual.Gaps, Is.EqualTo(expected.Gaps));
        Assert.That(actual.Candles.Length, Is.EqualTo(expected.Candles.Length));
        for (var row = 0; row < expected.Candles.Length; row++)
        {
            if (actual.Candles.Span[row] != expected.Candles.Span[row])
                Assert.Fail($"Row {row}: {actual.Candles.Span[row]} instead of {expected.Candles.Span[row]}");
        }
    }
}
