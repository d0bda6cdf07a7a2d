namespace OkxData.Models;

/// <summary>What kind of thing an asset is, as far as a universe for a backtest cares.</summary>
public enum AssetClass
{
    /// <summary>A coin or token that stands for itself.</summary>
    Coin,

    /// <summary>A token that follows a currency, such as USDC.</summary>
    Stablecoin,

    /// <summary>Another asset in a wrapper, such as WBTC.</summary>
    Wrapped,

    /// <summary>A claim on another asset that is staked or restaked, such as STETH.</summary>
    Staked,

    /// <summary>A copy of an asset on another chain, such as USDC.e.</summary>
    Bridged,

    /// <summary>A token that multiplies another asset's moves, such as BTC3L.</summary>
    Leveraged,

    /// <summary>A token that follows a share, such as XNVDA.</summary>
    TokenizedStock,

    /// <summary>A token that follows a fund or a bond, such as BUIDL.</summary>
    TokenizedFund,

    /// <summary>A token that follows a metal or another commodity, such as PAXG.</summary>
    Commodity,

    /// <summary>A currency of a state, such as EUR.</summary>
    Fiat,
}
