using NUnit.Framework;
using OkxData.Caching;
using OkxData.Errors;

namespace OkxData.Tests.Caching;

public sealed partial class FileCacheStoreTests
{
    [Test]
    public async Task WriteAsync_RootBelowARegularFile_SaysSoAndReadsNothing()
    {
        await File.WriteAllTextAsync(_folder["file"], "");
        var store = new FileCacheStore(_folder["file/cache"]);

        Assert.That(await store.ReadAsync("a/b"), Is.Null);
        Assert.That(await store.ListAsync("").ToListAsync(), Is.Empty);
        Assert.That(await store.RemoveAsync("a/b", WriteCondition.Any), Is.False);
        await Assert.ThatAsync(
            () => store.WriteAsync("a/b", New, WriteCondition.Any).AsTask(),
            Throws.TypeOf<OkxCacheException>().With.Message.Contains(_folder["file"]).And.Message.Contains("Caching.Directory"));
    }

    [Test]
    public async Task WriteAsync_KeyBelowAnotherKey_IsRefusedAndLosesNothing()
    {
        await _store.WriteAsync("a", Old, WriteCondition.Any);

        await Assert.ThatAsync(() => _store.WriteAsync("a/b", New, WriteCondition.Any).AsTask(), Throws.TypeOf<OkxCacheException>());
        Assert.That(await _store.ReadAsync("a/b"), Is.Null);
        Assert.That((await _store.ReadAsync("a"))!.Content.ToArray(), Is.EqualTo(Old));
    }

    [Test]
    public async Task EveryMethod_FolderInTheFilesPlace_SaysSoAndLosesNothing()
    {
        await _store.WriteAsync("a/b", Old, WriteCondition.Any);
        var place = Path.Combine(Root, "a");
        await Assert.ThatAsync(() => _store.ReadAsync("a").AsTask(), Throws.TypeOf<OkxCacheException>().With.Message.Contains(place));
        await Assert.ThatAsync(() => _store.WriteAsync("a", New, WriteCondition.Any).AsTask(), Throws.TypeOf<OkxCacheException>().With.Message.Contains(place));
        Assert.That(await _store.RemoveAsync("a", WriteCondition.Any), Is.False);
        Assert.That((await _store.ReadAsync("a/b"))!.Content.ToArray(), Is.EqualTo(Old));
        Assert.That(Directory.GetFiles(Root), Is.Empty, "no temporary file is left");
    }

