using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Candles;
using OkxData.Candles.Archive;
using OkxData.Catalog;
using OkxData.Models;
using OkxData.Tests.Caching;

namespace OkxData.Tests.Catalog;

/// <summary>The two calls that write: convert and prune.</summary>
[TestFixture]
public sealed class CacheCatalogChangeTests
{
    private CatalogWorld _world = null!;

    [SetUp]
    public void MakeWorld() => _world = new CatalogWorld();

    [Test]
    public async Task ConvertAsync_ThereAndBack_IsTheSameToTheByteAndNeverBothFormats()
    {
        await _world.AddAsync(CatalogWorld.Segment(missing: [5]));
        await _world.AddAsync(CatalogWorld.Segment("ETH-USDT", BarSize.OneHour, 50));
        await _world.AddAsync(CatalogWorld.Segment(rows: 9), key: "global/candles/bar=1Dutc/symbol=BTC-USDT/.generation-1/all.parquet.kept");
        var before = await _world.SnapshotAsync();
        var hash = (await _world.Catalog.ReadAsync("global", "BTC-USDT", BarSize.OneDay)).ContentHash;

        var there = await _world.Catalog.ConvertAsync(CandleFormat.Json);
        var keys = (await _world.SnapshotAsync()).Keys;
        var asJson = (await _world.Catalog.ReadAsync("global", "BTC-USDT", BarSize.OneDay)).ContentHash;
        var again = await _world.Catalog.ConvertAsync(CandleFormat.Json);
        var back = await _world.Catalog.ConvertAsync(CandleFormat.Parquet);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((there.Converted, there.Unchanged, there.LeftAlone.Count), Is.EqualTo((3, 0, 0)));
            Assert.That(keys, Is.EquivalentTo(before.Keys.Select(key => key.Replace(".parquet", ".json", StringComparison.Ordinal))));
            Assert.That(asJson, Is.EqualTo(hash));
            Assert.That((again.Converted, again.Unchanged), Is.EqualTo((0, 3)));
            Assert.That(back.Converted, Is.EqualTo(3));
            Assert.That(await _world.SnapshotAsync(), Is.EquivalentTo(before));
        }
    }

    [Test]
    public async Task ConvertAsync_BothFormatsStand_JoinsThem()
    {
        await _world.AddAsync(CatalogWorld.Segment(rows: 50));
        await _world.AddAsync(CatalogWorld.Segment(rows: 50, start: CatalogWorld.Start.AddDays(50)), CandleFormat.Json);

        await _world.Catalog.ConvertAsync(CandleFormat.Parquet);

        Assert.That(await _world.Store.ReadAsync(CatalogWorld.BtcJsonFile), Is.Null);
        Assert.That((await _world.Catalog.ListAsync().SingleAsync()).Rows, Is.EqualTo(100));
    }

    [TestCase(CatalogWorld.BtcFile)]
    [TestCase(CatalogWorld.BtcJsonFile)]
    public async Task ConvertAsync_DamagedFile_StaysAndIsNamed(string damaged)
    {
        await _world.AddAsync(CatalogWorld.Segment());
        await _world.PutAsync(damaged, [1, 2, 3]);
        var before = await _world.SnapshotAsync();

        var conversion = await _world.Catalog.ConvertAsync(CandleFormat.Json);

        Assert.That(conversion.LeftAlone.Select(finding => (finding.Key, finding.Rule)), Is.EqualTo(new[] { (damaged, CatalogRules.Damaged) }));
        Assert.That(await _world.SnapshotAsync(), Is.EquivalentTo(before));
    }

    /// <summary>At each of the converter's calls another writer adds rows, in the old format or the new one: all of them are there in the end.</summary>
    [Test]
    public async Task ConvertAsync_WriterBetweenAnyTwoSteps_LosesNoRow([Range(0, 5)] int step, [Values] CandleFormat writes)
    {
        var inner = new CatalogWorld();
        await inner.AddAsync(CatalogWorld.Segment(rows: 20));
        var more = CatalogWorld.Segment(rows: 20, start: CatalogWorld.Start.AddDays(20));
        var store = new InterruptedStore(inner.Store, step, async () => await AddAsClientDoesAsync(inner, more, writes));

        await new CacheCatalog(store).ConvertAsync(CandleFormat.Json);
        await store.EnsureInterruptedAsync();

        var entry = await inner.Catalog.ListAsync().SingleAsync();
        Assert.That((entry.Rows, entry.Files), Is.EqualTo((40L, 1)));
    }

    /// <summary>As after a kill: what is held can be read whole, the check says what is left, and the next conversion mends it.</summary>
    [Test]
    public async Task ConvertAsync_EndedBeforeAnyOfItsSteps_LosesNothingAndCanBeRunAgain([Range(0, 4)] int step)
    {
        await _world.AddAsync(CatalogWorld.Segment(rows: 20));
        var hash = (await _world.Catalog.ReadAsync("global", "BTC-USDT", BarSize.OneDay)).ContentHash;
        var store = new InterruptedStore(_world.Store, step, () => throw new InvalidOperationException("killed"), isForGood: true);

        var killed = Assert.CatchAsync(async () =>
        {
            await new CacheCatalog(store).ConvertAsync(CandleFormat.Json);
            await store.EnsureInterruptedAsync();
        });
        var between = (await _world.Catalog.ReadAsync("global", "BTC-USDT", BarSize.OneDay)).ContentHash;
        var rules = (await _world.Catalog.VerifyAsync()).Findings.Select(finding => finding.Rule).ToList();
        await _world.Catalog.ConvertAsync(CandleFormat.Json);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(killed, Is.Not.Null);
            Assert.That(between, Is.EqualTo(hash));
            Assert.That(rules, Is.Empty.Or.EqualTo(new[] { CatalogRules.TwoFormats }));
            Assert.That((await _world.Catalog.ListAsync().SingleAsync()).Files, Is.EqualTo(1));
            Assert.That(await _world.Store.ReadAsync(CatalogWorld.BtcFile), Is.Null);
        }
    }

    /// <summary>Whatever is moved under a reader between its listing and its reads, it sees the whole series.</summary>
    [Test]
    public async Task ReadListAndVerify_FileConvertedAfterItWasListed_IsFollowed([Range(0, 1)] int step)
    {
        await _world.AddAsync(CatalogWorld.Segment(rows: 20));
        InterruptedStore Converting() => new(_world.Store, step, async () => await _world.Catalog.ConvertAsync(CandleFormat.Json));

        var read = (await new CacheCatalog(Converting()).ReadAsync("global", "BTC-USDT", BarSize.OneDay)).Count;
        await _world.Catalog.ConvertAsync(CandleFormat.Parquet);
        var listed = (await new CacheCatalog(Converting()).ListAsync().SingleAsync()).Rows;
        await _world.Catalog.ConvertAsync(CandleFormat.Parquet);
        var verified = await new CacheCatalog(Converting()).VerifyAsync();

        Assert.That((read, listed, verified.Candles, verified.Findings.Count), Is.EqualTo((20, 20L, 20L, 0)));
    }

    [Test]
    public async Task PruneAsync_DryRun_NamesAllAndRemovesNothing()
    {
        await FillAsync();
        var before = await _world.SnapshotAsync();
        var order = new CatalogPruneOrder { Quarantine = true, SnapshotsOlderThan = TimeSpan.FromDays(30), Series = new CatalogSelection { Symbols = ["ETH-USDT"] } };

        var dry = await Catalog().PruneAsync(order);
        var after = await _world.SnapshotAsync();
        var wet = await Catalog().PruneAsync(order with { DryRun = false });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(after, Is.EquivalentTo(before));
            Assert.That(dry.Removals.Select(removal => removal.IsRemoved), Has.None.True);
            Assert.That(dry.Removals.Select(removal => removal.Key), Is.EqualTo(new[]
            {
                ".quarantine/x.damaged",
                "global/candles/bar=1Dutc/symbol=ETH-USDT/.series.json",
                "global/candles/bar=1Dutc/symbol=ETH-USDT/all.parquet",
                "global/rankings/snapshots/2024-01-01/000000000.json",
            }));
            Assert.That(wet.Removals.Select(removal => removal.Key), Is.EqualTo(dry.Removals.Select(removal => removal.Key)));
            Assert.That(wet.Removals.Select(removal => removal.IsRemoved), Has.All.True);
            Assert.That(wet.SizeBytes, Is.EqualTo(dry.SizeBytes));
            Assert.That((await _world.SnapshotAsync()).Keys, Is.EquivalentTo(before.Keys.Except(dry.Removals.Select(removal => removal.Key))));
        }
    }

    [Test]
    public async Task PruneAsync_ByAge_TakesOnlySeriesOfWhichNothingWasReceivedSince()
    {
        await FillAsync();

        var pruning = await Catalog().PruneAsync(new CatalogPruneOrder { SeriesNotFetchedFor = TimeSpan.FromDays(60), DryRun = false });

        Assert.That(pruning.Removals.Select(removal => removal.Key), Is.EqualTo(new[] { "global/candles/bar=1Dutc/symbol=ETH-USDT/.series.json", "global/candles/bar=1Dutc/symbol=ETH-USDT/all.parquet" }));
        Assert.That(await _world.Store.ReadAsync(CatalogWorld.BtcFile), Is.Not.Null);
    }

    [Test]
    public async Task PruneAsync_FileChangedMeanwhile_StaysWithWhatItIsReadWith()
    {
        await _world.AddAsync(CatalogWorld.Segment(rows: 20));
        var more = CatalogWorld.Segment(rows: 20, start: CatalogWorld.Start.AddDays(20));
        var store = new InterruptedStore(_world.Store, 1, async () => await AddAsClientDoesAsync(_world, more, CandleFormat.Parquet));

        var pruning = await new CacheCatalog(store).PruneAsync(new CatalogPruneOrder { Series = new CatalogSelection { Bars = [BarSize.OneDay] }, DryRun = false });

        Assert.That(pruning.Removals.Select(removal => (removal.Key, removal.IsRemoved)), Is.EqualTo(new[] { (CatalogWorld.BtcFile, false) }));
        Assert.That(pruning.Removals[0].Problem, Is.Not.Empty);
        Assert.That((await _world.SnapshotAsync()).Keys, Is.EquivalentTo(new[] { CatalogWorld.BtcFile, CatalogWorld.BtcFacts }));
    }

    [Test]
    public void PruneAsync_OrderThatNamesNothingOrEverything_Throws()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => _world.Catalog.PruneAsync(new CatalogPruneOrder()), Throws.ArgumentException.With.Message.Contains("nothing"));
            Assert.That(() => _world.Catalog.PruneAsync(new CatalogPruneOrder { Series = new CatalogSelection() }), Throws.ArgumentException.With.Message.Contains("every series"));
            Assert.That(() => _world.Catalog.PruneAsync(new CatalogPruneOrder { SeriesNotFetchedFor = TimeSpan.FromDays(-1) }), Throws.ArgumentException.With.Message.Contains("negative"));
        }
    }

    [Test]
    public async Task FolderOfOthers_OrphansAndStrangers_AreFoundAndOnlyOldOrphansGo()
    {
        using var folder = new TemporaryFolder();
        var files = new CatalogWorld(new FileCacheStore(folder.Path));
        await files.AddAsync(CatalogWorld.Segment());
        var place = Path.Combine(folder.Path, "global", "candles", "bar=1Dutc", "symbol=BTC-USDT");
        await File.WriteAllTextAsync(Path.Combine(place, ".~old.tmp"), "x");
        File.SetLastWriteTimeUtc(Path.Combine(place, ".~old.tmp"), CatalogWorld.Start.UtcDateTime);
        await File.WriteAllTextAsync(Path.Combine(place, ".~new.tmp"), "x");
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "my notes.txt"), "x");
        Directory.CreateDirectory(Path.Combine(folder.Path, "global", "instruments", "SPOT.json"));

        var catalog = CacheCatalog.OpenFolder(folder.Path);
        var findings = (await catalog.VerifyAsync()).Findings;
        var pruning = await catalog.PruneAsync(new CatalogPruneOrder { Orphans = true, DryRun = false });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(findings.Select(finding => (finding.Key, finding.Rule)), Is.EqualTo(new[]
            {
                ("global/candles/bar=1Dutc/symbol=BTC-USDT/.~old.tmp", CatalogRules.Orphan),
                ("global/instruments/SPOT.json", CatalogRules.Unreadable),
                ("my notes.txt", CatalogRules.Foreign),
            }));
            Assert.That(pruning.Removals.Single().IsRemoved, Is.True);
            Assert.That(File.Exists(Path.Combine(place, ".~old.tmp")), Is.False);
            Assert.That(File.Exists(Path.Combine(place, ".~new.tmp")), Is.True);
            Assert.That(File.Exists(Path.Combine(folder.Path, "my notes.txt")), Is.True);
        }
    }

    private CacheCatalog Catalog() => new(_world.Store, new FakeTimeProvider(CatalogWorld.Start.AddDays(101)));

    private async Task FillAsync()
    {
        await _world.AddAsync(CatalogWorld.Segment(rows: 100));
        await _world.AddAsync(CatalogWorld.Segment("ETH-USDT", rows: 10));
        await _world.PutAsync(".quarantine/x.damaged", [1]);
        await _world.PutAsync("global/rankings/snapshots/2024-01-01/000000000.json", [1]);
        await _world.PutAsync("global/rankings/snapshots/2024-04-05/000000000.json", [1]);
        await _world.PutAsync("global/rankings/USDT.json", [1]);
    }

    // As the archive writes: joined with what stands there in either format, and only in the version that was read.
    private static async Task AddAsClientDoesAsync(CatalogWorld world, CandleSegment rows, CandleFormat format)
    {
        var (own, other) = format == CandleFormat.Parquet ? (CatalogWorld.BtcFile, CatalogWorld.BtcJsonFile) : (CatalogWorld.BtcJsonFile, CatalogWorld.BtcFile);
        var reader = new CatalogReader(world.Store);
        var here = await reader.ReadSegmentAsync(CatalogKey.Parse(own), default);
        var there = await reader.ReadSegmentAsync(CatalogKey.Parse(other), default);
        var merged = rows;
        foreach (var held in new[] { there.Value, here.Value })
            merged = SegmentMerge.Merge(held, merged);
        var content = await CatalogKey.Parse(own).Codec.EncodeAsync(merged, default);
        Assert.That(await world.Store.WriteAsync(own, content, here.Item is null ? WriteCondition.Absent : WriteCondition.Matches(here.Item.Version)), Is.Not.Null);
        if (there.Item is not null)
            await world.Store.RemoveAsync(other, WriteCondition.Matches(there.Item.Version));
    }

    /// <summary>Lets something happen right before the n-th read, write or removal.</summary>
    private sealed class InterruptedStore(ICacheStore inner, int step, Func<Task> interrupt, bool isForGood = false) : ICacheStore
    {
        private int _calls;
        private bool _isInterrupted;

        public async ValueTask<CacheItem?> ReadAsync(string key, CancellationToken cancellationToken = default)
        {
            await CountAsync();
            return await inner.ReadAsync(key, cancellationToken);
        }

        public async ValueTask<string?> WriteAsync(string key, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken = default)
        {
            await CountAsync();
            return await inner.WriteAsync(key, content, condition, cancellationToken);
        }

        public async ValueTask<bool> RemoveAsync(string key, WriteCondition condition, CancellationToken cancellationToken = default)
        {
            await CountAsync();
            return await inner.RemoveAsync(key, condition, cancellationToken);
        }

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken = default) => inner.ListAsync(prefix, cancellationToken);

        /// <summary>Where there were fewer calls, the interruption comes after the last.</summary>
        public Task EnsureInterruptedAsync()
        {
            if (_isInterrupted && !isForGood)
                return Task.CompletedTask;
            _isInterrupted = true;
            return interrupt();
        }

        private Task CountAsync() => _calls++ == step || (isForGood && _isInterrupted) ? EnsureInterruptedAsync() : Task.CompletedTask;
    }
}
