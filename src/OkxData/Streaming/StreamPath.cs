namespace OkxData.Streaming;

/// <summary>The two addresses that OKX serves market data from; each has a connection of its own.</summary>
internal enum StreamPath
{
    /// <summary>Tickers, under <c>/ws/v5/public</c>.</summary>
    Public,

    /// <summary>Candles, under <c>/ws/v5/business</c>.</summary>
    Business,
}
