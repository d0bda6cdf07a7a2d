using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;

namespace OkxData.Caching;

/// <summary>A store that cannot break a call: what it fails to read is absent, what it fails to write is not kept.</summary>
/// <remarks>
/// The first failure to read and the first to write are logged as warnings; a stranger's store may throw what it likes. Bad
/// keys and the caller's cancellation pass through. A failed write answers <see langword="null"/> like a lost race, so whoever
/// retries lost races writes with <see cref="TryWriteAsync"/>, which tells the two apart. Where something stands that cannot be
/// read or moved aside, a write that wants the place empty loses no race: trying again would be no use.
/// </remarks>
internal sealed class GuardedCacheStore(ICacheStore inner, ILogger logger) : ICacheStore
{
    /// <summary>One failure may be a moment's; after so many in a row the key counts as unreadable.</summary>
    private const int ReadsBeforeUnreadable = 2;

    private readonly ConcurrentDictionary<string, int> _failedReads = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _occupied = new(StringComparer.Ordinal);
    private int _warnedOfReading;
    private int _warnedOfWriting;

    public async ValueTask<CacheItem?> ReadAsync(string key, CancellationToken cancellationToken = default)
    {
        try
        {
            var item = await inner.ReadAsync(key, cancellationToken).ConfigureAwait(false);
            if (!_failedReads.IsEmpty)
                _failedReads.TryRemove(key, out _);
            return item;
        }
        catch (Exception exception) when (IsStoreFailure(exception, cancellationToken))
        {
            _failedReads.AddOrUpdate(key, 1, static (_, failures) => failures + 1);
            WarnOfReading(exception);
            return null;
        }
    }

    public async ValueTask<string?> WriteAsync(string key, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken = default) =>
        (await TryWriteAsync(key, content, condition, cancellationToken).ConfigureAwait(false)).Version;

    /// <summary>Writes, and tells a condition that did not hold from a store that cannot be written.</summary>
    public async ValueTask<CacheWrite> TryWriteAsync(string key, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken)
    {
        try
        {
            var write = CacheWrite.Of(await inner.WriteAsync(key, content, condition, cancellationToken).ConfigureAwait(false));
            return write.IsConflict && condition.MustBeAbsent && IsOccupied(key) ? CacheWrite.Unavailable : write;
        }
        catch (Exception exception) when (IsStoreFailure(exception, cancellationToken))
        {
            WarnOfWriting(exception);
            return CacheWrite.Unavailable;
        }
    }

    public async ValueTask<bool> RemoveAsync(string key, WriteCondition condition, CancellationToken cancellationToken = default)
    {
        try
        {
            return await inner.RemoveAsync(key, condition, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsStoreFailure(exception, cancellationToken))
        {
            WarnOfWriting(exception);
            return false;
        }
    }

    public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (TryList(prefix, cancellationToken) is not { } keys)
            yield break;

        await using (keys.ConfigureAwait(false))
        {
            while (await MoveNextAsync(keys, cancellationToken).ConfigureAwait(false))
                yield return keys.Current;
        }
    }

    /// <summary>Begins to list; <see langword="null"/> where the store fails at once, or gives no list at all, as a stand-in for a store may.</summary>
    private IAsyncEnumerator<string>? TryList(string prefix, CancellationToken cancellationToken)
    {
        try
        {
            IAsyncEnumerable<string>? keys = inner.ListAsync(prefix, cancellationToken);
            return keys?.GetAsyncEnumerator(cancellationToken);
        }
        catch (Exception exception) when (IsStoreFailure(exception, cancellationToken))
        {
            WarnOfReading(exception);
            return null;
        }
    }

    private async ValueTask<bool> MoveNextAsync(IAsyncEnumerator<string> keys, CancellationToken cancellationToken)
    {
        try
        {
            return await keys.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (IsStoreFailure(exception, cancellationToken))
        {
            WarnOfReading(exception);
            return false;
        }
    }

    /// <summary>Notes that what stands under a key can be neither used nor moved.</summary>
    /// <returns>Whether that is news.</returns>
    public bool Occupy(string key, string version)
    {
        var isNews = !(_occupied.TryGetValue(key, out var known) && known == version);
        _occupied[key] = version;
        return isNews;
    }

    /// <summary>Notes that a key's place is free again.</summary>
    public void Vacate(string key) => _occupied.TryRemove(key, out _);

    private bool IsOccupied(string key) =>
        _occupied.ContainsKey(key) || (_failedReads.TryGetValue(key, out var failures) && failures >= ReadsBeforeUnreadable);

    private static bool IsStoreFailure(Exception exception, CancellationToken cancellationToken) =>
        exception is not ArgumentException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested);

    private void WarnOfReading(Exception exception)
    {
        if (Interlocked.Exchange(ref _warnedOfReading, 1) == 0)
            logger.CacheUnreadable(exception, exception.Message);
    }

    private void WarnOfWriting(Exception exception)
    {
        if (Interlocked.Exchange(ref _warnedOfWriting, 1) == 0)
            logger.CacheUnwritable(exception, exception.Message);
    }
}
