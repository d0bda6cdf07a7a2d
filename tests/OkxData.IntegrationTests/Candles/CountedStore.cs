using System.Collections.Concurrent;
using System.IO.Hashing;
using OkxData.Caching;

namespace OkxData.IntegrationTests.Candles;

/// <summary>What a disk holds: it outlives the processes that write to it.</summary>
internal sealed class Disk
{
    public ConcurrentDictionary<string, CacheItem> Files { get; } = new(StringComparer.Ordinal);

    public Lock Gate { get; } = new();
}

/// <summary>A store of one process: it counts its calls, and may die at one of its writes, after which it changes nothing any more.</summary>
internal sealed class CountedStore(Disk disk, int writesToLive = int.MaxValue) : ICacheStore
{
    private int _calls;
    private int _writes;

    public int Calls => _calls;

    /// <summary>The writes and removals asked for, those after its death included.</summary>
    public int Writes => _writes;

    public ValueTask<CacheItem?> ReadAsync(string key, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        return ValueTask.FromResult(disk.Files.GetValueOrDefault(key));
    }

    public ValueTask<string?> WriteAsync(string key, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        lock (disk.Gate)
        {
            var isAlive = _writes++ < writesToLive;
            if (!condition.IsMetBy(disk.Files.GetValueOrDefault(key)?.Version))
                return ValueTask.FromResult<string?>(null);

            var item = new CacheItem(content.ToArray(), Convert.ToHexString(XxHash128.Hash(content.Span)));
            if (isAlive)
                disk.Files[key] = item;
            return ValueTask.FromResult<string?>(item.Version);
        }
    }

    public ValueTask<bool> RemoveAsync(string key, WriteCondition condition, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        lock (disk.Gate)
        {
            var isAlive = _writes++ < writesToLive;
            if (disk.Files.GetValueOrDefault(key) is not { } item || !condition.IsMetBy(item.Version))
                return ValueTask.FromResult(false);
            return ValueTask.FromResult(!isAlive || disk.Files.TryRemove(key, out _));
        }
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken = default)
    {
        Interlocked.Increment(ref _calls);
        return disk.Files.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).ToAsyncEnumerable();
    }
}
