using System.Globalization;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Errors;

namespace OkxData.Tests.Caching;

[TestFixture]
public sealed partial class FileCacheStoreTests : CacheStoreContract
{
    private TemporaryFolder _folder = null!;
    private FileCacheStore _store = null!;

    private protected override ICacheStore Store => _store;

    private string Root => _folder["cache"];

    [SetUp]
    public void SetUp()
    {
        _folder = new TemporaryFolder();
        _store = new FileCacheStore(Root);
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task Reading_MissingRoot_MakesNothing()
    {
        Assert.That(await _store.ReadAsync("a/b"), Is.Null);
        Assert.That(await _store.ListAsync("").ToListAsync(), Is.Empty);
        Assert.That(await _store.RemoveAsync("a/b", WriteCondition.Any), Is.False);
        Assert.That(Directory.Exists(Root), Is.False);
    }

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("a\0b")]
    public void Constructor_NoPath_IsRefused(string directory) =>
        Assert.That(() => new FileCacheStore(directory), Throws.InstanceOf<ArgumentException>());

    [Test]
    public async Task Constructor_TrailingSeparator_IsTheSameFolder()
    {
        await new FileCacheStore(Root + Path.DirectorySeparatorChar).WriteAsync("a", new byte[] { 1 }, WriteCondition.Absent);

        Assert.That(await _store.ReadAsync("a"), Is.Not.Null);
    }

    [Test]
    public async Task WriteAsync_Key_IsTheRelativePath()
    {
        await _store.WriteAsync("global/bar=1Dutc/all.parquet", new byte[] { 1, 2 }, WriteCondition.Any);

        Assert.That(await File.ReadAllBytesAsync(Path.Combine(Root, "global", "bar=1Dutc", "all.parquet")), Is.EqualTo(new byte[] { 1, 2 }));
        Assert.That(Directory.GetFiles(Path.Combine(Root, "global", "bar=1Dutc")), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task ListAsync_ForeignFilesAndTheStoresOwn_AreNotKeys()
    {
        await _store.WriteAsync("a/b", new byte[] { 1 }, WriteCondition.Any);
        await File.WriteAllTextAsync(Path.Combine(Root, "a", "notes of mine.txt"), "");
        await File.WriteAllTextAsync(Path.Combine(Root, "a", ".~0.tmp"), "");

        Assert.That(await _store.ListAsync("").ToListAsync(), Is.EqualTo(new[] { "a/b" }));
    }

    [Test]
    public async Task ListAsync_Prefix_OpensNoFolderThatCannotMatch()
    {
        var files = new FaultyFileSystem();
        var store = new FileCacheStore(Root, files);
        foreach (var key in new[] { "a/b/c/1", "a/bb/2", "a/x/3", "z/y/4" })
            await store.WriteAsync(key, new byte[] { 1 }, WriteCondition.Any);
        files.Log.Clear();

        Assert.That(await store.ListAsync("a/b").ToListAsync(), Is.EquivalentTo(new[] { "a/b/c/1", "a/bb/2" }));
        Assert.That(files.Log, Is.EquivalentTo(new[] { "list a", "list b", "list c", "list bb" }));
    }

    [Test]
    public async Task TwoStores_OneFolder_LoseNoUpdate()
    {
        var stores = new[] { _store, new FileCacheStore(Root), new FileCacheStore(Root) };
        await _store.WriteAsync("n", "0"u8.ToArray(), WriteCondition.Any);

        await Task.WhenAll(stores.Select(store => Task.Run(async () =>
        {
            for (var done = 0; done < 30;)
            {
                var item = (await store.ReadAsync("n"))!;
                var next = int.Parse(item.Content.Span, CultureInfo.InvariantCulture) + 1;
                if (await store.WriteAsync("n", System.Text.Encoding.ASCII.GetBytes(next.ToString(CultureInfo.InvariantCulture)), WriteCondition.Matches(item.Version)) is not null)
                    done++;
            }
        })));

        Assert.That((await _store.ReadAsync("n"))!.Content.ToArray(), Is.EqualTo("90"u8.ToArray()));
    }

    [Test]
    public async Task ReadAsync_FileOverTheBound_IsRefusedUnread()
    {
        Directory.CreateDirectory(Root);
        await using (var file = File.Create(Path.Combine(Root, "huge")))
            file.SetLength(FileCacheStore.MaxContentLength + 1);

        var before = GC.GetTotalAllocatedBytes();
        var exception = (await Assert.ThrowsAsync<OkxCacheException>(async () => await _store.ReadAsync("huge")))!;

        Assert.That(exception.Message, Does.Contain("huge").And.Contain("268435457"));
        Assert.That(GC.GetTotalAllocatedBytes() - before, Is.LessThan(FileCacheStore.MaxContentLength / 4));
    }

    [Test]
    public async Task WriteAsync_FolderFirstSeen_SweepsOldOrphansOnly()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.Parse("2030-01-01Z", CultureInfo.InvariantCulture));
        var logger = new FakeLogger();
        await _store.WriteAsync("a/b", new byte[] { 1 }, WriteCondition.Any);
        var old = Orphan(".~old.tmp", clock.GetUtcNow() - TemporaryFiles.OrphanAge - TimeSpan.FromSeconds(1));
        var young = Orphan(".~young.tmp", clock.GetUtcNow() - TimeSpan.FromMinutes(1));
        var live = Orphan(".~live.tmp", clock.GetUtcNow() - TimeSpan.FromDays(1));
        var foreign = Orphan("other.tmp", clock.GetUtcNow() - TimeSpan.FromDays(1));

        using (PhysicalFileSystem.Instance.TryLock(live))
            await new FileCacheStore(Root, logger, clock).WriteAsync("a/c", new byte[] { 1 }, WriteCondition.Any);

        Assert.That(File.Exists(old), Is.False);
        Assert.That(new[] { young, live, foreign }.All(File.Exists), Is.True);
        Assert.That(logger.Collector.GetSnapshot().Select(r => r.Id.Id), Is.EqualTo(new[] { 302 }));
    }

    private string Orphan(string name, DateTimeOffset written)
    {
        var path = Path.Combine(Root, "a", name);
        File.WriteAllBytes(path, [1, 2, 3]);
        File.SetLastWriteTimeUtc(path, written.UtcDateTime);
        return path;
    }
}
