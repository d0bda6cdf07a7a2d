namespace OkxData.Models;

/// <summary>OKX's assets by market capitalisation, with what was left out and how far it can be trusted.</summary>
/// <remarks>Immutable and thread-safe. OKX publishes no market capitalisation: it is joined from another source, by id and by agreeing prices.</remarks>
public sealed record MarketCapRanking
{
    private MarketCapRanking()
    {
    }

    /// <summary>The assets, the largest first.</summary>
    public required IReadOnlyList<RankedAsset> Assets { get; init; }

    /// <summary>What would have stood among them and does not, the largest first, then instruments that the source does not know.</summary>
    public required IReadOnlyList<ExcludedAsset> Excluded { get; init; }

    /// <summary>When the figures were fetched, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Where the figures came from; <see cref="DataOrigin.StaleCache"/> when newer ones could not be fetched.</summary>
    public DataOrigin Origin { get; init; }

    /// <summary>How old the oldest figures were when a ranking of now was asked for, OKX's or the source's; never negative. Zero for a ranking of the past.</summary>
    public TimeSpan Age { get; init; }

    /// <summary>Whether the members are those of the instant that was asked for.</summary>
    public bool IsPointInTime { get; init; } = true;

    /// <summary>What is wrong with it as the universe of a backtest.</summary>
    public RankingBias Bias { get; init; }

    /// <summary>How many assets were asked for.</summary>
    public required int Requested { get; init; }

    /// <summary>Whether there are as many assets as were asked for; if not, no more qualify.</summary>
    public bool IsComplete => Assets.Count >= Requested;

    /// <summary>The currency of the prices and volumes.</summary>
    public string QuoteCurrency { get; init; } = "USDT";

    /// <summary>Who gave the market capitalisations, such as <c>CoinGecko</c>.</summary>
    public string Source { get; init; } = "";

    /// <summary>The source's own categories that could not be had, so that only the built-in table and the names told coins from copies; empty as a rule.</summary>
    /// <remarks>CoinGecko's, as the option <c>Rankings.CoinGeckoCategories</c> lists them. Other sources have none, and nothing is missing there.</remarks>
    public IReadOnlyList<string> MissingCategories { get; init; } = [];

    /// <summary>Makes a ranking, for tests of code that takes one and for clients of other kinds.</summary>
    /// <param name="assets">The assets; they are sorted by their rank.</param>
    /// <param name="asOf">When the figures are of, any offset.</param>
    /// <param name="excluded">What was left out.</param>
    /// <param name="requested">How many were asked for; as many as there are when not given.</param>
    /// <returns>The ranking. What else it says is set with a <c>with</c> expression.</returns>
    /// <exception cref="ArgumentException">The ranks are not 1, 2, 3 and so on, or a symbol stands twice.</exception>
    public static MarketCapRanking Create(IEnumerable<RankedAsset> assets, DateTimeOffset asOf, IEnumerable<ExcludedAsset>? excluded = null, int? requested = null)
    {
        ArgumentNullException.ThrowIfNull(assets);
        var sorted = assets.OrderBy(asset => asset.MarketCapRank).ToArray();
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i].MarketCapRank != i + 1)
                throw new ArgumentException($"The ranks must be 1 to {sorted.Length} without gaps; {sorted[i].Symbol} has {sorted[i].MarketCapRank}.", nameof(assets));
        }

        if (sorted.CountBy(asset => asset.Symbol, StringComparer.Ordinal).FirstOrDefault(symbol => symbol.Value > 1) is { Key: { } twice })
            throw new ArgumentException($"The symbol '{twice}' stands twice; keep one.", nameof(assets));

        return new MarketCapRanking
        {
            Assets = sorted,
            Excluded = [.. excluded ?? []],
            AsOf = asOf.ToUniversalTime(),
            Requested = requested ?? sorted.Length,
        };
    }

    /// <summary>One line about the ranking.</summary>
    /// <returns>How many of how many, of when, from where, and what is wrong with it.</returns>
    public override string ToString() => FormattableString.Invariant(
        $"{Assets.Count} of {Requested} assets by market cap as of {AsOf:yyyy-MM-dd'T'HH:mm:ss'Z'} ({Origin}{(Source.Length == 0 ? "" : ", " + Source)}), {Excluded.Count} left out")
        + (Origin == DataOrigin.StaleCache ? FormattableString.Invariant($", {Age:c} old") : "")
        + (Bias == RankingBias.None ? "" : $", biased: {Bias}");
}
