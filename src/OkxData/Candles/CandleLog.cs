using Microsoft.Extensions.Logging;

namespace OkxData.Candles;

internal static partial class CandleLog
{
    [LoggerMessage(701, LogLevel.Warning, "The stored file {Key} is damaged and was moved to quarantine; its range is fetched again. {Reason}")]
    public static partial void Quarantined(ILogger logger, string key, string reason);

    [LoggerMessage(702, LogLevel.Warning, "The stored file {Key} was written by a newer version of this library and is left alone. {Reason}")]
    public static partial void NewerSchema(ILogger logger, string key, string reason);

    [LoggerMessage(703, LogLevel.Warning, "The stored file {Key} was changed by others {Attempts} times in a row; what could not be stored is fetched again next time")]
    public static partial void ArchiveOvertaken(ILogger logger, string key, int attempts);

    [LoggerMessage(711, LogLevel.Warning, "The stored file {Key} is damaged and cannot be moved to quarantine; its range is fetched again and not kept. {Reason}")]
    public static partial void Damaged(ILogger logger, string key, string reason);

    [LoggerMessage(704, LogLevel.Information, "Fetched {Series} series of {Bar} candles with {Requests} requests in {Seconds} s; {Failures} failed")]
    public static partial void BatchDone(ILogger logger, int series, string bar, int requests, double seconds, int failures);

    [LoggerMessage(708, LogLevel.Debug, "{Held} of {Series} series of {Bar} candles come from the cache without a request")]
    public static partial void Planned(ILogger logger, int held, int series, string bar);

    [LoggerMessage(705, LogLevel.Warning, "OKX no longer knows {Symbol}; its stored candles are served")]
    public static partial void Delisted(ILogger logger, string symbol);

    [LoggerMessage(706, LogLevel.Warning, "{Series} is not what was stored before: {Finding}")]
    public static partial void Revised(ILogger logger, string series, string finding);

    [LoggerMessage(709, LogLevel.Warning, "Generation {Generation} of {Series} begins ({Reason}); what was stored stays readable as generation {Earlier}")]
    public static partial void GenerationBegun(ILogger logger, string series, int generation, string reason, int earlier);

    [LoggerMessage(710, LogLevel.Information, "Candles of {Series} that were fetched for generation {Generation} are not stored, since generation {Present} has begun")]
    public static partial void GenerationLeft(ILogger logger, string series, int generation, int present);

    [LoggerMessage(707, LogLevel.Warning, "{Series} series come from the cache, the oldest as of {FetchedAt:u}, {Age} ago, since OKX could not be asked for newer candles: {Reason}")]
    public static partial void Stale(ILogger logger, int series, DateTimeOffset fetchedAt, TimeSpan age, string reason);
}
