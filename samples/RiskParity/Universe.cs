using System.Globalization;
using OkxData;
using OkxData.Models;

namespace RiskParity;

/// <summary>The assets to hold.</summary>
internal sealed record Universe
{
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>The first day to download, UTC: the one asked for, or later where the source has nothing so old.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The BTC pair of the same market, to compare with.</summary>
    public required string Bitcoin { get; init; }

    /// <summary>How the assets were chosen, and what that leaves out.</summary>
    public required string Statement { get; init; }

    /// <summary>Why a symbol is not among them.</summary>
    public required IReadOnlyList<(string Symbol, string Reason)> Excluded { get; init; }

    /// <summary>The page requests that the choice took.</summary>
    public int RequestsSent { get; init; }

    /// <summary>
    /// The largest by market cap when the first weights are due, from stored evidence where there is some; otherwise those of today, and the
    /// statement says that this knows too much.
    /// </summary>
    public static async Task<Universe> ByMarketCapAsync(IOkxMarketClient client, DateTimeOffset from, int top, CancellationToken cancellationToken)
    {
        var query = new MarketCapQuery { Top = top, AsOf = from.AddDays(Strategy.WindowDays), AllowBiasedUniverse = true };
        var ranking = await client.GetMarketCapRankingAsync(query, cancellationToken);
        if (ranking.Assets.Count < 2)
            throw new InvalidOperationException($"The ranking has {ranking.Assets.Count} assets; two are needed to share a risk.");

        var bias = ranking.IsPointInTime && ranking.Bias == RankingBias.None
            ? "These are the members that were on record then."
            : "Biased: no ranking of the beginning is on record, so assets that have grown large since are in it because they have; --by-turnover does not know the future.";
        return new Universe
        {
            From = from,
            Symbols = [.. ranking.Assets.Select(asset => asset.Symbol)],
            Bitcoin = "BTC-USDT",
            Statement = string.Create(CultureInfo.InvariantCulture, $"Universe: the {ranking.Assets.Count} largest by market cap on {ranking.AsOf:yyyy-MM-dd} ({ranking.Source}). {bias}"),
            Excluded = [.. ranking.Excluded.Select(asset => (asset.Symbol, WordsFor(asset)))],
        };
    }

    // A reason that many share is one line in the report; the others keep their figures.
    private static string WordsFor(ExcludedAsset asset) => asset.Reason switch
    {
        ExclusionReason.NotListed => "OKX lists no pair in USDT",
        ExclusionReason.NoMarketCap => "the source gives no market cap",
        ExclusionReason.NoPrice => "there is no price to compare",
        _ => asset.Detail,
    };
}
