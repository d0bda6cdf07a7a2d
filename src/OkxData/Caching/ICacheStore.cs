namespace OkxData.Caching;

/// <summary>Keeps bytes under keys. Anyone can write one: files, Redis, an object store, a database.</summary>
/// <remarks>
/// Keys are relative paths with <c>/</c> between their parts, made of letters, digits and <c>- _ . =</c>; no part is
/// empty, <c>.</c> or <c>..</c>. A store is thread-safe, and safe under several processes where its backing allows.
/// Failures of the backing surface as <see cref="Errors.OkxCacheException"/>.
/// </remarks>
public interface ICacheStore
{
    /// <summary>Reads what stands under a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The content and its version, or <see langword="null"/> when there is nothing.</returns>
    ValueTask<CacheItem?> ReadAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Writes under a key, atomically: readers see the old content or the new, never a mixture.</summary>
    /// <param name="key">The key.</param>
    /// <param name="content">The bytes.</param>
    /// <param name="condition">What must hold of the present content.</param>
    /// <param name="cancellationToken">Cancels the write; what was there stays.</param>
    /// <returns>The new version, or <see langword="null"/> where the condition did not hold and nothing was written.</returns>
    ValueTask<string?> WriteAsync(string key, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken = default);

    /// <summary>Removes a key.</summary>
    /// <param name="key">The key.</param>
    /// <param name="condition">What must hold of the present content.</param>
    /// <param name="cancellationToken">Cancels the removal.</param>
    /// <returns>Whether something was removed.</returns>
    ValueTask<bool> RemoveAsync(string key, WriteCondition condition, CancellationToken cancellationToken = default);

    /// <summary>The keys that begin with a prefix, in no order; those written or removed meanwhile may or may not be among them.</summary>
    /// <param name="prefix">The beginning of the keys; empty for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>The keys.</returns>
    IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken = default);
}
