using System.Globalization;
using OkxData.Models;
using OkxData.Rankings.Assets;

namespace OkxData.Rankings.Building;

/// <summary>Which asset of a source each of OKX's pairs is: by id where the map knows it, else by ticker, and in either case only where the prices agree.</summary>
internal sealed class AssetJoin
{
    private const decimal Close = 0.1m;
    private const decimal Near = 0.3m;

    private readonly Dictionary<string, JoinedPair> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _idBySymbol = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _claims = new(StringComparer.OrdinalIgnoreCase);

    private AssetJoin()
    {
    }

    public static AssetJoin Make(RankingEvidence evidence, string quote, RankingTerms terms)
    {
        var join = new AssetJoin();
        var byId = evidence.Entries.GroupBy(entry => entry.Id, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        var byTicker = evidence.Entries.ToLookup(entry => entry.Ticker, StringComparer.OrdinalIgnoreCase);
        var rate = QuoteRate.Of(quote, evidence, terms.AssetIds);
        foreach (var pair in evidence.Pairs.Where(pair => pair.Quote == quote))
        {
            // An id that the source does not have, any more or among its largest, leaves the ticker.
            var known = terms.AssetIds.GetValueOrDefault(pair.Base) ?? AssetIdMap.Find(pair.Base, evidence.Ids);
            if (known is not null && byId.TryGetValue(known, out var entry))
                join.AddKnown(pair, entry, QuoteRate.ToDollars(pair.Price, rate), evidence.Ids, terms);
            else
                join.AddByTicker(pair, [.. byTicker[pair.Base]], QuoteRate.ToDollars(pair.Price, rate), terms);
        }

        return join;
    }

    /// <summary>The pair that an asset was joined to; <see langword="null"/> where OKX lists none of it.</summary>
    public JoinedPair? PairOf(MarketCapEntry entry) => _byId.GetValueOrDefault(entry.Id);

    /// <summary>The id of the asset that OKX lists under a ticker; <see langword="null"/> where it lists none.</summary>
    public string? ClaimantOf(string ticker) => _claims.GetValueOrDefault(ticker);

    /// <summary>The better pair of the asset that a pair is of as well; <see langword="null"/> where there is none.</summary>
    public MarketPair? BetterThan(MarketPair pair) =>
        _idBySymbol.TryGetValue(pair.Symbol, out var id) && _byId[id].Pair.Symbol is var other && other != pair.Symbol ? _byId[id].Pair : null;

    private void AddKnown(MarketPair pair, MarketCapEntry entry, decimal? dollars, MarketCapIds ids, RankingTerms terms)
    {
        _claims[pair.Base] = entry.Id;

        // A source of OKX's own currencies vouches for what each one is; a ranking has OKX's prices either way.
        Put(pair, entry, (ids == MarketCapIds.OkxCurrency && pair.Price is > 0) || Agree(entry.Price, dollars, terms.PriceTolerance) ? null : Disagreement(pair, entry, dollars, terms));
    }

    private void AddByTicker(MarketPair pair, List<MarketCapEntry> candidates, decimal? dollars, RankingTerms terms)
    {
        var agreeing = candidates.FindAll(entry => Agree(entry.Price, dollars, terms.PriceTolerance));
        if (agreeing.Count > 1 && agreeing.FindAll(entry => terms.Classifier.Classify(entry, null) == AssetClass.Coin) is { Count: > 0 } originals)
            agreeing = originals;

        // The asset itself costs the same within a fraction of a percent; one that agrees by chance does not.
        if (agreeing.Count > 1
            && agreeing.FindAll(entry => Agree(entry.Price, dollars, terms.PriceTolerance * Close)) is [var closest]
            && agreeing.TrueForAll(entry => entry == closest || !Agree(entry.Price, dollars, terms.PriceTolerance * Near)))
        {
            agreeing = [closest];
        }

        if (agreeing is [var one])
        {
            _claims[pair.Base] = one.Id;
            Put(pair, one, null);
            return;
        }

        foreach (var entry in agreeing.Count > 1 ? agreeing : candidates)
            Put(pair, entry, agreeing.Count > 1 ? TooMany(pair, agreeing) : Disagreement(pair, entry, dollars, terms));
    }

    private void Put(MarketPair pair, MarketCapEntry entry, Finding? fault)
    {
        // Of two pairs of one asset, as around a renaming, the sound one counts, then the one that trades, then the one that trades more.
        var joined = new JoinedPair(pair, fault);
        _idBySymbol[pair.Symbol] = entry.Id;
        if (!_byId.TryGetValue(entry.Id, out var other) || joined.IsBetterThan(other))
            _byId[entry.Id] = joined;
    }

    private static bool Agree(decimal? left, decimal? right, decimal tolerance) =>
        left is > 0 && right is > 0 && Difference(left.Value, right.Value) <= tolerance;

    private static decimal Difference(decimal left, decimal right) => Math.Abs(left - right) / Math.Max(left, right);

    private static Finding TooMany(MarketPair pair, List<MarketCapEntry> agreeing) => new(
        ExclusionReason.Ambiguous,
        $"{agreeing.Count} assets of the source have the ticker {pair.Base} and an agreeing price ({string.Join(", ", agreeing.Select(entry => entry.Id).Order(StringComparer.Ordinal).Take(5))}); name the right one in Rankings.AssetIds");

    private static Finding Disagreement(MarketPair pair, MarketCapEntry entry, decimal? dollars, RankingTerms terms) =>
        entry.Price is > 0 && dollars is > 0
            ? new Finding(ExclusionReason.PriceDisagrees, string.Create(
                CultureInfo.InvariantCulture,
                $"{entry.Id} costs {entry.Price:0.############} USD at the source and {pair.Symbol} {dollars:0.############} USD on OKX, {Difference(entry.Price.Value, dollars.Value):P1} apart where {terms.PriceTolerance:P0} are allowed"))
            : new Finding(ExclusionReason.NoPrice, pair.Price is not > 0
                ? $"OKX has no price of {pair.Symbol}"
                : entry.Price is > 0
                    ? $"nothing tells what {pair.Quote} is worth in dollars, to compare the price of {pair.Symbol}"
                    : $"the source has no price of {entry.Id} to compare with");
}
