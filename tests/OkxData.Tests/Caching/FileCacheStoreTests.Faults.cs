using NUnit.Framework;
using OkxData.Caching;
using OkxData.Errors;

namespace OkxData.Tests.Caching;

public sealed partial class FileCacheStoreTests
{
    private static readonly byte[] Old = [1, 1, 1];
    private static readonly byte[] New = [2, 2, 2, 2];

    [Test]
    public async Task WriteAsync_NthOperationFails_OldOrNewIsThereWhole([Values] bool persistent, [Values] bool overwrite)
    {
        var failures = 0;
        for (var n = 1; ; n++)
        {
            var root = _folder[FormattableString.Invariant($"{n}")];
            if (overwrite)
                await new FileCacheStore(root).WriteAsync("a/b/c", Old, WriteCondition.Any);

            var files = new FaultyFileSystem { FailAt = n, Persistent = persistent };
            var store = new FileCacheStore(root, files);
            var condition = overwrite ? WriteCondition.Matches(ContentVersion.Of(Old)) : WriteCondition.Absent;
            var thrown = await Catch(async () => await store.WriteAsync("a/b/c", New, condition));
            if (!files.HasFailed)
                break;

            var after = (await new FileCacheStore(root).ReadAsync("a/b/c"))?.Content.ToArray();
            Assert.That(after, Is.AnyOf(New, overwrite ? Old : null), $"operation {n}: {files.Log[n - 1]}");
            Assert.That(thrown, Is.Null.Or.TypeOf<OkxCacheException>(), $"operation {n}: {files.Log[n - 1]}");
            if (thrown is null)
                Assert.That(after, Is.EqualTo(New));
            else
                failures++;

            Assert.That(await new FileCacheStore(root).WriteAsync("a/b/c", New, WriteCondition.Any), Is.Not.Null, "a write after the failure");
        }

        Assert.That(failures, Is.GreaterThan(5));
    }

    [Test]
    public async Task WriteAsync_DiskFull_NamesThePathAndSaysWhatToDo()
    {
        var files = new FaultyFileSystem();
        files.Before = line =>
        {
            if (line.StartsWith("append", StringComparison.Ordinal))
                throw new IOException("No space left on device", 28);
        };
        var store = new FileCacheStore(Root, files);

        var exception = (await Assert.ThrowsAsync<OkxCacheException>(async () => await store.WriteAsync("a/b", New, WriteCondition.Any)))!;

        Assert.That(exception.Location, Is.EqualTo(Path.Combine(Root, "a", "b")));
        Assert.That(exception.Message, Does.Contain(exception.Location).And.Contain("Free space"));
        Assert.That(Directory.GetFiles(Path.Combine(Root, "a")), Is.Empty);
    }

    [Test]
    public async Task WriteAsync_DiskLies_IsNoticedBeforeTheRename()
    {
        await _store.WriteAsync("a/b", Old, WriteCondition.Any);
        var store = new FileCacheStore(Root, new FaultyFileSystem { Lies = true });

        Assert.That(async () => await store.WriteAsync("a/b", New, WriteCondition.Any), Throws.TypeOf<OkxCacheException>().With.Message.Contains("reads back differently"));
        Assert.That((await _store.ReadAsync("a/b"))!.Content.ToArray(), Is.EqualTo(Old));
    }

    [Test]
    public async Task WriteAsync_CancelledBeforeTheRename_LeavesNothing()
    {
        await _store.WriteAsync("a/b", Old, WriteCondition.Any);
        using var source = new CancellationTokenSource();
        var files = new FaultyFileSystem();
        files.Before = line =>
        {
            if (line.StartsWith("flush", StringComparison.Ordinal))
                source.Cancel();
        };

        Assert.That(
            async () => await new FileCacheStore(Root, files).WriteAsync("a/b", New, WriteCondition.Any, source.Token),
            Throws.InstanceOf<OperationCanceledException>());
        Assert.That((await _store.ReadAsync("a/b"))!.Content.ToArray(), Is.EqualTo(Old));
        Assert.That(Directory.GetFiles(Path.Combine(Root, "a")), Has.Length.EqualTo(1));
    }

    private static async Task<Exception?> Catch(Func<Task> action)
    {
        try
        {
            await action();
            return null;
        }
        catch (OkxCacheException exception)
        {
            return exception;
        }
    }
}
