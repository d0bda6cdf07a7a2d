using OkxData.Models;

namespace OkxData.Rankings;

/// <summary>Where market capitalisations come from, and how they are joined to OKX's instruments.</summary>
/// <remarks>Repeats, timeouts and the largest body are those of <see cref="Http.ResilienceOptions"/>.</remarks>
public sealed class RankingsOptions
{
    /// <summary>Where CoinGecko is.</summary>
    /// <value>The default, <see langword="null"/>, is <c>https://api.coingecko.com</c>, or <c>https://pro-api.coingecko.com</c> with a <see cref="CoinGeckoProKey"/>.</value>
    public Uri? CoinGeckoBaseAddress { get; set; }

    /// <summary>A key of CoinGecko's demo plan, sent as <c>x-cg-demo-api-key</c>.</summary>
    /// <value>The default is <see langword="null"/>: no key, and the smallest budget.</value>
    public string? CoinGeckoDemoKey { get; set; }

    /// <summary>A key of one of CoinGecko's paid plans, sent as <c>x-cg-pro-api-key</c>.</summary>
    /// <value>The default is <see langword="null"/>.</value>
    public string? CoinGeckoProKey { get; set; }

    /// <summary>The requests to CoinGecko in any minute.</summary>
    /// <value>The default, <see langword="null"/>, is 8 without a key, 25 with a demo key and 200 with a paid one; 1 to 1,000 are allowed.</value>
    public int? CoinGeckoRequestsPerMinute { get; set; }

    /// <summary>CoinGecko's categories whose members are no coins that stand for themselves, by their ids in its list of categories.</summary>
    /// <value>The default is <c>stablecoins, wrapped-tokens, liquid-staking-tokens, tokenized-stock, tokenized-gold</c> and <c>tokenized-treasuries</c>; up to 50 are allowed, and none when cleared.</value>
    /// <remarks>
    /// What the built-in table, your own <see cref="Classes"/> and OKX's categories do not know is classified by these. Each is one more request for its
    /// largest 250 members, kept for a week; one that cannot be had never fails a ranking, which names it in <see cref="MarketCapRanking.MissingCategories"/>.
    /// CoinPaprika has no such lists.
    /// </remarks>
    public IDictionary<string, AssetClass> CoinGeckoCategories { get; } = new Dictionary<string, AssetClass>(StringComparer.Ordinal)
    {
        ["stablecoins"] = AssetClass.Stablecoin,
        ["wrapped-tokens"] = AssetClass.Wrapped,
        ["liquid-staking-tokens"] = AssetClass.Staked,
        ["tokenized-stock"] = AssetClass.TokenizedStock,
        ["tokenized-gold"] = AssetClass.Commodity,
        ["tokenized-treasuries"] = AssetClass.TokenizedFund,
    };

    /// <summary>Where CoinPaprika is, which is asked when CoinGecko fails.</summary>
    /// <value>The default is <c>https://api.coinpaprika.com</c>.</value>
    public Uri CoinPaprikaBaseAddress { get; set; } = new("https://api.coinpaprika.com");

    /// <summary>How many of the largest assets a source is asked for.</summary>
    /// <value>The default is 1000, which is four requests to CoinGecko; 1 to 5,000 are allowed.</value>
    /// <remarks>Pages are of 250: an asset that rises over the end of one between two requests can be missing once, beyond the 250 largest.</remarks>
    public int AssetCount { get; set; } = 1000;

    /// <summary>By how much an asset's price at the source and on OKX may differ, as a part of the larger one, to be the same asset.</summary>
    /// <value>The default is 0.1; more than 0 and at most 0.5 are allowed.</value>
    public decimal PriceTolerance { get; set; } = 0.1m;

    /// <summary>Classes of your own, by OKX's base currency or the source's id; they come before the built-in table.</summary>
    public IDictionary<string, AssetClass> Classes { get; } = new Dictionary<string, AssetClass>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Ids of your own, by OKX's base currency: what the source calls it. They come before the built-in map.</summary>
    public IDictionary<string, string> AssetIds { get; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>A folder of rankings of the past, one file a day, such as <c>2024-01-31.json</c>.</summary>
    /// <value>The default is <see langword="null"/>: none.</value>
    /// <remarks>
    /// A file is a JSON array of what was known at 00:00 UTC of its day, in the form in which a <see cref="RankedAsset"/> is written:
    /// <c>symbol</c> (a pair such as BTC-USDT, or its base), <c>market_cap</c> and <c>price</c> (US dollars), and where known
    /// <c>volume_24h</c>, <c>circulating_supply</c>, <c>name</c>. It says what was listed on OKX then, too, and is used for <see cref="MarketCapQuery.AsOf"/> only.
    /// </remarks>
    public string? DatedFilesDirectory { get; set; }
}
