using OkxData.Models;

namespace OkxData.Panels;

/// <summary>The series of a batch that can stand side by side: one bar, one quote currency, in the order of their symbols.</summary>
internal sealed record BatchShape(CandleSeries[] Series, BarSize Bar, string QuoteCurrency)
{
    /// <exception cref="ArgumentException">The batch has no series, or series of several bars or quote currencies.</exception>
    public static BatchShape Of(CandleBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        CandleSeries[] series = [.. batch.Series.Values.OrderBy(one => one.Symbol, StringComparer.Ordinal)];
        if (series.Length == 0)
        {
            throw new ArgumentException(
                batch.Failures.Count == 0
                    ? "The batch holds no series; ask for one symbol or more."
                    : $"The batch holds no series: {Listed(batch.Failures.Keys.Order(StringComparer.Ordinal))} failed; its Failures say why.",
                nameof(batch));
        }

        var quotes = series.GroupBy(one => Symbols.Currencies(one.Symbol).Quote, StringComparer.Ordinal).ToArray();
        if (quotes.Length > 1)
            throw new ArgumentException($"One quote currency at a time, or the price of the quote mixes in; here are {Groups(quotes)}. Ask for them in batches of their own.", nameof(batch));

        var bars = series.GroupBy(one => one.Bar).ToArray();
        if (bars.Length > 1)
            throw new ArgumentException($"One bar at a time; here are {Groups(bars)}. Ask for them in batches of their own.", nameof(batch));

        return new BatchShape(series, bars[0].Key, quotes[0].Key);
    }

    /// <summary>Names, so that a message stays one line a person can read.</summary>
    public static string Listed(IEnumerable<string> names)
    {
        const int most = 8;
        var all = names.ToArray();
        return all.Length <= most ? string.Join(", ", all) : $"{string.Join(", ", all[..most])} and {all.Length - most} more";
    }

    private static string Groups<T>(IEnumerable<IGrouping<T, CandleSeries>> groups) =>
        string.Join("; ", groups.Select(group => $"{group.Key} ({Listed(group.Select(one => one.Symbol))})"));
}
