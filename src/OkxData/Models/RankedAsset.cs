using System.Text.Json.Serialization;

namespace OkxData.Models;

/// <summary>An asset with its place by market capitalisation.</summary>
/// <remarks>As JSON: <c>symbol, market_cap_rank, price, volume_24h, timestamp, market_cap, circulating_supply</c>, and nothing else.</remarks>
public sealed record RankedAsset
{
    /// <summary>OKX's name of the spot pair, such as <c>BTC-USDT</c>.</summary>
    [JsonPropertyName("symbol"), JsonPropertyOrder(0)]
    public required string Symbol { get; init; }

    /// <summary>The place among the returned assets, the largest at 1, without gaps.</summary>
    [JsonPropertyName("market_cap_rank"), JsonPropertyOrder(1)]
    public required int MarketCapRank { get; init; }

    /// <summary>The last price on OKX, in quote currency.</summary>
    [JsonPropertyName("price"), JsonPropertyOrder(2)]
    public required decimal Price { get; init; }

    /// <summary>What was traded on OKX in 24 hours, in quote currency; zero also where nobody says.</summary>
    [JsonPropertyName("volume_24h"), JsonPropertyOrder(3)]
    public decimal Volume24h { get; init; }

    /// <summary>When OKX made the price, UTC.</summary>
    [JsonPropertyName("timestamp"), JsonPropertyOrder(4)]
    public required DateTimeOffset Timestamp { get; init; }

    /// <summary>The market capitalisation that the source gives, in US dollars.</summary>
    [JsonPropertyName("market_cap"), JsonPropertyOrder(5)]
    public required decimal MarketCap { get; init; }

    /// <summary>The coins in circulation by the source; <see langword="null"/> where it gives none.</summary>
    [JsonPropertyName("circulating_supply"), JsonPropertyOrder(6)]
    public decimal? CirculatingSupply { get; init; }

    /// <summary>The place among all assets of the source, those not on OKX included; <see langword="null"/> where it gives none.</summary>
    [JsonIgnore]
    public int? GlobalRank { get; init; }

    /// <summary>The name at the source, such as <c>Bitcoin</c>.</summary>
    [JsonIgnore]
    public string Name { get; init; } = "";

    /// <summary>The source's id, such as <c>bitcoin</c>.</summary>
    [JsonIgnore]
    public string SourceId { get; init; } = "";
}
