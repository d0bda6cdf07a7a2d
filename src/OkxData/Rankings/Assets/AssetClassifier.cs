using System.Text.RegularExpressions;
using OkxData.Models;

namespace OkxData.Rankings.Assets;

/// <summary>Says what kind of asset something is: the user's word, then the source's, the table's, OKX's category, CoinGecko's, and last the name.</summary>
/// <param name="own">The user's classes, by base currency or id.</param>
/// <param name="categories">The classes of CoinGecko's categories.</param>
internal sealed partial class AssetClassifier(IReadOnlyDictionary<string, AssetClass> own, IReadOnlyDictionary<string, AssetClass> categories)
{
    private const decimal PegTolerance = 0.05m;

    /// <param name="entry">The asset; <see langword="null"/> for an instrument that the source does not know.</param>
    /// <param name="pair">The instrument that it was joined to; <see langword="null"/> for an asset that OKX does not list.</param>
    public AssetClass Classify(MarketCapEntry? entry, MarketPair? pair) => Explain(entry, pair).Class;

    /// <summary>The same, with the category of CoinGecko's that decided, or <see langword="null"/> where none did.</summary>
    public (AssetClass Class, string? Category) Explain(MarketCapEntry? entry, MarketPair? pair) =>
        Known(entry, pair) is { } known ? (known, null)
        : entry is null ? (AssetClass.Coin, null)
        : OfSourceCategory(entry) is { } named ? (named, entry.Category)
        : (OfName(entry) ?? AssetClass.Coin, null);

    public static string Describe(AssetClass one) => one switch
    {
        AssetClass.Stablecoin => "a stablecoin",
        AssetClass.Wrapped => "another asset in a wrapper",
        AssetClass.Staked => "a claim on another asset that is staked",
        AssetClass.Bridged => "a copy from another chain",
        AssetClass.Leveraged => "a leveraged token",
        AssetClass.TokenizedStock => "a tokenised stock",
        AssetClass.TokenizedFund => "a tokenised fund or bond",
        AssetClass.Commodity => "a tokenised metal or commodity",
        AssetClass.Fiat => "a currency of a state",
        _ => "a coin",
    };

    private AssetClass? Known(MarketCapEntry? entry, MarketPair? pair) =>
        Own(entry, pair)
        ?? entry?.Class
        ?? (entry is null ? null : AssetClasses.OfId(entry.Id))
        ?? (pair is null ? null : AssetClasses.OfBase(pair.Base) ?? OfCategory(pair.Category))
        ?? (Leveraged().IsMatch(pair?.Base ?? entry!.Ticker) ? AssetClass.Leveraged : null);

    // Categories are filled by many hands: a coin of the map is a coin, whatever list it is put on.
    private AssetClass? OfSourceCategory(MarketCapEntry entry) =>
        entry.Category is { } category && !AssetIdMap.HasCoinGeckoId(entry.Id) && categories.TryGetValue(category, out var found) ? found : null;

    private AssetClass? Own(MarketCapEntry? entry, MarketPair? pair) =>
        (pair is not null && own.TryGetValue(pair.Base, out var found)) || (entry is not null && own.TryGetValue(entry.Id, out found)) ? found : null;

    private static AssetClass? OfCategory(InstrumentCategory category) => category switch
    {
        InstrumentCategory.Stock => AssetClass.TokenizedStock,
        InstrumentCategory.Commodity => AssetClass.Commodity,
        InstrumentCategory.Forex => AssetClass.Fiat,
        InstrumentCategory.Bond => AssetClass.TokenizedFund,
        _ => null,
    };

    private static AssetClass? OfName(MarketCapEntry entry) =>
        Bridged().IsMatch(entry.Name) ? AssetClass.Bridged
        : Wrapped().IsMatch(entry.Name) ? AssetClass.Wrapped
        : Staked().IsMatch(entry.Name) ? AssetClass.Staked
        : TokenizedStock().IsMatch(entry.Name) ? AssetClass.TokenizedStock
        : IsPegged(entry) ? AssetClass.Stablecoin
        : null;

    private static bool IsPegged(MarketCapEntry entry) =>
        entry.Ticker.Contains("USD", StringComparison.OrdinalIgnoreCase) && entry.Price is { } price && Math.Abs(price - 1) <= PegTolerance;

    [GeneratedRegex(@"^[A-Z0-9]{2,10}[2-9][LS]\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Leveraged();

    [GeneratedRegex(@"\b(bridged|binance-peg|axelar wrapped)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Bridged();

    [GeneratedRegex(@"\bwrapped\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Wrapped();

    [GeneratedRegex(@"\b(staked|restaked)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Staked();

    [GeneratedRegex(@"\b(xstock|tokenized stock|ondo tokenized)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex TokenizedStock();
}
