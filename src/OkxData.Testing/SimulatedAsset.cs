namespace OkxData.Testing;

/// <summary>An asset as the simulated CoinGecko and CoinPaprika describe it. Money is in US dollars.</summary>
public sealed record SimulatedAsset
{
    /// <summary>CoinGecko's id, such as <c>bitcoin</c>.</summary>
    public required string Id { get; init; }

    /// <summary>CoinPaprika's id, such as <c>btc-bitcoin</c>.</summary>
    /// <value>The default, <see langword="null"/>, is the ticker, a hyphen and <see cref="Id"/>.</value>
    public string? PaprikaId { get; init; }

    /// <summary>The ticker, such as <c>BTC</c>; several assets may have the same.</summary>
    public required string Ticker { get; init; }

    /// <summary>The name.</summary>
    /// <value>The default, <see langword="null"/>, is <see cref="Id"/>.</value>
    public string? Name { get; init; }

    /// <summary>The instrument of the exchange whose last price the asset has, such as <c>BTC-USDT</c>; it comes before <see cref="Price"/>.</summary>
    public string? PriceOf { get; init; }

    /// <summary>The price; <see langword="null"/> for an asset that has none.</summary>
    public decimal? Price { get; init; }

    /// <summary>The ids of CoinGecko's categories that it is on the list of, such as <c>stablecoins</c>.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>The market capitalisation; <see langword="null"/> for an asset whose supply is not verified.</summary>
    public decimal? MarketCap { get; init; }
}
