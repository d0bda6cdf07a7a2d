using OkxData.Models;
using OkxData.Rankings.Assets;

namespace OkxData.Rankings.Building;

/// <summary>What a quote currency is worth in US dollars, so that OKX's prices can be compared with a source's.</summary>
internal static class QuoteRate
{
    private static readonly string[] Bridges = ["BTC", "ETH"];
    private static readonly string[] Dollars = ["USDT", "USDC", "USD"];

    /// <returns><see langword="null"/> where nothing tells.</returns>
    public static decimal? Of(string quote, RankingEvidence evidence, IReadOnlyDictionary<string, string> ownIds)
    {
        if (quote == "USD")
            return 1;

        // The source's own price of it, or how much less of it than of dollars a bitcoin costs on OKX. Where the source's ids are
        // nobody's, OKX itself tells; a coin that follows the dollar and does not is found by its prices, which then disagree.
        return PriceAtSource(quote)
            ?? First(Bridges, bridge => Over(PriceAtSource(bridge), PriceOnOkx(bridge, quote)))
            ?? (IsDollar(quote) ? 1m : (decimal?)null)
            ?? First(Dollars, dollar => PriceOnOkx(quote, dollar))
            ?? First(Dollars, dollar => First(Bridges, bridge => Over(PriceOnOkx(bridge, dollar), PriceOnOkx(bridge, quote))));

        decimal? PriceAtSource(string currency) =>
            (ownIds.GetValueOrDefault(currency) ?? AssetIdMap.Find(currency, evidence.Ids)) is { } id
            && evidence.Entries.FirstOrDefault(entry => entry.Id == id)?.Price is { } price and > 0 ? price : null;

        decimal? PriceOnOkx(string baseCurrency, string of) =>
            evidence.Pairs.FirstOrDefault(pair => pair.Base == baseCurrency && pair.Quote == of && pair.IsLive)?.Price is { } price and > 0 ? price : null;
    }

    /// <summary>A price in dollars; <see langword="null"/> where either is unknown, or the product is beyond all measure.</summary>
    public static decimal? ToDollars(decimal? price, decimal? rate) => IsMeasurable((double?)price * (double?)rate) ? price * rate : null;

    /// <summary>Whether a currency follows the US dollar, or is it.</summary>
    public static bool IsDollar(string currency) =>
        currency == "USD" || (AssetClasses.OfBase(currency) == AssetClass.Stablecoin && currency.Contains("USD", StringComparison.Ordinal));

    private static decimal? Over(decimal? left, decimal? right) => IsMeasurable((double?)left / (double?)right) ? left / right : null;

    private static bool IsMeasurable(double? value) => value < (double)decimal.MaxValue / 2;

    private static decimal? First(string[] through, Func<string, decimal?> rate) => through.Select(rate).FirstOrDefault(found => found is not null);
}
