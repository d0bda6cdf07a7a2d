namespace OkxData.Panels;

/// <summary>An asset that is left out for want of data, and why.</summary>
public sealed record DroppedAsset
{
    /// <summary>The asset, as OKX writes it.</summary>
    public required string Symbol { get; init; }

    /// <summary>How many of the bars it was observed in.</summary>
    public required int ObservedBars { get; init; }

    /// <summary>How many bars were looked at.</summary>
    public required int Bars { get; init; }

    /// <summary>The reason in words, with the figures.</summary>
    public required string Reason { get; init; }

    /// <summary>A short line for people.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Symbol}: {Reason}";
}
