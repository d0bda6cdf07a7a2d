using Microsoft.Extensions.Logging;
using OkxData.Diagnostics;
using OkxData.Http;
using OkxData.Models;

namespace OkxData.Instruments;

internal static partial class InstrumentLog
{
    private const int Shown = 3;

    /// <summary>One line for what was left out of a reply and one for words that are new, however many rows there are.</summary>
    public static void Summarize(this ILogger logger, string subject, ReplyRows<Instrument> reply)
    {
        if (reply.LeftOut.Count > 0 && logger.IsEnabled(LogLevel.Warning))
            RowsLeftOut(logger, reply.LeftOut.Count, reply.Rows.Count + reply.LeftOut.Count, subject, string.Join("; ", reply.LeftOut.Take(Shown)));

        if (!logger.IsEnabled(LogLevel.Information))
            return;
        var unknown = reply.Rows.Where(row => row.State == InstrumentState.Unknown).ToList();
        if (unknown.Count > 0)
            StatesUnknown(logger, unknown.Count, subject, string.Join(", ", unknown.Select(row => $"'{row.StateText}' ({row.Symbol})").Take(Shown)));
    }

    [LoggerMessage(LogEventIds.InstrumentRowsLeftOut, LogLevel.Warning, "{Count} of {Total} {Subject} could not be read and were left out: {Reasons}")]
    private static partial void RowsLeftOut(ILogger logger, int count, int total, string subject, string reasons);

    [LoggerMessage(LogEventIds.InstrumentStatesUnknown, LogLevel.Information, "{Count} {Subject} are in a state that this version does not know: {States}")]
    private static partial void StatesUnknown(ILogger logger, int count, string subject, string states);
}
