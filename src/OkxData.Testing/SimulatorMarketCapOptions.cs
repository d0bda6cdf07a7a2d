namespace OkxData.Testing;

/// <summary>What the simulated CoinGecko and CoinPaprika know.</summary>
public sealed class SimulatorMarketCapOptions
{
    /// <summary>Whether every spot pair in USDT has an asset of its own, at the pair's price, the largest first in the order of listing.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool IncludeListed { get; set; } = true;

    /// <summary>
    /// Whether the feed has what the real ones have: a stablecoin on top, an impostor that calls itself BTC and claims the largest
    /// capitalisation of all, wrapped and staked copies, assets without a capitalisation or with zero, a stablecoin that
    /// only its category tells, hundreds that OKX does not list, and a row that comes twice where it slid over the boundary of a page.
    /// </summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool IncludeTraps { get; set; } = true;

    /// <summary>Assets beside those; one with the same id takes the other's place.</summary>
    public IList<SimulatedAsset> Assets { get; } = [];
}
