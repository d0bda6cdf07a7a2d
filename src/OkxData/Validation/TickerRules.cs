using System.Globalization;
using OkxData.Models;

namespace OkxData.Validation;

/// <summary>The rules of a ticker. One with an error is left out of every answer.</summary>
internal static class TickerRules
{
    /// <summary>What is wrong or odd about a ticker; nothing is allocated when nothing is.</summary>
    public static IReadOnlyList<DataIssue> Inspect(Ticker ticker)
    {
        List<DataIssue>? issues = null;
        if (ticker.Price <= 0m)
            (issues ??= []).Add(Create(ValidationRules.TickerNonPositivePrice, IssueSeverity.Error, ticker, $"the price {ticker.Price} is zero or less"));
        if (NegativeVolumeOf(ticker) is { } volume)
            (issues ??= []).Add(Create(ValidationRules.TickerNegativeVolume, IssueSeverity.Error, ticker, $"a volume is less than zero: {volume.Figure} in {volume.Unit}"));
        if (ticker.Bid > ticker.Ask)
            (issues ??= []).Add(Create(ValidationRules.TickerCrossed, IssueSeverity.Warning, ticker, $"the bid {ticker.Bid} is above the ask {ticker.Ask}"));
        return issues is null ? [] : issues;
    }

    private static (decimal Figure, string Unit)? NegativeVolumeOf(Ticker ticker) => ticker switch
    {
        { Volume24h: { } figure and < 0m } => (figure, "quote currency"),
        { BaseVolume24h: { } figure and < 0m } => (figure, "base currency"),
        { Contracts24h: { } figure and < 0m } => (figure, "contracts"),
        _ => null,
    };

    private static DataIssue Create(string rule, IssueSeverity severity, Ticker ticker, FormattableString what) => new()
    {
        Rule = rule,
        Severity = severity,
        Message = $"{ticker.Symbol} {ticker.Timestamp.ToString("yyyy-MM-dd'T'HH:mm:ss.FFF'Z'", CultureInfo.InvariantCulture)}: {what.ToString(CultureInfo.InvariantCulture)}",
    };
}
