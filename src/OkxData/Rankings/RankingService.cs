using System.Globalization;
using Microsoft.Extensions.Logging;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Rankings.Building;
using OkxData.Rankings.Sources;

namespace OkxData.Rankings;

/// <summary>Ranks OKX's assets by market capitalisation, now or as it was.</summary>
internal sealed class RankingService(
    EvidenceCollector collector,
    SourceChain sources,
    DocumentCache<RankingEvidence> cache,
    RankingSnapshots snapshots,
    DocumentTerms documents,
    RankingTerms terms,
    CacheMode mode,
    TimeProvider timeProvider,
    ILogger<RankingService> logger)
{
    /// <exception cref="ArgumentException">The query is not valid; thrown at the call, before anything is sent.</exception>
    /// <exception cref="OkxException">No figures could be had, and none are stored that may stand in; or none of the time that was asked for.</exception>
    public Task<MarketCapRanking> GetAsync(MarketCapQuery? query, CancellationToken cancellationToken)
    {
        var asked = MarketCapQueryRules.Normalize(query ?? new MarketCapQuery(), timeProvider.GetUtcNow(), nameof(query));
        return asked.AsOf is { } asOf ? OfThePastAsync(asked, asOf, cancellationToken) : LatestAsync(asked, cancellationToken);
    }

    private async Task<MarketCapRanking> LatestAsync(MarketCapQuery query, CancellationToken cancellationToken)
    {
        var document = await cache.GetAsync(documents.For("latest", "market capitalisations", FetchAsync), cancellationToken).ConfigureAwait(false);
        return Build(document.Value, document.FetchedAt, query) with
        {
            Origin = document.Value.StaleBy is null ? document.Origin : DataOrigin.StaleCache,
            Age = document.Age + (document.Value.StaleBy ?? TimeSpan.Zero),
        };
    }

    private async Task<MarketCapRanking> OfThePastAsync(MarketCapQuery query, DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var stored = mode == CacheMode.Off ? null : await snapshots.FindAsync(asOf, cancellationToken).ConfigureAwait(false);
        var (supplied, failure) = await sources.OfThePastAsync(asOf, mode == CacheMode.Offline, cancellationToken).ConfigureAwait(false);
        if (supplied is var (listing, source) && (stored is null || listing.AsOf > stored.Value.FetchedAt))
            stored = (EvidenceCollector.OfThePast(listing, source, query.QuoteCurrency), listing.AsOf.ToUniversalTime());
        if (stored is var (evidence, of))
        {
            if (failure is not null)
                logger.PastSourceFailed(asOf, of, evidence.Source, failure.Message);
            return Build(evidence, of, query) with { Origin = DataOrigin.Cache };
        }

        // A broken file is not a reason to take today's members.
        if (failure is not null)
            throw failure;
        if (!query.AllowBiasedUniverse)
            throw await NothingOfThatTimeAsync(asOf, cancellationToken).ConfigureAwait(false);

        logger.Biased(asOf);
        return await LatestAsync(query, cancellationToken).ConfigureAwait(false) with { IsPointInTime = false, Bias = RankingBias.CurrentMembersOnly };
    }

    private MarketCapRanking Build(RankingEvidence evidence, DateTimeOffset fetchedAt, MarketCapQuery query)
    {
        var ranking = RankingBuilder.Build(evidence, fetchedAt, query, terms);
        if (!ranking.IsComplete)
            logger.Incomplete(ranking.Assets.Count, ranking.Requested, ranking.QuoteCurrency);
        return ranking;
    }

    private async Task<RankingEvidence> FetchAsync(bool hasStandIn, CancellationToken cancellationToken)
    {
        var collected = await collector.CollectAsync(hasStandIn, cancellationToken).ConfigureAwait(false);
        var now = timeProvider.GetUtcNow();
        var evidence = collected with { CollectedAt = now };
        if (mode != CacheMode.Off)
            await snapshots.AddAsync(now, evidence, cancellationToken).ConfigureAwait(false);
        return evidence;
    }

    private async Task<OkxCacheException> NothingOfThatTimeAsync(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        var oldest = mode == CacheMode.Off ? null : await snapshots.OldestAsync(cancellationToken).ConfigureAwait(false);
        var held = oldest is { } first ? string.Create(CultureInfo.InvariantCulture, $"the oldest is of {first:u}") : "there is none at all";
        return new OkxCacheException(string.Create(
            CultureInfo.InvariantCulture,
            $"No ranking at or before {asOf:u} is stored; {held}. Market capitalisations of the past are not for free: rank every day from now on, put dated files into Rankings.DatedFilesDirectory, or set AllowBiasedUniverse to take today's members, which hides what fell or was delisted since."))
        {
            Location = $"{documents.Folder}/snapshots",
        };
    }
}
