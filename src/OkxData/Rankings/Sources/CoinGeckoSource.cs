using Microsoft.Extensions.Logging;
using OkxData.Errors;
using OkxData.Http;
using OkxData.RateLimiting;

namespace OkxData.Rankings.Sources;

/// <summary>GET /api/v3/coins/markets of CoinGecko, page by page.</summary>
/// <remarks>https://docs.coingecko.com/reference/coins-markets</remarks>
internal sealed class CoinGeckoSource(OkxTransport transport, int requestsPerMinute, TimeProvider timeProvider, ILogger logger) : IRemoteSource
{
    public const string SourceName = "CoinGecko";

    private const int LargestPage = 250;

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // Beside the budget of the pages, so that a ranking never waits for the tokens that categories took.
    private const int CategoriesPerMinute = 6;

    private static readonly HttpService Service = new(SourceName, "Rankings.CoinGeckoBaseAddress", "set Rankings.CoinGeckoDemoKey or .CoinGeckoProKey for a budget of your own");

    private readonly EndpointDefinition _markets = new("/api/v3/coins/markets", new RateLimitQuota(requestsPerMinute, Minute)) { Service = Service };

    private readonly EndpointDefinition _categories = new("/api/v3/coins/markets", new RateLimitQuota(CategoriesPerMinute, Minute))
    {
        Service = Service,
        Bucket = "/api/v3/coins/markets?category",
    };

    public string Name => SourceName;

    public async Task<MarketCapListing?> GetListingAsync(DateTimeOffset? asOf, int count, CancellationToken cancellationToken = default) =>
        asOf is null ? await GetLatestAsync(count, hasStandIn: false, cancellationToken).ConfigureAwait(false) : null;

    public async Task<MarketCapListing> GetLatestAsync(int count, bool hasStandIn, CancellationToken cancellationToken)
    {
        var entries = new List<MarketCapEntry>(count);
        var size = Math.Min(count, LargestPage);

        // More pages than the budget of a minute have to wait for the next one.
        var longest = SourceCall.LongestFor(hasStandIn) + (Math.Ceiling((double)count / size) > requestsPerMinute ? Minute : TimeSpan.Zero);
        for (var page = 1; (page - 1) * size < count; page++)
        {
            var request = Page(page, size) with { HasStandIn = hasStandIn };
            var reply = await SourceCall.WithinAsync(longest, request.Subject, timeProvider, token => transport.SendAsync(request, token), cancellationToken).ConfigureAwait(false);
            logger.Summarize(SourceName, reply);
            entries.AddRange(reply.Rows);

            // A page that lacks a few is one of which copies were taken out, and not the last.
            if (reply.Rows.Count + reply.LeftOut.Count < size * 3 / 4)
                break;
        }

        return new MarketCapListing { AsOf = timeProvider.GetUtcNow(), Ids = MarketCapIds.CoinGecko, Entries = entries };
    }

    /// <summary>The ids of a category's largest members.</summary>
    /// <exception cref="OkxException">CoinGecko could not or would not answer.</exception>
    public async Task<IReadOnlyList<string>> GetCategoryAsync(string category, CancellationToken cancellationToken)
    {
        // Without the last parameter, copies are left out of every list since February 2026; here they are what is wanted.
        var reply = await transport.SendAsync(
            new OkxRequest<ReplyRows<MarketCapEntry>>
            {
                Endpoint = _categories,
                Query = FormattableString.Invariant($"vs_currency=usd&category={category}&order=market_cap_desc&per_page={LargestPage}&page=1&include_rehypothecated=true"),
                Subject = $"the coins of category {category}",
                ReadData = CoinGeckoWire.ReadRows,
            },
            cancellationToken).ConfigureAwait(false);
        return [.. reply.Rows.Select(row => row.Id)];
    }

    private OkxRequest<ReplyRows<MarketCapEntry>> Page(int page, int size) => new()
    {
        Endpoint = _markets,
        Query = FormattableString.Invariant($"vs_currency=usd&order=market_cap_desc&per_page={size}&page={page}"),
        Subject = FormattableString.Invariant($"page {page} of the coins by market capitalisation"),
        ReadData = CoinGeckoWire.ReadRows,
    };
}
