using System.Globalization;
using OkxData.Caching;
using OkxData.Candles;
using OkxData.Candles.Archive;
using OkxData.Candles.Codecs;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Benchmarks;

/// <summary>A cache folder of many daily series, written through the codecs without a network.</summary>
internal static class VerifyTree
{
    public const int Series = 500;
    public const int Days = 1_826;

    private static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public static async Task MakeAsync(string folder)
    {
        var store = new FileCacheStore(folder);
        await Parallel.ForAsync(0, Series, async (index, token) =>
        {
            var symbol = string.Create(CultureInfo.InvariantCulture, $"COIN{index:000}-USDT");
            var place = $"global/candles/bar={BarSize.OneDay.ToCode()}/symbol={symbol}";
            var segment = Segment(symbol, new Random(index));
            var facts = new SeriesFacts { FirstAvailable = segment.Covered[0].Start, FirstAvailableAskedAt = segment.FetchedAt, LastFinished = segment.Covered[0].End - (long)TimeSpan.FromDays(1).TotalMilliseconds };
            await store.WriteAsync($"{place}/.series.json", SeriesFactsCodec.Encode(facts), WriteCondition.Any, token);
            await store.WriteAsync($"{place}/all{CandleCodecs.Parquet.Extension}", await CandleCodecs.Parquet.EncodeAsync(segment, token), WriteCondition.Any, token);
        });
    }

    // Volumes have the 18 digits that OKX's have, so that the exact column is as full as in real files.
    private static CandleSegment Segment(string symbol, Random random)
    {
        var candles = new Candle[Days];
        var close = 10m + random.Next(100_000) / 100m;
        for (var day = 0; day < candles.Length; day++)
        {
            var open = close;
            close = Math.Max(0.01m, Math.Round(close * (1 + (random.Next(2_001) - 1_000) / 20_000m), 2));
            candles[day] = new Candle
            {
                OpenTime = Start.AddDays(day),
                Open = open,
                High = Math.Max(open, close) + random.Next(1, 100) / 100m,
                Low = Math.Round(Math.Min(open, close) * 0.99m, 4),
                Close = close,
                Volume = random.NextInt64(1, 10_000_000_000_000) / 100_000_000m,
                QuoteVolume = random.NextInt64(100_000_000, 999_999_999) + random.Next(1_000_000_000) / 1_000_000_000m,
                IsFinished = true,
            };
        }

        var covered = new Interval(UnixTime.ToMilliseconds(Start), UnixTime.ToMilliseconds(Start.AddDays(Days)));
        return new CandleSegment { Symbol = symbol, Bar = BarSize.OneDay, Candles = candles, Covered = IntervalSet.Of(covered), Gaps = [], FetchedAt = covered.End };
    }
}
