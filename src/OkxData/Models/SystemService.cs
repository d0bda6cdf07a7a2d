namespace OkxData.Models;

/// <summary>Which part of OKX an event concerns; OKX's <c>serviceType</c>.</summary>
public enum SystemService
{
    /// <summary>A number that this version does not know, or none.</summary>
    Unknown,

    /// <summary>WebSocket connections.</summary>
    WebSocket,

    /// <summary>Trading, and the market data that comes with it.</summary>
    Trading,

    /// <summary>Block trading.</summary>
    BlockTrading,

    /// <summary>Trading bots.</summary>
    TradingBots,

    /// <summary>Trading, for one batch of accounts after the other.</summary>
    AccountsInBatches,

    /// <summary>Trading, for one batch of products after the other.</summary>
    ProductsInBatches,

    /// <summary>Spread trading.</summary>
    SpreadTrading,

    /// <summary>Copy trading.</summary>
    CopyTrading,

    /// <summary>Something else.</summary>
    Other,
}
