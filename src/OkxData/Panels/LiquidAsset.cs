namespace OkxData.Panels;

/// <summary>An asset of a <see cref="LiquidityRanking"/>.</summary>
public sealed record LiquidAsset
{
    /// <summary>The asset, as OKX writes it.</summary>
    public required string Symbol { get; init; }

    /// <summary>Its place, the most traded at 1.</summary>
    public required int Rank { get; init; }

    /// <summary>The median of what was traded in a bar, over the bars that were observed, in quote currency.</summary>
    public required decimal MedianQuoteVolume { get; init; }

    /// <summary>How many bars of the window it was observed in.</summary>
    public required int ObservedBars { get; init; }

    /// <summary>The opening of the last bar in the window that it was observed in, UTC.</summary>
    public required DateTimeOffset LastObserved { get; init; }
}
