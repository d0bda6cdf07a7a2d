using Microsoft.Extensions.Logging;
using OkxData.Diagnostics;

namespace OkxData.RateLimiting;

internal static partial class RateLimitingLog
{
    [LoggerMessage(LogEventIds.RateLimitNotShared, LogLevel.Warning, "The rate limit cannot be shared with other processes of this machine, since '{Path}' cannot be used: {Reason}. This process now keeps to OKX's limits alone; run no other beside it, let RateLimiting.Directory name a folder that all may write to, or set RateLimiting.Share to this process's part.", EventName = "RateLimitNotShared")]
    public static partial void SharedUnavailable(ILogger logger, string path, string reason, Exception? exception);
}