    [Test]
    public async Task EveryMethod_NoPermission_SaysWhatToDo()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            Assert.Inconclusive("Needs an ordinary user on Unix: the administrator may write anywhere.");
            return;
        }

        await _store.WriteAsync("a/b", Old, WriteCondition.Any);
        var folder = Path.Combine(Root, "a");
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        try
        {
            await Assert.ThatAsync(
                () => _store.WriteAsync("a/b", New, WriteCondition.Any).AsTask(),
                Throws.TypeOf<OkxCacheException>().With.Message.Contains("Give this user the right"));
            Assert.That((await _store.ReadAsync("a/b"))!.Content.ToArray(), Is.EqualTo(Old));
        }
        finally
        {
            File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Test]
    public async Task WriteAsync_DiskIgnoresCase_RefusesTheSecondOfTwoKeysThatItWouldConfuse()
    {
        var store = new FileCacheStore(Root, new FaultyFileSystem { IgnoresCase = true });
        await store.WriteAsync("bar=1m/a", Old, WriteCondition.Any);
        await store.WriteAsync("bar=1m/a", New, WriteCondition.Any);

        await Assert.ThatAsync(() => store.WriteAsync("bar=1m/A", Old, WriteCondition.Any).AsTask(), Throws.TypeOf<OkxCacheException>().With.Message.Contains("differs only by case"));
        await Assert.ThatAsync(() => store.WriteAsync("bar=1M/b", Old, WriteCondition.Any).AsTask(), Throws.TypeOf<OkxCacheException>().With.Message.Contains("differs only by case"));
        Assert.That(await store.ListAsync("").ToListAsync(), Is.EqualTo(new[] { "bar=1m/a" }));
    }

    [Test]
    public async Task EveryMethod_FolderRemovedMeanwhile_StartsAnew()
    {
        await _store.WriteAsync("a/b", Old, WriteCondition.Any);
        Directory.Delete(Root, recursive: true);

        Assert.That(await _store.ReadAsync("a/b"), Is.Null);
        Assert.That(await _store.WriteAsync("a/b", New, WriteCondition.Absent), Is.Not.Null);
    }

    [Test]
    public async Task ListAsync_LinkToItself_HasAnEnd()
    {
        await _store.WriteAsync("a/b", Old, WriteCondition.Any);
        try
        {
            Directory.CreateSymbolicLink(Path.Combine(Root, "a", "loop"), Root);
        }
        catch (UnauthorizedAccessException)
        {
            Assert.Inconclusive("This user may make no links.");
        }

        Assert.That(await _store.ListAsync("").ToListAsync(), Is.EqualTo(new[] { "a/b" }));
    }

    [Test]
    public async Task ReadAsync_AnotherHasItOpenForAMoment_TriesAgain()
    {
        await _store.WriteAsync("a", Old, WriteCondition.Any);
        var refusals = 3;
        var files = new FaultyFileSystem
        {
            Before = line =>
            {
                if (line == "read a" && refusals-- > 0)
                    throw new IOException("in use", unchecked((int)0x80070020));
            },
        };

        Assert.That((await new FileCacheStore(Root, files).ReadAsync("a"))!.Content.ToArray(), Is.EqualTo(Old));
        Assert.That(files.Log, Is.EqualTo(new[] { "read a", "read a", "read a", "read a" }));
    }

    [Test]
    public async Task WriteAsync_Steps_AreInTheOrderThatSurvivesALossOfPower()
    {
        await _store.WriteAsync("a/b", Old, WriteCondition.Any);
        var files = new FaultyFileSystem();
        var store = new FileCacheStore(Root, files);
        await store.WriteAsync("a/b", new byte[] { 9 }, WriteCondition.Any);
        files.Log.Clear();

        await store.WriteAsync("a/b", New, WriteCondition.Any);

        Assert.That(
            files.Log.Select(line => line.Split(' ')[0]),
            Is.EqualTo(new[] { "lock", "create", "append", "flush", "verify", "verify", "rename", "sync" }));
    }

    [Test]
    [CancelAfter(10_000)]
    public async Task ReadAsync_EveryLockIsHeldByAnother_AnswersAtOnceAndTakesNone(CancellationToken cancellationToken)
    {
        await _store.WriteAsync("a/b", Old, WriteCondition.Any, cancellationToken);
        var locks = Path.Combine(Root, ".~locks");
        var held = Enumerable.Range(0, 64).Select(index => PhysicalFileSystem.Instance.TryLock(Path.Combine(locks, FormattableString.Invariant($"{index:d2}")))).ToList();
        try
        {
            var files = new FaultyFileSystem();
            var store = new FileCacheStore(Root, files);

            Assert.That(held, Has.None.Null, "the test holds them all");
            Assert.That((await store.ReadAsync("a/b", cancellationToken))!.Content.ToArray(), Is.EqualTo(Old));
            Assert.That(await store.ListAsync("", cancellationToken).ToListAsync(cancellationToken), Is.EqualTo(new[] { "a/b" }));
            Assert.That(files.Log, Has.None.StartsWith("lock"));
        }
        finally
        {
            held.ForEach(one => one?.Dispose());
        }
    }

    [Test]
    public async Task WriteAsync_YoungFileThatWasBegunUnderTheSameLock_IsSweptAtOnceUnlessItIsOpen()
    {
        var files = new FaultyFileSystem();
        await new FileCacheStore(Root, files).WriteAsync("a/b", Old, WriteCondition.Any);
        var name = files.Log.Single(line => line.StartsWith("create", StringComparison.Ordinal))["create ".Length..];
        var (dead, live) = (Path.Combine(Root, "a", name), Path.Combine(Root, "a", name[..5] + "live.tmp"));
        await File.WriteAllTextAsync(dead, "left");
        using var open = PhysicalFileSystem.Instance.CreateNew(live);

        await new FileCacheStore(Root).WriteAsync("a/b", New, WriteCondition.Any);

        Assert.That((File.Exists(dead), File.Exists(live)), Is.EqualTo((false, true)));
    }
}
