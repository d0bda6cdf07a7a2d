using Microsoft.Extensions.Logging;
using OkxData.Diagnostics;
using OkxData.Http;
using OkxData.Models;
using OkxData.Validation;

namespace OkxData.Tickers;

internal static partial class TickerLog
{
    private const int Shown = 3;

    /// <summary>At most one line for each kind of finding, however many rows there are.</summary>
    public static void Summarize(this ILogger logger, string subject, ReplyRows<Ticker> reply)
    {
        var total = reply.Rows.Count + reply.LeftOut.Count;
        var (unpriced, bad) = (Named(reply.LeftOut, isUnpriced: true), Named(reply.LeftOut, isUnpriced: false));
        if (bad.Count > 0 && logger.IsEnabled(LogLevel.Warning))
            RowsLeftOut(logger, bad.Count, total, subject, string.Join("; ", bad.Take(Shown)));
        if (unpriced.Count > 0 && logger.IsEnabled(LogLevel.Information))
            WithoutPrice(logger, unpriced.Count, total, subject, string.Join(", ", unpriced.Select(row => row.Refusal.Name).Take(Shown)));

        if (!logger.IsEnabled(LogLevel.Information))
            return;
        var findings = reply.Rows.SelectMany(TickerRules.Inspect).ToList();
        if (findings.Count > 0)
            Findings(logger, findings.Count, subject, string.Join("; ", findings.Select(issue => $"[{issue.Rule}] {issue.Message}").Take(Shown)));
    }

    [LoggerMessage(LogEventIds.TickerPushesLeftOut, LogLevel.Warning, "{Count} pushed ticker(s) that came since the last such line could not be used and were left out; the latest: {Reason}", EventName = nameof(LogEventIds.TickerPushesLeftOut))]
    public static partial void PushesLeftOut(ILogger logger, long count, string reason);

    private static List<LeftOutRow> Named(IReadOnlyList<LeftOutRow> rows, bool isUnpriced) =>
        [.. rows.Where(row => row.Refusal.Rule == ValidationRules.TickerNoPrice == isUnpriced)];

    [LoggerMessage(LogEventIds.TickerRowsLeftOut, LogLevel.Warning, "{Count} of {Total} {Subject} could not be used and were left out: {Reasons}")]
    private static partial void RowsLeftOut(ILogger logger, int count, int total, string subject, string reasons);

    [LoggerMessage(LogEventIds.TickersWithoutPrice, LogLevel.Information, "{Count} of {Total} {Subject} have no price yet and were left out: {Symbols}")]
    private static partial void WithoutPrice(ILogger logger, int count, int total, string subject, string symbols);

    [LoggerMessage(LogEventIds.TickerFindings, LogLevel.Information, "{Count} finding(s) about {Subject}: {Findings}")]
    private static partial void Findings(ILogger logger, int count, string subject, string findings);
}
