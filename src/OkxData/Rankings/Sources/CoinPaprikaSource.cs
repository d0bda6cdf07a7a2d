using Microsoft.Extensions.Logging;
using OkxData.Http;
using OkxData.RateLimiting;

namespace OkxData.Rankings.Sources;

/// <summary>GET /v1/tickers of CoinPaprika: all coins in one reply.</summary>
/// <remarks>https://docs.coinpaprika.com/api-reference/tickers</remarks>
internal sealed class CoinPaprikaSource(OkxTransport transport, TimeProvider timeProvider, ILogger logger) : IRemoteSource
{
    public const string SourceName = "CoinPaprika";

    private static readonly EndpointDefinition Tickers = new("/v1/tickers", new RateLimitQuota(10, TimeSpan.FromMinutes(1)))
    {
        Service = new HttpService(SourceName, "Rankings.CoinPaprikaBaseAddress", "ask for rankings less often, with a longer Caching.RankingsTtl"),
    };

    public string Name => SourceName;

    public async Task<MarketCapListing?> GetListingAsync(DateTimeOffset? asOf, int count, CancellationToken cancellationToken = default) =>
        asOf is null ? await GetLatestAsync(count, hasStandIn: false, cancellationToken).ConfigureAwait(false) : null;

    public async Task<MarketCapListing> GetLatestAsync(int count, bool hasStandIn, CancellationToken cancellationToken)
    {
        var request = new OkxRequest<ReplyRows<MarketCapEntry>> { Endpoint = Tickers, Query = "quotes=USD", Subject = "all coins", ReadData = CoinPaprikaWire.ReadRows, HasStandIn = hasStandIn };
        var reply = await SourceCall.WithinAsync(SourceCall.LongestFor(hasStandIn), request.Subject, timeProvider, token => transport.SendAsync(request, token), cancellationToken).ConfigureAwait(false);
        logger.Summarize(SourceName, reply);
        var largest = reply.Rows.OrderByDescending(entry => entry.MarketCap ?? 0).Take(count);
        return new MarketCapListing { AsOf = timeProvider.GetUtcNow(), Ids = MarketCapIds.CoinPaprika, Entries = [.. largest] };
    }
}
