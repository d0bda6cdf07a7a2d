using System.Collections.Concurrent;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;
using OkxData.Errors;
using OkxData.Models;

namespace OkxData.Caching;

/// <summary>Values that are fetched whole and used for a while: instruments, tickers, rankings.</summary>
/// <remarks>
/// Fresh: the stored value. Older: fetched again, once however many callers wait. Source unreachable: the older value, marked
/// with its age; where a request says so, it is that value at once, and the fetch goes on behind. A damaged file is put aside and fetched again; a fetch that fails leaves what is stored as it is. Thread-safe.
/// </remarks>
internal sealed class DocumentCache<T>(ICacheStore store, JsonTypeInfo<T> typeInfo, CacheMode mode, TimeProvider timeProvider, ILogger logger)
    where T : class
{
    private readonly SharedFlights<CachedDocument<T>> _flights = new();
    private readonly ConcurrentDictionary<string, bool> _refreshing = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _failing = new(StringComparer.Ordinal);
    private readonly DocumentStore<T> _documents = new(store, typeInfo, timeProvider, logger);

    /// <exception cref="OkxCacheException">Offline, and nothing is held.</exception>
    /// <exception cref="OkxException">The source could not or would not answer, and nothing that may stand in is held.</exception>
    public Task<CachedDocument<T>> GetAsync(DocumentRequest<T> request, CancellationToken cancellationToken) =>
        _flights.JoinAsync(request.Key, token => LoadAsync(request, token), cancellationToken);

    private async Task<CachedDocument<T>> LoadAsync(DocumentRequest<T> request, CancellationToken cancellationToken)
    {
        if (mode == CacheMode.Off)
            return new CachedDocument<T>(await request.Fetch(false, cancellationToken).ConfigureAwait(false), timeProvider.GetUtcNow(), DataOrigin.Network, TimeSpan.Zero);

        var held = await _documents.ReadAsync(request.Key, cancellationToken).ConfigureAwait(false);
        if (mode == CacheMode.Offline)
            return held.Value is null ? throw NothingHeld(request) : Marked(held, request);
        if (mode == CacheMode.Normal && held.Value is not null && IsFresh(held, request))
        {
            logger.DocumentHit(request.Subject, AgeOf(held));
            return Marked(held, request);
        }

        if (mode == CacheMode.Normal && request.RefreshInBackground && MayStandIn(held, request))
        {
            logger.DocumentHit(request.Subject, AgeOf(held));
            RefreshBehind(request, held);
            return Marked(held, request) with { Origin = _failing.ContainsKey(request.Key) ? DataOrigin.StaleCache : DataOrigin.Cache };
        }

        logger.DocumentMiss(request.Subject);
        return await FetchAsync(request, held, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CachedDocument<T>> FetchAsync(DocumentRequest<T> request, StoredDocument<T> held, CancellationToken cancellationToken)
    {
        T value;
        var hasStandIn = MayStandIn(held, request);
        try
        {
            value = await request.Fetch(hasStandIn, cancellationToken).ConfigureAwait(false);
        }
        catch (OkxException exception) when (exception.IsTransient && hasStandIn)
        {
            var stale = Marked(held, request) with { Origin = DataOrigin.StaleCache };
            logger.DocumentStale(request.Subject, stale.Age, exception.Message);
            return stale;
        }

        var fetchedAt = timeProvider.GetUtcNow();
        await _documents.WriteAsync(request.Key, fetchedAt, value, held, cancellationToken).ConfigureAwait(false);
        return new CachedDocument<T>(value, fetchedAt, DataOrigin.Network, TimeSpan.Zero);
    }

    private void RefreshBehind(DocumentRequest<T> request, StoredDocument<T> held)
    {
        if (_refreshing.TryAdd(request.Key, true))
            _ = Task.Run(() => RefreshAsync(request, held));
    }

    private async Task RefreshAsync(DocumentRequest<T> request, StoredDocument<T> held)
    {
        try
        {
            // Nobody waits for it: it ends by itself, or with the client, whose calls end then.
            var value = await request.Fetch(true, CancellationToken.None).ConfigureAwait(false);
            await _documents.WriteAsync(request.Key, timeProvider.GetUtcNow(), value, held, CancellationToken.None).ConfigureAwait(false);
            _failing.TryRemove(request.Key, out _);
        }
        catch (OkxException exception)
        {
            if (_failing.TryAdd(request.Key, true))
                logger.DocumentStale(request.Subject, AgeOf(held), exception.Message);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            logger.DocumentRefreshEnded(request.Subject);
        }
        finally
        {
            _refreshing.TryRemove(request.Key, out _);
        }
    }

    private bool MayStandIn(StoredDocument<T> held, DocumentRequest<T> request) => held.Value is not null && AgeOf(held) <= request.MaxStale;

    private CachedDocument<T> Marked(StoredDocument<T> held, DocumentRequest<T> request) =>
        new(held.Value!, held.FetchedAt, IsFresh(held, request) ? DataOrigin.Cache : DataOrigin.StaleCache, AgeOf(held));

    // One from the future was stored by a clock that was wrong, now or then.
    private bool IsFresh(StoredDocument<T> held, DocumentRequest<T> request) =>
        held.FetchedAt <= timeProvider.GetUtcNow() && AgeOf(held) < request.TimeToLive;

    private TimeSpan AgeOf(StoredDocument<T> held)
    {
        var age = timeProvider.GetUtcNow() - held.FetchedAt;
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }

    private static OkxCacheException NothingHeld(DocumentRequest<T> request) =>
        new($"The cache is offline (Caching.Mode) and holds no {request.Subject}; go online once to fetch them.") { Location = request.Key };
}
