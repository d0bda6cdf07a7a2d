using System.Buffers;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace OkxData.Caching;

/// <summary>What became of damaged content.</summary>
internal enum QuarantineOutcome
{
    /// <summary>It stands in quarantine, and its place is free.</summary>
    Moved,

    /// <summary>Another writer has put something else in its place.</summary>
    Replaced,

    /// <summary>It can be neither kept nor removed just now and stays where it is.</summary>
    Stuck,

    /// <summary>The same as when it was last tried.</summary>
    StillStuck,
}

/// <summary>Puts damaged content aside, where a person can look at it, so that its place is free for a fresh copy.</summary>
/// <remarks>
/// The bytes go to <c>.quarantine/&lt;key&gt;.&lt;hash&gt;.damaged</c> and the reason to <c>….reason.json</c> beside them, then the key is
/// removed if it still holds those bytes: a good file that another writer put there meanwhile stays. Works in every store;
/// the same damage met twice is kept once.
/// </remarks>
internal static class Quarantine
{
    public const string Prefix = ".quarantine/";

    private const string ContentSuffix = ".damaged";
    private const string ReasonSuffix = ".reason.json";

    /// <summary>Moves what was read under a key aside.</summary>
    public static async ValueTask<QuarantineOutcome> MoveAsync(ICacheStore store, string key, CacheItem damaged, string reason, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var hash = ContentVersion.Of(damaged.Content.Span);
        var place = PlaceOf(key, hash);
        var explanation = Explain(key, hash, reason, timeProvider.GetUtcNow());

        var kept = await store.TryWriteAsync(place + ContentSuffix, damaged.Content, WriteCondition.Any, cancellationToken).ConfigureAwait(false);
        if (!kept.IsWritten)
            return Stay(store, key, damaged.Version);

        await store.TryWriteAsync(place + ReasonSuffix, explanation, WriteCondition.Any, cancellationToken).ConfigureAwait(false);
        var isGone = await store.RemoveAsync(key, WriteCondition.Matches(damaged.Version), cancellationToken).ConfigureAwait(false);
        if (!isGone && (await store.ReadAsync(key, cancellationToken).ConfigureAwait(false))?.Version == damaged.Version)
            return Stay(store, key, damaged.Version);

        (store as GuardedCacheStore)?.Vacate(key);
        return isGone ? QuarantineOutcome.Moved : QuarantineOutcome.Replaced;
    }

    private static QuarantineOutcome Stay(ICacheStore store, string key, string version) =>
        store is GuardedCacheStore guarded && !guarded.Occupy(key, version) ? QuarantineOutcome.StillStuck : QuarantineOutcome.Stuck;

    /// <summary>The key under which damaged bytes are kept, without its ending.</summary>
    public static string PlaceOf(string key, string hash)
    {
        var place = $"{Prefix}{key}.{hash}";
        return CacheKey.IsValid(place + ReasonSuffix)
            ? place
            : $"{Prefix}{ContentVersion.Of(MemoryMarshal.AsBytes(key.AsSpan()))}.{hash}";
    }

    private static ReadOnlyMemory<byte> Explain(string key, string hash, string reason, DateTimeOffset at)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteString("key", key);
            writer.WriteString("reason", reason);
            writer.WriteString("xxHash128", hash);
            writer.WriteString("foundAt", at.ToUniversalTime());
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
