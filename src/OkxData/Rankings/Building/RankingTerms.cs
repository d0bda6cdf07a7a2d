using OkxData.Models;
using OkxData.Rankings.Assets;

namespace OkxData.Rankings.Building;

/// <summary>By what rules assets are joined and classified.</summary>
/// <param name="PriceTolerance">By how much prices may differ, as a part of the larger one.</param>
/// <param name="AssetIds">The user's own ids by base currency.</param>
/// <param name="Classifier">Says what kind of asset something is.</param>
internal sealed record RankingTerms(decimal PriceTolerance, IReadOnlyDictionary<string, string> AssetIds, AssetClassifier Classifier)
{
    public static RankingTerms Of(RankingsOptions options) => new(
        options.PriceTolerance,
        new Dictionary<string, string>(options.AssetIds, StringComparer.OrdinalIgnoreCase),
        new AssetClassifier(
            new Dictionary<string, AssetClass>(options.Classes, StringComparer.OrdinalIgnoreCase),
            new Dictionary<string, AssetClass>(options.CoinGeckoCategories, StringComparer.Ordinal)));
}
