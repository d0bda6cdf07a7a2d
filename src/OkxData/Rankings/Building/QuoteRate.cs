using OkxData.Rankings.Assets;

namespace OkxData.Rankings.Building;

/// <summary>What a quote currency is worth in US dollars, so that OKX's prices can be compared with a source's.</summary>
internal static class QuoteRate
{
    private static readonly string[] Bridges = ["BTC", "ETH"];

    /// <returns><see langword="null"/> where nothing tells.</returns>
    public static decimal? Of(string quote, RankingEvidence evidence)
    {
        if (quote == "USD")
            return 1;

        // The source's own price of it, or how much less of it than of dollars a bitcoin costs on OKX.
        return PriceOf(quote, evidence) ?? Bridges.Select(bridge => Across(bridge, quote, evidence)).FirstOrDefault(rate => rate is not null);
    }

    private static decimal? Across(string bridge, string quote, RankingEvidence evidence) =>
        PriceOf(bridge, evidence) is { } dollars
        && evidence.Pairs.FirstOrDefault(pair => pair.Base == bridge && pair.Quote == quote && pair.IsLive)?.Price is { } price and > 0
            ? dollars / price
            : null;

    private static decimal? PriceOf(string currency, RankingEvidence evidence) =>
        AssetIdMap.Find(currency, evidence.Ids) is { } id && evidence.Entries.FirstOrDefault(entry => entry.Id == id)?.Price is { } price and > 0 ? price : null;
}
