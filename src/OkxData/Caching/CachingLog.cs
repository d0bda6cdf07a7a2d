using Microsoft.Extensions.Logging;
using OkxData.Diagnostics;

namespace OkxData.Caching;

internal static partial class CachingLog
{
    [LoggerMessage(LogEventIds.CacheUnreadable, LogLevel.Warning,
        "The cache cannot be read; what it may hold counts as absent, and later failures to read are not logged: {Reason}", EventName = nameof(LogEventIds.CacheUnreadable))]
    public static partial void CacheUnreadable(this ILogger logger, Exception exception, string reason);

    [LoggerMessage(LogEventIds.CacheUnwritable, LogLevel.Warning,
        "The cache cannot be written; what is fetched is returned but not kept, and later failures to write are not logged: {Reason}", EventName = nameof(LogEventIds.CacheUnwritable))]
    public static partial void CacheUnwritable(this ILogger logger, Exception exception, string reason);

    [LoggerMessage(LogEventIds.CacheOrphansSwept, LogLevel.Information,
        "Removed {Count} temporary files that interrupted writes left in {Folder}", EventName = nameof(LogEventIds.CacheOrphansSwept))]
    public static partial void OrphansSwept(this ILogger logger, int count, string folder);

    [LoggerMessage(LogEventIds.CacheOrphansKept, LogLevel.Debug,
        "Temporary files in {Folder} could not be removed now", EventName = nameof(LogEventIds.CacheOrphansKept))]
    public static partial void OrphansKept(this ILogger logger, Exception exception, string folder);

    [LoggerMessage(LogEventIds.CacheLockWait, LogLevel.Warning,
        "Waiting for another process that holds the writers' lock {Lock}", EventName = nameof(LogEventIds.CacheLockWait))]
    public static partial void LockWait(this ILogger logger, string @lock);

    [LoggerMessage(LogEventIds.CacheLocksIneffective, LogLevel.Warning,
        "File locks have no effect in {Folder}: let only one process at a time write to this cache, or set Caching.Directory to a local disk", EventName = nameof(LogEventIds.CacheLocksIneffective))]
    public static partial void LocksIneffective(this ILogger logger, string folder);

    [LoggerMessage(LogEventIds.CacheTemporaryKept, LogLevel.Debug,
        "The temporary file {Path} could not be removed; a later write sweeps it", EventName = nameof(LogEventIds.CacheTemporaryKept))]
    public static partial void TemporaryKept(this ILogger logger, Exception exception, string path);

    [LoggerMessage(LogEventIds.DocumentStale, LogLevel.Warning,
        "The {Subject} are those of {Age} ago, since newer ones could not be fetched: {Reason}", EventName = nameof(LogEventIds.DocumentStale))]
    public static partial void DocumentStale(this ILogger logger, string subject, TimeSpan age, string reason);

    [LoggerMessage(LogEventIds.DocumentHit, LogLevel.Debug, "The {Subject} come from the cache, {Age} old", EventName = nameof(LogEventIds.DocumentHit))]
    public static partial void DocumentHit(this ILogger logger, string subject, TimeSpan age);

    [LoggerMessage(LogEventIds.DocumentMiss, LogLevel.Debug, "The cache holds no fresh {Subject}; they are fetched", EventName = nameof(LogEventIds.DocumentMiss))]
    public static partial void DocumentMiss(this ILogger logger, string subject);

    [LoggerMessage(LogEventIds.DocumentQuarantined, LogLevel.Warning,
        "The stored file {Key} is damaged and was moved to quarantine; it is fetched again. {Reason}", EventName = nameof(LogEventIds.DocumentQuarantined))]
    public static partial void DocumentQuarantined(this ILogger logger, string key, string reason);

    [LoggerMessage(LogEventIds.DocumentRefreshEnded, LogLevel.Debug, "The client ends, and with it the fetch of newer {Subject}", EventName = nameof(LogEventIds.DocumentRefreshEnded))]
    public static partial void DocumentRefreshEnded(this ILogger logger, string subject);

    [LoggerMessage(LogEventIds.DocumentDamaged, LogLevel.Warning,
        "The stored file {Key} is damaged and cannot be moved to quarantine; it is fetched again. {Reason}", EventName = nameof(LogEventIds.DocumentDamaged))]
    public static partial void DocumentDamaged(this ILogger logger, string key, string reason);

    [LoggerMessage(LogEventIds.DocumentOfNewerSchema, LogLevel.Warning,
        "The stored file {Key} was written by a newer version of this library and is left alone. {Reason}", EventName = nameof(LogEventIds.DocumentOfNewerSchema))]
    public static partial void DocumentOfNewerSchema(this ILogger logger, string key, string reason);
}
