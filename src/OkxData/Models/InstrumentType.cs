namespace OkxData.Models;

/// <summary>The kind of an instrument (OKX <c>instType</c>).</summary>
public enum InstrumentType
{
    /// <summary>A spot pair, such as <c>BTC-USDT</c> (OKX <c>SPOT</c>).</summary>
    Spot,

    /// <summary>A perpetual swap, such as <c>BTC-USDT-SWAP</c> (OKX <c>SWAP</c>).</summary>
    Swap,

    /// <summary>A future with an expiry, such as <c>BTC-USD-260925</c> (OKX <c>FUTURES</c>).</summary>
    Futures,

    /// <summary>A spot pair that can be traded on margin (OKX <c>MARGIN</c>); it shares tickers and candles with <see cref="Spot"/>.</summary>
    Margin,

    /// <summary>An option, such as <c>BTC-USD-241217-92000-C</c> (OKX <c>OPTION</c>).</summary>
    Option,

    /// <summary>A kind that this version does not know.</summary>
    Unknown,
}
