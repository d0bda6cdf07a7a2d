namespace OkxData.Testing;

/// <summary>The paths that the simulator serves.</summary>
public static class SimulatorPaths
{
    /// <summary>The newest candles: 40 requests in 2 s.</summary>
    public const string Candles = "/api/v5/market/candles";

    /// <summary>All candles: 20 requests in 2 s.</summary>
    public const string HistoryCandles = "/api/v5/market/history-candles";

    /// <summary>All tickers of a kind: 20 requests in 2 s.</summary>
    public const string Tickers = "/api/v5/market/tickers";

    /// <summary>One ticker: 20 requests in 2 s.</summary>
    public const string Ticker = "/api/v5/market/ticker";

    /// <summary>The instruments: 20 requests in 2 s per kind.</summary>
    public const string Instruments = "/api/v5/public/instruments";

    /// <summary>The exchange's clock: 10 requests in 2 s.</summary>
    public const string Time = "/api/v5/public/time";

    /// <summary>What the key of the call may do: 5 requests in 2 s. It wants a signature; see <see cref="SimulatedKey"/>.</summary>
    public const string AccountConfig = "/api/v5/account/config";

    /// <summary>Announced maintenance: 1 request in 5 s.</summary>
    public const string Status = "/api/v5/system/status";

    /// <summary>WebSocket: tickers.</summary>
    public const string PublicSocket = "/ws/v5/public";

    /// <summary>WebSocket: candles.</summary>
    public const string BusinessSocket = "/ws/v5/business";

    /// <summary>CoinGecko's coins by market capitalisation: 10 requests in a minute.</summary>
    public const string CoinGeckoMarkets = "/api/v3/coins/markets";

    /// <summary>CoinPaprika's tickers: 10 requests in a minute.</summary>
    public const string CoinPaprikaTickers = "/v1/tickers";
}
