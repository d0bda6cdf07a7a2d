using OkxData.Http;
using OkxData.RateLimiting;

namespace OkxData.Rankings.Sources;

/// <summary>GET /api/v3/coins/markets of CoinGecko, page by page.</summary>
/// <remarks>https://docs.coingecko.com/reference/coins-markets</remarks>
internal sealed class CoinGeckoSource(OkxTransport transport, int requestsPerMinute, TimeProvider timeProvider) : IMarketCapSource
{
    public const string SourceName = "CoinGecko";

    private const int LargestPage = 250;

    private static readonly HttpService Service = new(SourceName, "Rankings.CoinGeckoBaseAddress", "set Rankings.CoinGeckoDemoKey or .CoinGeckoProKey for a budget of your own");

    private readonly EndpointDefinition _markets = new("/api/v3/coins/markets", new RateLimitQuota(requestsPerMinute, TimeSpan.FromMinutes(1))) { Service = Service };

    public string Name => SourceName;

    public async Task<MarketCapListing?> GetListingAsync(DateTimeOffset? asOf, int count, CancellationToken cancellationToken = default)
    {
        if (asOf is not null)
            return null;

        var entries = new List<MarketCapEntry>(count);
        var size = Math.Min(count, LargestPage);
        for (var page = 1; (page - 1) * size < count; page++)
        {
            var reply = await transport.SendAsync(Page(page, size), cancellationToken).ConfigureAwait(false);
            entries.AddRange(reply.Rows);
            if (reply.Rows.Count + reply.LeftOut.Count < size)
                break;
        }

        return new MarketCapListing { AsOf = timeProvider.GetUtcNow(), Ids = MarketCapIds.CoinGecko, Entries = entries };
    }

    private OkxRequest<ReplyRows<MarketCapEntry>> Page(int page, int size) => new()
    {
        Endpoint = _markets,
        Query = FormattableString.Invariant($"vs_currency=usd&order=market_cap_desc&per_page={size}&page={page}"),
        Subject = FormattableString.Invariant($"page {page} of the coins by market capitalisation"),
        ReadData = CoinGeckoWire.ReadRows,
    };
}
