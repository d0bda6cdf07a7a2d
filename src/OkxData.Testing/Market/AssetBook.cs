using OkxData.Models;
using OkxData.Testing.Series;

namespace OkxData.Testing.Market;

/// <summary>An asset with its present price.</summary>
internal sealed record PricedAsset(SimulatedAsset Asset, decimal? Price, int? Rank);

/// <summary>The assets that CoinGecko and CoinPaprika know, at the exchange's prices.</summary>
internal sealed class AssetBook(SimulatorMarketCapOptions options, SymbolBook symbols)
{
    public bool RowsSlide => options.IncludeTraps;

    /// <summary>All assets by capitalisation, those without one last.</summary>
    public List<PricedAsset> At(DateTimeOffset now)
    {
        var assets = new Dictionary<string, SimulatedAsset>(StringComparer.Ordinal);
        foreach (var asset in Listed(now).Concat(options.IncludeTraps ? DefaultAssets.Traps() : []).Concat(options.Assets))
            assets[asset.Id] = asset;

        var sorted = assets.Values.OrderByDescending(asset => asset.MarketCap ?? -1).ThenBy(asset => asset.Id, StringComparer.Ordinal);
        return [.. sorted.Select((asset, index) => new PricedAsset(asset, PriceOf(asset, now), asset.MarketCap > 0 ? index + 1 : null))];
    }

    private IEnumerable<SimulatedAsset> Listed(DateTimeOffset now) => !options.IncludeListed ? [] : symbols.All()
        .Where(symbol => symbol.Type == InstrumentType.Spot && SymbolShape.QuoteOf(symbol.Name) == "USDT" && symbol.IsListedAt(now))
        .Select((symbol, index) => DefaultAssets.Of(SymbolShape.BaseOf(symbol.Name), symbol.Name, index + 1));

    private decimal? PriceOf(SimulatedAsset asset, DateTimeOffset now) =>
        asset.PriceOf is { } name && symbols.Find(name)?.Series.ReadDay(now.ToUnixTimeMilliseconds()) is { } day ? Figures.Parse(day.Last) : asset.Price;
}
