using System.Collections.Concurrent;
using OkxData.Caching;

namespace OkxData.Tests.Caching;

/// <summary>The smallest store that keeps the contract: what a stranger would write first.</summary>
internal sealed class InMemoryCacheStore : ICacheStore
{
    private readonly ConcurrentDictionary<string, CacheItem> _items = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    public ValueTask<CacheItem?> ReadAsync(string key, CancellationToken cancellationToken = default)
    {
        Check(key, cancellationToken);
        return ValueTask.FromResult(_items.GetValueOrDefault(key));
    }

    public ValueTask<string?> WriteAsync(string key, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken = default)
    {
        Check(key, cancellationToken);
        lock (_gate)
        {
            if (!condition.IsMetBy(_items.GetValueOrDefault(key)?.Version))
                return ValueTask.FromResult<string?>(null);

            var item = new CacheItem(content.ToArray(), ContentVersion.Of(content.Span));
            _items[key] = item;
            return ValueTask.FromResult<string?>(item.Version);
        }
    }

    public ValueTask<bool> RemoveAsync(string key, WriteCondition condition, CancellationToken cancellationToken = default)
    {
        Check(key, cancellationToken);
        lock (_gate)
            return ValueTask.FromResult(_items.TryGetValue(key, out var item) && condition.IsMetBy(item.Version) && _items.TryRemove(key, out _));
    }

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return _items.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).ToAsyncEnumerable();
    }

    private static void Check(string key, CancellationToken cancellationToken)
    {
        CacheKey.ThrowIfInvalid(key);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
