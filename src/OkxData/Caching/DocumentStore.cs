using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.Logging;

namespace OkxData.Caching;

/// <summary>What stands under a key: nothing (<see langword="null"/>), or a value with its time.</summary>
internal readonly record struct StoredDocument<T>(T? Value, DateTimeOffset FetchedAt, bool IsOfNewerSchema)
    where T : class;

/// <summary>Documents in a store: checked when read, put aside when damaged.</summary>
internal sealed class DocumentStore<T>(ICacheStore store, JsonTypeInfo<T> typeInfo, TimeProvider timeProvider, ILogger logger)
    where T : class
{
    private readonly DocumentCodec<T> _codec = new(typeInfo);

    public async ValueTask<StoredDocument<T>> ReadAsync(string key, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(key, cancellationToken).ConfigureAwait(false) is not { } item)
            return default;

        try
        {
            var (fetchedAt, value) = _codec.Decode(key, item.Content.Span);
            return new StoredDocument<T>(value, fetchedAt, false);
        }
        catch (CorruptPayloadException exception) when (exception.IsNewerSchema)
        {
            logger.DocumentOfNewerSchema(key, exception.Message);
            return new StoredDocument<T>(null, default, true);
        }
        catch (CorruptPayloadException exception)
        {
            var outcome = await Quarantine.MoveAsync(store, key, item, exception.Message, timeProvider, cancellationToken).ConfigureAwait(false);
            if (outcome is QuarantineOutcome.Moved or QuarantineOutcome.Replaced)
                logger.DocumentQuarantined(key, exception.Message);
            else if (outcome == QuarantineOutcome.Stuck)
                logger.DocumentDamaged(key, exception.Message);
            return default;
        }
    }

    /// <summary>Writes in place of what was held; a later release's document stays as it is.</summary>
    public async ValueTask WriteAsync(string key, DateTimeOffset fetchedAt, T value, StoredDocument<T> held, CancellationToken cancellationToken)
    {
        if (!held.IsOfNewerSchema)
            await store.TryWriteAsync(key, _codec.Encode(key, fetchedAt, value), WriteCondition.Any, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Writes where nothing stands yet; what stands there stays.</summary>
    public async ValueTask AddAsync(string key, DateTimeOffset fetchedAt, T value, CancellationToken cancellationToken) =>
        await store.TryWriteAsync(key, _codec.Encode(key, fetchedAt, value), WriteCondition.Absent, cancellationToken).ConfigureAwait(false);

    public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken) => store.ListAsync(prefix, cancellationToken);
}
