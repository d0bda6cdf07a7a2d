using OkxData.Models;
using OkxData.Rankings.Assets;

namespace OkxData.Rankings.Building;

/// <summary>Evidence to ranking: a pure function.</summary>
/// <remarks>Assets are taken in the order of their market capitalisation until there are enough; whatever is passed over on the way is reported.</remarks>
internal sealed class RankingBuilder
{
    private readonly MarketCapQuery _query;
    private readonly RankingTerms _terms;
    private readonly AssetJoin _join;
    private readonly HashSet<string> _included;
    private readonly HashSet<string> _excluded;

    private RankingBuilder(RankingEvidence evidence, MarketCapQuery query, RankingTerms terms)
    {
        (_query, _terms, _join) = (query, terms, AssetJoin.Make(evidence, query.QuoteCurrency, terms));
        _included = new HashSet<string>(query.Include, StringComparer.OrdinalIgnoreCase);
        _excluded = new HashSet<string>(query.Exclude, StringComparer.OrdinalIgnoreCase);
    }

    /// <param name="evidence">What is known.</param>
    /// <param name="fetchedAt">When it was, where the evidence does not say it itself.</param>
    /// <param name="query">What is wanted, checked.</param>
    /// <param name="terms">The rules.</param>
    public static MarketCapRanking Build(RankingEvidence evidence, DateTimeOffset fetchedAt, MarketCapQuery query, RankingTerms terms) =>
        new RankingBuilder(evidence, query, terms).Build(evidence, evidence.CollectedAt ?? fetchedAt);

    private MarketCapRanking Build(RankingEvidence evidence, DateTimeOffset fetchedAt)
    {
        var (ranked, left) = (new List<RankedAsset>(_query.Top), new List<ExcludedAsset>());
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entry in evidence.Entries.OrderByDescending(entry => entry.MarketCap ?? 0).ThenBy(entry => entry.Id, StringComparer.Ordinal))
        {
            if (!seen.Add(entry.Id))
                continue;
            if (ranked.Count == _query.Top && entry.MarketCap > 0)
                continue;

            var joined = _join.PairOf(entry);
            if (FaultOf(entry, joined) is { } fault)
            {
                // Without a capitalisation there is no place to be missing from, save for what OKX lists.
                if (entry.MarketCap > 0 || joined is not null)
                    left.Add(Excluded(entry, joined?.Pair, fault));
                continue;
            }

            ranked.Add(Ranked(entry, joined!.Pair, ranked.Count + 1, fetchedAt));
        }

        left.AddRange(Unknown(evidence));
        return MarketCapRanking.Create(ranked, fetchedAt, left, _query.Top) with
        {
            QuoteCurrency = _query.QuoteCurrency,
            Source = evidence.Source,
            MissingCategories = evidence.MissingCategories ?? [],
        };
    }

    private Finding? FaultOf(MarketCapEntry entry, JoinedPair? joined)
    {
        if (joined is null && _join.ClaimantOf(entry.Ticker) is { } claimant)
            return ImpostorOrClass(entry, claimant);
        return ClassFault(entry, joined?.Pair)
            ?? (entry.MarketCap is not > 0 ? new Finding(ExclusionReason.NoMarketCap, entry.Fault ?? "the source gives no market capitalisation, as where the supply is not verified") : null)
            ?? (joined is null ? new Finding(ExclusionReason.NotListed, $"OKX lists no spot pair of it in {_query.QuoteCurrency}") : null)
            ?? StateFault(joined!.Pair)
            ?? joined.Fault;
    }

    private Finding ImpostorOrClass(MarketCapEntry entry, string claimant) => ClassFault(entry, null) ?? new Finding(
        ExclusionReason.AnotherAssetOfThatTicker, $"what OKX lists as {entry.Ticker.ToUpperInvariant()} is {claimant}, by id or by price, and not {entry.Id}");

    private Finding? ClassFault(MarketCapEntry? entry, MarketPair? pair)
    {
        var ticker = pair?.Base ?? entry!.Ticker;
        if (pair is not null && _excluded.Contains(ticker))
            return new Finding(ExclusionReason.ByRequest, "the query names it in Exclude");
        if (!_query.ExcludeClasses || (pair is not null && _included.Contains(ticker)))
            return null;

        var (one, category) = _terms.Classifier.Explain(entry, pair);
        return one == AssetClass.Coin ? null : new Finding(ExclusionReason.Class, $"it is {AssetClassifier.Describe(one)}{(category is null ? "" : $", by CoinGecko's category {category}")}");
    }

    private static Finding? StateFault(MarketPair pair) => pair.State switch
    {
        InstrumentState.Live => null,
        InstrumentState.Test => new Finding(ExclusionReason.TestInstrument, $"{pair.Symbol} is a test instrument"),
        _ => new Finding(ExclusionReason.NotLive, $"{pair.Symbol} is not trading now ({pair.State})"),
    };

    /// <summary>Pairs that no asset of the source was joined to, where they are more than too small for it.</summary>
    private IEnumerable<ExcludedAsset> Unknown(RankingEvidence evidence)
    {
        var known = evidence.Entries.Select(_join.PairOf).OfType<JoinedPair>().Select(joined => joined.Pair.Symbol).ToHashSet(StringComparer.Ordinal);
        foreach (var pair in evidence.Pairs.Where(pair => pair.Quote == _query.QuoteCurrency && !known.Contains(pair.Symbol)))
        {
            var better = _join.BetterThan(pair) is { } other
                ? new Finding(ExclusionReason.AnotherPairOfThatAsset, $"{other.Symbol} is the same asset, and counts")
                : null;
            if ((ClassFault(null, pair) ?? StateFault(pair) ?? better) is { } fault)
                yield return Excluded(null, pair, fault);
        }
    }

    private ExcludedAsset Excluded(MarketCapEntry? entry, MarketPair? pair, Finding fault) => new()
    {
        Symbol = pair?.Symbol ?? entry!.Ticker.ToUpperInvariant(),
        Name = entry?.Name ?? "",
        SourceId = entry?.Id ?? "",
        Reason = fault.Reason,
        Detail = fault.Detail,
        Class = _terms.Classifier.Classify(entry, pair),
        MarketCap = entry?.MarketCap,
    };

    private static RankedAsset Ranked(MarketCapEntry entry, MarketPair pair, int rank, DateTimeOffset fetchedAt) => new()
    {
        Symbol = pair.Symbol,
        MarketCapRank = rank,
        Price = pair.Price!.Value,
        Volume24h = pair.Volume24h ?? 0,
        Timestamp = pair.Timestamp ?? fetchedAt,
        MarketCap = entry.MarketCap!.Value,
        CirculatingSupply = entry.CirculatingSupply,
        GlobalRank = entry.Rank,
        Name = entry.Name,
        SourceId = entry.Id,
    };
}
