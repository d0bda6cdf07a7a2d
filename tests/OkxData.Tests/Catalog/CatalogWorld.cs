using OkxData.Caching;
using OkxData.Candles;
using OkxData.Candles.Archive;
using OkxData.Candles.Codecs;
using OkxData.Catalog;
using OkxData.Models;
using OkxData.Tests.Caching;
using OkxData.Time;

namespace OkxData.Tests.Catalog;

/// <summary>A cache in memory, filled through the codecs, and a catalog over it.</summary>
internal sealed class CatalogWorld
{
    public const string BtcFile = "global/candles/bar=1Dutc/symbol=BTC-USDT/all.parquet";
    public const string BtcJsonFile = "global/candles/bar=1Dutc/symbol=BTC-USDT/all.json";
    public const string BtcFacts = "global/candles/bar=1Dutc/symbol=BTC-USDT/.series.json";

    public static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public CatalogWorld(ICacheStore? store = null)
    {
        Store = store ?? new InMemoryCacheStore();
        Catalog = new CacheCatalog(Store);
    }

    public ICacheStore Store { get; }

    public CacheCatalog Catalog { get; }

    /// <summary>Rows from the start on, with the bars at some places missing and known to be.</summary>
    public static CandleSegment Segment(string symbol = "BTC-USDT", BarSize bar = BarSize.OneDay, int rows = 100, DateTimeOffset? start = null, params int[] missing)
    {
        var grid = bar.ToGrid();
        var first = UnixTime.ToMilliseconds(start ?? Start);
        var random = new Random(rows);
        var candles = Enumerable.Range(0, rows).Where(row => !missing.Contains(row)).Select(row => Candle(grid.Add(first, row), random)).ToArray();
        return new CandleSegment
        {
            Symbol = symbol,
            Bar = bar,
            Candles = candles,
            Covered = IntervalSet.Of(new Interval(first, grid.Add(first, rows))),
            Gaps = [.. IntervalSet.Of(missing.Select(row => new Interval(grid.Add(first, row), grid.Add(first, row + 1)))).Select(gap => new KnownGap(gap, first))],
            FetchedAt = grid.Add(first, rows),
        };
    }

    public async Task<CandleSegment> AddAsync(CandleSegment segment, CandleFormat format = CandleFormat.Parquet, string? key = null)
    {
        var codec = CandleCodecs.For(format);
        var (name, _) = SegmentLayout.Of(segment.Bar, segment.Covered[0]).First();
        var folder = $"global/candles/bar={segment.Bar.ToCode()}/symbol={segment.Symbol}";
        var last = segment.Candles.IsEmpty ? (long?)null : CandleRows.OpenMilliseconds(in segment.Candles.Span[^1]);
        await PutAsync($"{folder}/.series.json", SeriesFactsCodec.Encode(new SeriesFacts { LastFinished = last, FirstAvailable = segment.Covered[0].Start }).ToArray());
        await PutAsync(key ?? $"{folder}/{name}{codec.Extension}", (await codec.EncodeAsync(segment, default)).ToArray());
        return segment;
    }

    public async Task PutAsync(string key, byte[] content) => await Store.WriteAsync(key, content, WriteCondition.Any);

    public async Task<byte[]> GetAsync(string key) => (await Store.ReadAsync(key))!.Content.ToArray();

    /// <summary>Each key with the version that stands under it.</summary>
    public async Task<Dictionary<string, string>> SnapshotAsync()
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var key in Store.ListAsync(""))
            versions.Add(key, (await Store.ReadAsync(key))!.Version);
        return versions;
    }

    private static Candle Candle(long opening, Random random)
    {
        var open = 30_000m + random.Next(1_000) / 10m;
        return new Candle
        {
            OpenTime = UnixTime.FromMilliseconds(opening),
            Open = open,
            High = open + 10.5m,
            Low = open - 10.5m,
            Close = open + random.Next(-100, 100) / 10m,
            Volume = 1 + random.Next(1_000_000) / 1_000m,
            QuoteVolume = 287_506_892.157491959m + random.Next(1_000),
            IsFinished = true,
        };
    }
}
