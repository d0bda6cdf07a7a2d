namespace OkxData.Caching;

/// <summary>What became of a write.</summary>
internal enum CacheWriteOutcome
{
    /// <summary>The content stands under the key.</summary>
    Written,

    /// <summary>The condition did not hold: read again, merge, and try again.</summary>
    Conflict,

    /// <summary>The store cannot be written, which has been logged: trying again is no use, and nothing may be removed on the strength of this write.</summary>
    Unavailable,
}

/// <summary>What became of a write, and the version where it was written.</summary>
internal readonly record struct CacheWrite(CacheWriteOutcome Outcome, string? Version)
{
    public static CacheWrite Unavailable => new(CacheWriteOutcome.Unavailable, null);

    public bool IsWritten => Outcome == CacheWriteOutcome.Written;

    public bool IsConflict => Outcome == CacheWriteOutcome.Conflict;

    public static CacheWrite Of(string? version) =>
        new(version is null ? CacheWriteOutcome.Conflict : CacheWriteOutcome.Written, version);
}

/// <summary>Writes that tell a lost race from a dead store.</summary>
internal static class CacheWriteExtensions
{
    /// <summary>Writes as <see cref="ICacheStore.WriteAsync"/> does; only a <see cref="GuardedCacheStore"/> answers <see cref="CacheWriteOutcome.Unavailable"/>, others throw.</summary>
    public static async ValueTask<CacheWrite> TryWriteAsync(this ICacheStore store, string key, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken)
    {
        return store is GuardedCacheStore guarded
            ? await guarded.TryWriteAsync(key, content, condition, cancellationToken).ConfigureAwait(false)
            : CacheWrite.Of(await store.WriteAsync(key, content, condition, cancellationToken).ConfigureAwait(false));
    }
}
