using Microsoft.Extensions.Logging.Testing;
using NUnit.Framework;
using OkxData.Caching;

namespace OkxData.Tests.Caching;

[TestFixture]
public sealed class GuardedCacheStoreTests : CacheStoreContract
{
    private static readonly byte[] Content = [1, 2, 3];

    private GuardedCacheStore _store = null!;

    private protected override ICacheStore Store => _store;

    [SetUp]
    public void SetUp() => _store = new GuardedCacheStore(new InMemoryCacheStore(), new FakeLogger());

    [Test]
    public async Task EveryMethod_DeadStore_AnswersAndWarnsOncePerKind()
    {
        var logger = new FakeLogger();
        var store = new GuardedCacheStore(new DeadStore(() => new IOException("it is gone")), logger);

        for (var i = 0; i < 3; i++)
        {
            Assert.That(await store.ReadAsync("a"), Is.Null);
            Assert.That(await store.ListAsync("").ToListAsync(), Is.Empty);
            Assert.That(await store.WriteAsync("a", Content, WriteCondition.Absent), Is.Null);
            Assert.That(await store.RemoveAsync("a", WriteCondition.Any), Is.False);
        }

        var records = logger.Collector.GetSnapshot();
        Assert.That(records.Select(record => record.Id.Id), Is.EqualTo(new[] { 300, 301 }));
        Assert.That(records.Select(record => record.Message), Has.All.Contains("it is gone"));
    }

    [Test]
    public async Task TryWriteAsync_LostRaceAndDeadStore_AreToldApart()
    {
        await _store.WriteAsync("a", Content, WriteCondition.Any);
        ICacheStore dead = new GuardedCacheStore(new DeadStore(() => new IOException()), new FakeLogger());

        Assert.That((await _store.TryWriteAsync("a", Content, WriteCondition.Absent, CancellationToken.None)).IsConflict, Is.True);
        Assert.That((await _store.TryWriteAsync("b", Content, WriteCondition.Absent, CancellationToken.None)).IsWritten, Is.True);
        Assert.That(await dead.TryWriteAsync("a", Content, WriteCondition.Absent, CancellationToken.None), Is.EqualTo(CacheWrite.Unavailable));
    }

    [Test]
    public async Task TryWriteAsync_StoreWithoutGuard_ThrowsWhatItThrows()
    {
        ICacheStore bare = new InMemoryCacheStore();

        Assert.That((await bare.TryWriteAsync("a", Content, WriteCondition.Absent, CancellationToken.None)).Version, Is.EqualTo(ContentVersion.Of(Content)));
        Assert.That((await bare.TryWriteAsync("a", Content, WriteCondition.Absent, CancellationToken.None)).IsConflict, Is.True);
        await Assert.ThatAsync(
            () => new DeadStore(() => new IOException()).TryWriteAsync("a", Content, WriteCondition.Any, CancellationToken.None).AsTask(),
            Throws.TypeOf<IOException>());
    }

    [Test]
    public async Task EveryMethod_CallersCancellation_PassesUnlogged()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        var logger = new FakeLogger();
        var store = new GuardedCacheStore(new DeadStore(() => new OperationCanceledException(source.Token)), logger);

        await Assert.ThatAsync(() => store.ReadAsync("a", source.Token).AsTask(), Throws.InstanceOf<OperationCanceledException>());
        await Assert.ThatAsync(() => store.WriteAsync("a", Content, WriteCondition.Any, source.Token).AsTask(), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(logger.Collector.Count, Is.Zero);
    }

    [Test]
    public async Task ReadAsync_StoresOwnTimeout_CountsAsAFailure()
    {
        var store = new GuardedCacheStore(new DeadStore(() => new TaskCanceledException()), new FakeLogger());

        Assert.That(await store.ReadAsync("a"), Is.Null);
    }

    [Test]
    public async Task FileStore_BelowARegularFile_ReadsNothingAndWarnsOnceInAll()
    {
        using var folder = new TemporaryFolder();
        await File.WriteAllTextAsync(folder["file"], "");
        var logger = new FakeLogger();
        var store = new GuardedCacheStore(new FileCacheStore(folder["file/cache"]), logger);

        Assert.That(await store.ReadAsync("a/b"), Is.Null);
        Assert.That(await store.ListAsync("").ToListAsync(), Is.Empty);
        Assert.That(await store.TryWriteAsync("a/b", Content, WriteCondition.Absent, CancellationToken.None), Is.EqualTo(CacheWrite.Unavailable));
        Assert.That(await store.TryWriteAsync("a/c", Content, WriteCondition.Any, CancellationToken.None), Is.EqualTo(CacheWrite.Unavailable));
        Assert.That(logger.Collector.GetSnapshot().Select(record => record.Message), Has.One.Items.And.All.Contains(folder["file"]));
    }

    private sealed class DeadStore(Func<Exception> failure) : ICacheStore
    {
        public ValueTask<CacheItem?> ReadAsync(string key, CancellationToken cancellationToken = default) => throw failure();

        public ValueTask<string?> WriteAsync(string key, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken = default) =>
            ValueTask.FromException<string?>(failure());

        public ValueTask<bool> RemoveAsync(string key, WriteCondition condition, CancellationToken cancellationToken = default) => throw failure();

        public async IAsyncEnumerable<string> ListAsync(string prefix, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await Task.CompletedTask;
            yield return failure() is { } exception ? throw exception : "";
        }
    }
}
