using Microsoft.Extensions.Logging;
using OkxData.Diagnostics;

namespace OkxData.Status;

internal static partial class StatusLog
{
    [LoggerMessage(LogEventIds.StatusRowsLeftOut, LogLevel.Warning, "{Count} row(s) of OKX's status could not be read and were left out: {Reason}", EventName = nameof(RowsLeftOut))]
    public static partial void RowsLeftOut(this ILogger logger, int count, string reason);

    [LoggerMessage(LogEventIds.StatusMaintenance, LogLevel.Warning, "OKX does not answer and has announced \"{Title}\", which ends at {Until}", EventName = nameof(UnderMaintenance))]
    public static partial void UnderMaintenance(this ILogger logger, string title, string until);

    [LoggerMessage(LogEventIds.StatusUnknown, LogLevel.Debug, "OKX does not answer, and not why either: {Reason}", EventName = nameof(Unanswered))]
    public static partial void Unanswered(this ILogger logger, string reason);
}
