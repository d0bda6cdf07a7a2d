namespace OkxData.Caching;

/// <summary>Keeps nothing: the store of a cache that is off.</summary>
/// <remarks>Nothing ever stands under a key, so a write that requires a version fails and every other one "succeeds" and is forgotten.</remarks>
public sealed class NullCacheStore : ICacheStore
{
    private NullCacheStore()
    {
    }

    /// <summary>The one there need be.</summary>
    public static NullCacheStore Instance { get; } = new();

    /// <inheritdoc/>
    public ValueTask<CacheItem?> ReadAsync(string key, CancellationToken cancellationToken = default)
    {
        CacheKey.ThrowIfInvalid(key);
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<CacheItem?>((CacheItem?)null);
    }

    /// <inheritdoc/>
    public ValueTask<string?> WriteAsync(string key, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken = default)
    {
        CacheKey.ThrowIfInvalid(key);
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<string?>(condition.IsMetBy(null) ? ContentVersion.Of(content.Span) : null);
    }

    /// <inheritdoc/>
    public ValueTask<bool> RemoveAsync(string key, WriteCondition condition, CancellationToken cancellationToken = default)
    {
        CacheKey.ThrowIfInvalid(key);
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<bool>(false);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return AsyncEnumerable.Empty<string>();
    }
}
