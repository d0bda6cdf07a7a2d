namespace OkxData.Testing.Series;

/// <summary>A row as it goes over the wire: text, so that a recording comes out letter by letter.</summary>
internal sealed record CandleRow
{
    public required long Opening { get; init; }

    public required string Open { get; init; }

    public required string High { get; init; }

    public required string Low { get; init; }

    public required string Close { get; init; }

    /// <summary>Base currency for spot, contracts for derivatives.</summary>
    public required string Volume { get; init; }

    /// <summary>Quote currency for spot, base currency for derivatives.</summary>
    public required string VolumeInCurrency { get; init; }

    public required string QuoteVolume { get; init; }

    public required bool IsConfirmed { get; init; }
}
