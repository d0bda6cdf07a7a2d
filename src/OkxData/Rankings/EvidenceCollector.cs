using OkxData.Caching;
using OkxData.Instruments;
using OkxData.Models;
using OkxData.Rankings.Building;
using OkxData.Rankings.Sources;
using OkxData.Tickers;

namespace OkxData.Rankings;

/// <summary>Brings together what a source says of assets and OKX of pairs.</summary>
/// <param name="sources">The sources.</param>
/// <param name="instruments">OKX's instruments.</param>
/// <param name="tickers">OKX's prices.</param>
/// <param name="categories">CoinGecko's categories.</param>
/// <param name="trustsCategories">Whether OKX's categories mean anything; in demo trading they do not.</param>
internal sealed class EvidenceCollector(SourceChain sources, InstrumentService instruments, TickerService tickers, CategoryBook categories, bool trustsCategories)
{
    /// <param name="hasStandIn">Whether an older ranking is held, so that no host that does not answer is waited for long.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public async Task<RankingEvidence> CollectAsync(bool hasStandIn, CancellationToken cancellationToken)
    {
        var pairs = instruments.GetDatedAsync(InstrumentType.Spot, hasStandIn, cancellationToken);
        var listing = sources.LatestAsync(hasStandIn, cancellationToken);
        await Task.WhenAll(pairs, listing).ConfigureAwait(false);

        var (found, source) = await listing.ConfigureAwait(false);
        var (entries, missing) = source == CoinGeckoSource.SourceName && found.Ids == MarketCapIds.CoinGecko
            ? await categories.MarkAsync(found.Entries, cancellationToken).ConfigureAwait(false)
            : (found.Entries, []);

        // Last, so that the prices are the newest of all.
        var prices = await tickers.GetDatedAsync(InstrumentType.Spot, hasStandIn, cancellationToken).ConfigureAwait(false);
        var listed = await pairs.ConfigureAwait(false);
        return new RankingEvidence
        {
            Source = source,
            Ids = found.Ids,
            Entries = entries,
            MissingCategories = missing.Count == 0 ? null : missing,
            Pairs = Join(listed.Value, prices.Value),
            StaleBy = listed.Origin == DataOrigin.StaleCache || prices.Origin == DataOrigin.StaleCache
                ? TimeSpan.FromTicks(Math.Max(AgeIfStale(listed), AgeIfStale(prices)))
                : null,
        };
    }

    /// <summary>Evidence of the past from a listing that vouches for what OKX listed then.</summary>
    public static RankingEvidence OfThePast(MarketCapListing listing, string source, string quote)
    {
        return new RankingEvidence
        {
            Source = source,
            Ids = listing.Ids,
            Entries = listing.Entries,

            // Prices are in dollars: only currencies that follow it have them without a rate.
            Pairs = !QuoteRate.IsDollar(quote) ? [] :
            [
                .. listing.Entries.DistinctBy(entry => entry.Id).Select(entry => new MarketPair
                {
                    Symbol = $"{entry.Id}-{quote}",
                    Base = entry.Id,
                    Quote = quote,
                    State = InstrumentState.Live,
                    Price = entry.Price,
                    Volume24h = entry.Volume24h,
                    Timestamp = listing.AsOf.ToUniversalTime(),
                }),
            ],
        };
    }

    private static long AgeIfStale<T>(CachedDocument<T> part) => part.Origin == DataOrigin.StaleCache ? part.Age.Ticks : 0;

    private List<MarketPair> Join(IReadOnlyList<Instrument> listed, IReadOnlyList<Ticker> prices)
    {
        var bySymbol = prices.DistinctBy(ticker => ticker.Symbol).ToDictionary(ticker => ticker.Symbol, StringComparer.Ordinal);
        return
        [
            .. listed.Select(instrument =>
            {
                var ticker = bySymbol.GetValueOrDefault(instrument.Symbol);
                return new MarketPair
                {
                    Symbol = instrument.Symbol,
                    Base = instrument.BaseCurrency,
                    Quote = instrument.QuoteCurrency,
                    State = instrument.State,
                    Category = trustsCategories ? instrument.Category : InstrumentCategory.Unknown,
                    Price = ticker?.Price,
                    Volume24h = ticker?.Volume24h,
                    Timestamp = ticker?.Timestamp,
                };
            }),
        ];
    }
}
