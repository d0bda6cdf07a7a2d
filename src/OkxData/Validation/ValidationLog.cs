using Microsoft.Extensions.Logging;
using OkxData.Diagnostics;
using OkxData.Models;

namespace OkxData.Validation;

internal static partial class ValidationLog
{
    /// <summary>Says once for a series what was found; a series with nothing worse than information is not mentioned.</summary>
    public static void CandleFindings(this ILogger logger, string symbol, BarSize bar, IReadOnlyList<DataIssue> issues)
    {
        if (issues.Count == 0 || !logger.IsEnabled(LogLevel.Warning))
            return;

        var errors = issues.Count(issue => issue.Severity == IssueSeverity.Error);
        var warnings = issues.Count(issue => issue.Severity == IssueSeverity.Warning);
        if (errors + warnings > 0)
            CandleFindings(logger, symbol, bar, errors, warnings, issues.First(issue => issue.Severity >= IssueSeverity.Warning).Message);
    }

    [LoggerMessage(LogEventIds.CandleFindings, LogLevel.Warning, "The {Bar} candles of {Symbol} have {Errors} error(s) and {Warnings} warning(s); the first: {First}")]
    private static partial void CandleFindings(ILogger logger, string symbol, BarSize bar, int errors, int warnings, string first);
}
