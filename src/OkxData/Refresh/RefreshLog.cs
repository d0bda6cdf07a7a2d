using Microsoft.Extensions.Logging;
using OkxData.Diagnostics;

namespace OkxData.Refresh;

internal static partial class RefreshLog
{
    [LoggerMessage(LogEventIds.RefreshStarted, LogLevel.Information,
        "The cache is kept current: {What}, bars {Bars}, {Delay} after each UTC close", EventName = nameof(LogEventIds.RefreshStarted))]
    public static partial void Started(this ILogger logger, string what, string bars, TimeSpan delay);

    [LoggerMessage(LogEventIds.RefreshPointless, LogLevel.Warning,
        "The cache is not kept current, since Caching.Mode is {Mode}", EventName = nameof(LogEventIds.RefreshPointless))]
    public static partial void Pointless(this ILogger logger, string mode);

    [LoggerMessage(LogEventIds.RefreshDone, LogLevel.Information,
        "{Count} series of {Bar} candles are current to {Close:u}", EventName = nameof(LogEventIds.RefreshDone))]
    public static partial void Done(this ILogger logger, int count, string bar, DateTimeOffset close);

    [LoggerMessage(LogEventIds.RefreshFailing, LogLevel.Warning,
        "The cache cannot be kept current just now and is tried again until it can, which is not logged each time: {Reason}", EventName = nameof(LogEventIds.RefreshFailing))]
    public static partial void Failing(this ILogger logger, string reason);

    [LoggerMessage(LogEventIds.RefreshBack, LogLevel.Information,
        "The cache is kept current again", EventName = nameof(LogEventIds.RefreshBack))]
    public static partial void Back(this ILogger logger);

    [LoggerMessage(LogEventIds.RefreshRefused, LogLevel.Warning,
        "{Symbol} is left out until the next close; while that goes on, it is not logged again: {Reason}", EventName = nameof(LogEventIds.RefreshRefused))]
    public static partial void Refused(this ILogger logger, string symbol, string reason);
}
