using System.Text.Json.Serialization;
using OkxData.Models;

namespace OkxData.Rankings;

/// <summary>An asset as a source describes it. Money is in US dollars.</summary>
public sealed record MarketCapEntry
{
    /// <summary>The source's id.</summary>
    public required string Id { get; init; }

    /// <summary>The ticker, in any case; tickers are not unique.</summary>
    public required string Ticker { get; init; }

    /// <summary>The name.</summary>
    public string Name { get; init; } = "";

    /// <summary>The market capitalisation; <see langword="null"/> or zero where the supply is not known.</summary>
    public decimal? MarketCap { get; init; }

    /// <summary>The price.</summary>
    public decimal? Price { get; init; }

    /// <summary>The coins in circulation.</summary>
    public decimal? CirculatingSupply { get; init; }

    /// <summary>The place among all assets of the source.</summary>
    public int? Rank { get; init; }

    /// <summary>The class, where the source knows it; <see langword="null"/> leaves it to the classification table.</summary>
    public AssetClass? Class { get; init; }

    /// <summary>What was traded in 24 hours on OKX, in the quote currency; used only where OKX's own figures of that time are not at hand.</summary>
    public decimal? Volume24h { get; init; }

    /// <summary>The category of CoinGecko's that names the asset, of those in <see cref="RankingsOptions.CoinGeckoCategories"/>.</summary>
    [JsonInclude]
    internal string? Category { get; init; }

    /// <summary>What cannot be read of the source's row; the figure in question is <see langword="null"/>.</summary>
    [JsonInclude]
    internal string? Fault { get; init; }
}
