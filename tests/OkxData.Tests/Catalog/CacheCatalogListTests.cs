using NUnit.Framework;
using OkxData.Caching;
using OkxData.Candles;
using OkxData.Candles.Archive;
using OkxData.Catalog;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Catalog;

[TestFixture]
public sealed class CacheCatalogListTests
{
    private CatalogWorld _world = null!;

    [SetUp]
    public void MakeWorld() => _world = new CatalogWorld();

    [Test]
    public async Task ListAsync_EmptyCache_NamesNothing() => Assert.That(await _world.Catalog.ListAsync().ToListAsync(), Is.Empty);

    [Test]
    public async Task ListAsync_Series_IsDescribedToTheBar()
    {
        await _world.AddAsync(CatalogWorld.Segment(rows: 100, missing: [40, 41]));
        await _world.PutAsync(CatalogWorld.BtcFacts, SeriesFactsCodec.Encode(new SeriesFacts { DelistedSince = 1, FirstAvailable = UnixTime.ToMilliseconds(CatalogWorld.Start) }).ToArray());

        var entry = (await _world.Catalog.ListAsync().ToListAsync()).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((entry.Environment, entry.Symbol, entry.Bar, entry.Generation), Is.EqualTo(("global", "BTC-USDT", BarSize.OneDay, (int?)null)));
            Assert.That(entry.Rows, Is.EqualTo(98));
            Assert.That((entry.First, entry.Last), Is.EqualTo(((DateTimeOffset?)CatalogWorld.Start, (DateTimeOffset?)CatalogWorld.Start.AddDays(99))));
            Assert.That(entry.Covered, Is.EqualTo(new[] { new UtcRange(CatalogWorld.Start, CatalogWorld.Start.AddDays(100)) }));
            Assert.That(entry.Gaps, Is.EqualTo(new[] { new UtcRange(CatalogWorld.Start.AddDays(40), CatalogWorld.Start.AddDays(42)) }));
            Assert.That(entry.NotAsked, Is.Empty);
            Assert.That(entry.FetchedAt, Is.EqualTo(CatalogWorld.Start.AddDays(100)));
            Assert.That(entry.FirstAvailable, Is.EqualTo(CatalogWorld.Start));
            Assert.That(entry.IsDelisted, Is.True);
            Assert.That((entry.Files, entry.UnreadableFiles, entry.Format), Is.EqualTo((1, 0, (CandleFormat?)CandleFormat.Parquet)));
            Assert.That(entry.SizeBytes, Is.EqualTo((await _world.GetAsync(CatalogWorld.BtcFile)).Length + (await _world.GetAsync(CatalogWorld.BtcFacts)).Length));
        }
    }

    [Test]
    public async Task ListAsync_HoursOfTwoYears_AreOneSeriesWithWhatWasNotAskedBetween()
    {
        await _world.AddAsync(CatalogWorld.Segment(bar: BarSize.OneHour, rows: 10));
        await _world.AddAsync(CatalogWorld.Segment(bar: BarSize.OneHour, rows: 10, start: CatalogWorld.Start.AddYears(1)), CandleFormat.Json);

        var entry = (await _world.Catalog.ListAsync().ToListAsync()).Single();

        using (Assert.EnterMultipleScope())
        {
            Assert.That((entry.Rows, entry.Files, entry.Format), Is.EqualTo((20L, 2, (CandleFormat?)null)));
            Assert.That(entry.NotAsked, Is.EqualTo(new[] { new UtcRange(CatalogWorld.Start.AddHours(10), CatalogWorld.Start.AddYears(1)) }));
        }
    }

    [Test]
    public async Task ListAsync_ManySeries_ComeInOrderAndOnlyThoseSelected()
    {
        for (var i = 60; i > 0; i--)
            await _world.AddAsync(CatalogWorld.Segment($"C{i:00}-USDT", rows: 3));
        await _world.AddAsync(CatalogWorld.Segment("C07-USDT", BarSize.OneHour, 3));

        var all = await _world.Catalog.ListAsync().Select(entry => (entry.Bar, entry.Symbol)).ToListAsync();
        var some = await _world.Catalog.ListAsync(new CatalogSelection { Symbols = ["c07/usdt", "C08-USDT"], Bars = [BarSize.OneDay] }).Select(entry => entry.Symbol).ToListAsync();
        var elsewhere = await _world.Catalog.ListAsync(new CatalogSelection { Environment = "europe" }).ToListAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(all, Has.Count.EqualTo(61).And.Ordered);
            Assert.That(some, Is.EqualTo(new[] { "C07-USDT", "C08-USDT" }));
            Assert.That(elsewhere, Is.Empty);
        }
    }

    [Test]
    public async Task ListAsync_EarlierGeneration_IsAnEntryOfItsOwn()
    {
        await _world.AddAsync(CatalogWorld.Segment(rows: 5));
        await _world.AddAsync(CatalogWorld.Segment(rows: 9), key: "global/candles/bar=1Dutc/symbol=BTC-USDT/.generation-1/all.parquet.kept");

        var entries = await _world.Catalog.ListAsync().Select(entry => (entry.Generation, entry.Rows)).ToListAsync();

        Assert.That(entries, Is.EqualTo(new[] { ((int?)1, 9L), (null, 5L) }));
    }

    [Test]
    public async Task ListAsync_DamagedFile_IsCountedAndFailsNothing()
    {
        await _world.AddAsync(CatalogWorld.Segment());
        await _world.PutAsync(CatalogWorld.BtcFile, [1, 2, 3]);

        var entry = (await _world.Catalog.ListAsync().ToListAsync()).Single();

        Assert.That((entry.UnreadableFiles, entry.Rows, entry.First), Is.EqualTo((1, 0L, (DateTimeOffset?)null)));
    }

    [Test]
    public void ListAsync_SelectionOfNoSymbol_ThrowsAtTheCall() =>
        Assert.That(() => _world.Catalog.ListAsync(new CatalogSelection { Symbols = ["../x"] }), Throws.ArgumentException.With.Message.Contains("../x"));

    [Test]
    public async Task ListAsync_ReaderThatLeaves_LeavesNoWorkBehind()
    {
        for (var i = 0; i < 40; i++)
            await _world.AddAsync(CatalogWorld.Segment($"C{i}-USDT", rows: 3));

        Assert.That((await _world.Catalog.ListAsync().FirstAsync()).Symbol, Is.EqualTo("C0-USDT"));
    }

    [Test]
    public async Task ReadAsync_Series_HasTheRowsOfTheFile()
    {
        var segment = await _world.AddAsync(CatalogWorld.Segment(missing: [7]));

        var series = await _world.Catalog.ReadAsync("global", "btc/usdt", BarSize.OneDay);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(series.AsSpan().SequenceEqual(segment.Candles.Span), Is.True);
            Assert.That(series.Origin, Is.EqualTo(DataOrigin.Cache));
            Assert.That((series.Coverage.Expected, series.Coverage.Observed), Is.EqualTo((100, 99)));
            Assert.That(series.Coverage.Issues.Select(issue => issue.Rule), Does.Contain("candle.gap"));
            Assert.That(series.RetrievedAt, Is.EqualTo(CatalogWorld.Start.AddDays(100)));
            Assert.That(series.Range, Is.EqualTo(new UtcRange(CatalogWorld.Start, CatalogWorld.Start.AddDays(100))));
        }
    }

    [Test]
    public async Task ReadAsync_Range_CutsAndLooksAtNoOtherFile()
    {
        await _world.AddAsync(CatalogWorld.Segment(bar: BarSize.OneHour, rows: 48));
        await _world.PutAsync("global/candles/bar=1H/symbol=BTC-USDT/2025.parquet", [1, 2, 3]);

        var series = await _world.Catalog.ReadAsync("global", "BTC-USDT", BarSize.OneHour, new UtcRange(CatalogWorld.Start.AddHours(-5), CatalogWorld.Start.AddHours(6.5)));

        Assert.That((series.Count, series.Coverage.Expected, series[^1].OpenTime), Is.EqualTo((7, 7, CatalogWorld.Start.AddHours(6))));
    }

    [Test]
    public async Task ReadAsync_RangeWithoutBounds_IsAllOfIt([Values] BarSize bar)
    {
        await _world.AddAsync(CatalogWorld.Segment(bar: bar, rows: 3, start: bar == BarSize.OneWeek ? CatalogWorld.Start : new DateTimeOffset(2024, 4, 1, 0, 0, 0, TimeSpan.Zero)));

        var series = await _world.Catalog.ReadAsync("global", "BTC-USDT", bar, new UtcRange(DateTimeOffset.MinValue, DateTimeOffset.MaxValue));

        Assert.That((series.Count, series.Coverage.Expected, series.Coverage.IsComplete), Is.EqualTo((3, 3, true)));
    }

    [Test]
    public async Task ReadAsync_DamagedOrAbsent_NamesTheFileOrTheSeries()
    {
        await _world.AddAsync(CatalogWorld.Segment());
        await _world.PutAsync(CatalogWorld.BtcFile, [1, 2, 3]);
        var before = await _world.SnapshotAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(async () => await _world.Catalog.ReadAsync("global", "BTC-USDT", BarSize.OneDay), Throws.InstanceOf<OkxCacheException>().With.Message.Contains(CatalogWorld.BtcFile));
            Assert.That(async () => await _world.Catalog.ReadAsync("global", "ETH-USDT", BarSize.OneDay), Throws.InstanceOf<OkxCacheException>().With.Message.Contains("ETH-USDT"));
            Assert.That(() => _world.Catalog.ReadAsync("global", "../x", BarSize.OneDay), Throws.ArgumentException);
            Assert.That(await _world.SnapshotAsync(), Is.EquivalentTo(before), "reading puts nothing aside");
        }
    }
}
