namespace OkxData.Models;

/// <summary>An asset that is not in a ranking, and why.</summary>
public sealed record ExcludedAsset
{
    /// <summary>OKX's symbol where it has one, such as <c>USDC-USDT</c>; else the source's ticker in capitals.</summary>
    public required string Symbol { get; init; }

    /// <summary>The name at the source; empty for an instrument that the source does not know.</summary>
    public string Name { get; init; } = "";

    /// <summary>Why it is left out.</summary>
    public required ExclusionReason Reason { get; init; }

    /// <summary>The same in words, with the figures that decided it.</summary>
    public required string Detail { get; init; }

    /// <summary>What kind of asset it is.</summary>
    public AssetClass Class { get; init; }

    /// <summary>The source's id, such as <c>usd-coin</c>; empty for an instrument that the source does not know.</summary>
    public string SourceId { get; init; } = "";

    /// <summary>The market capitalisation that the source claims, in US dollars.</summary>
    public decimal? MarketCap { get; init; }
}
