using System.Globalization;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Validation;

/// <summary>Does what the options say about findings: report, drop the rows, or throw.</summary>
internal static class ValidationPolicy
{
    private const int MessagesShown = 3;

    /// <summary>Applies the options. A row is dropped when it opens in the range of a finding whose action is to drop.</summary>
    /// <param name="symbol">The instrument.</param>
    /// <param name="bar">The bar.</param>
    /// <param name="candles">The rows, no opening twice.</param>
    /// <param name="issues">What was found about them.</param>
    /// <param name="options">What to do.</param>
    /// <exception cref="OkxValidationException">A finding's action is to throw; it carries the whole report.</exception>
    public static ValidatedCandles Apply(string symbol, BarSize bar, ReadOnlyMemory<Candle> candles, IReadOnlyList<DataIssue> issues, ValidationOptions options)
    {
        if (issues.Count == 0)
            return new ValidatedCandles(candles, []);

        var report = InTimeOrder(issues);
        var fatal = report.Where(issue => ActionFor(issue.Severity, options) == ValidationAction.Throw).ToList();
        if (fatal.Count > 0)
            throw new OkxValidationException(Describe(symbol, bar, fatal)) { Report = report };

        var dropped = report.Where(issue => ActionFor(issue.Severity, options) == ValidationAction.Drop && !issue.Range.IsEmpty).Select(issue => issue.Range).ToList();
        return new ValidatedCandles(dropped.Count == 0 ? candles : Without(candles, Merge(dropped)), report);
    }

    public static ValidationAction ActionFor(IssueSeverity severity, ValidationOptions options) => severity switch
    {
        IssueSeverity.Error => options.OnError,
        IssueSeverity.Warning => options.OnWarning,
        _ => ValidationAction.Report,
    };

    /// <summary>The findings, oldest first; those of one instant keep their order.</summary>
    public static IReadOnlyList<DataIssue> InTimeOrder(IReadOnlyList<DataIssue> issues)
    {
        for (var i = 1; i < issues.Count; i++)
        {
            if (issues[i].Range.Start < issues[i - 1].Range.Start)
                return [.. issues.OrderBy(issue => issue.Range.Start)];
        }

        return issues;
    }

    private static ReadOnlyMemory<Candle> Without(ReadOnlyMemory<Candle> candles, List<UtcRange> ranges)
    {
        var kept = new List<Candle>(candles.Length);
        foreach (ref readonly var candle in candles.Span)
        {
            if (!Holds(ranges, candle.OpenTime))
                kept.Add(candle);
        }

        return kept.Count == candles.Length ? candles : kept.ToArray();
    }

    // Sorted ranges, those that overlap joined, so that a binary search over their starts decides.
    private static List<UtcRange> Merge(List<UtcRange> sorted)
    {
        var merged = new List<UtcRange>(sorted.Count);
        foreach (var range in sorted)
        {
            if (merged.Count > 0 && range.Start <= merged[^1].End)
                merged[^1] = new UtcRange(merged[^1].Start, range.End > merged[^1].End ? range.End : merged[^1].End);
            else
                merged.Add(range);
        }

        return merged;
    }

    private static bool Holds(List<UtcRange> ranges, DateTimeOffset instant)
    {
        int low = 0, high = ranges.Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ranges[middle].Start <= instant)
                low = middle + 1;
            else
                high = middle;
        }

        return low > 0 && ranges[low - 1].Contains(instant);
    }

    private static string Describe(string symbol, BarSize bar, List<DataIssue> fatal)
    {
        var shown = string.Join("; ", fatal.Take(MessagesShown).Select(issue => $"[{issue.Rule}] {issue.Message}"));
        var more = fatal.Count > MessagesShown ? string.Create(CultureInfo.InvariantCulture, $"; and {fatal.Count - MessagesShown} more") : "";
        return string.Create(CultureInfo.InvariantCulture, $"The {bar} candles of {symbol} break {fatal.Count} rule(s): {shown}{more}. See Report for all findings; set Validation.OnError and Validation.OnWarning to Report or Drop to get the candles all the same.");
    }
}
