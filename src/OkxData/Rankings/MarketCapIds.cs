namespace OkxData.Rankings;

/// <summary>Whose ids the entries of a listing carry.</summary>
public enum MarketCapIds
{
    /// <summary>Ids that the map does not know: entries are matched by ticker and price, or by <see cref="RankingsOptions.AssetIds"/>.</summary>
    Other,

    /// <summary>CoinGecko's, such as <c>bitcoin</c>.</summary>
    CoinGecko,

    /// <summary>CoinPaprika's, such as <c>btc-bitcoin</c>.</summary>
    CoinPaprika,

    /// <summary>OKX's base currencies, such as <c>BTC</c>: the source vouches for what each one is.</summary>
    OkxCurrency,
}
