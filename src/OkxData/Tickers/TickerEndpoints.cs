using OkxData.Http;
using OkxData.Instruments;
using OkxData.Models;
using OkxData.RateLimiting;

namespace OkxData.Tickers;

/// <summary>GET /api/v5/market/tickers: 20 requests in 2 s per address, no paging.</summary>
/// <remarks>https://www.okx.com/docs-v5/en/#order-book-trading-market-data-get-tickers</remarks>
internal static class TickerEndpoints
{
    public static readonly EndpointDefinition Tickers = new("/api/v5/market/tickers", new RateLimitQuota(20, TimeSpan.FromSeconds(2)));

    /// <exception cref="ArgumentException">The kind cannot be listed.</exception>
    public static OkxRequest<ReplyRows<Ticker>> List(InstrumentType type, string parameterName)
    {
        var word = InstrumentTypes.ToWord(type, parameterName);

        // OKX has no tickers of its own for margin: they are those of the spot pairs.
        var (listed, listedWord) = type == InstrumentType.Margin ? (InstrumentType.Spot, "SPOT") : (type, word);
        return new OkxRequest<ReplyRows<Ticker>>
        {
            Endpoint = Tickers,
            Query = $"instType={listedWord}",
            Subject = $"{listedWord} tickers",
            ReadData = (ref reader) => TickerWire.ReadRows(ref reader, listed),
        };
    }
}
