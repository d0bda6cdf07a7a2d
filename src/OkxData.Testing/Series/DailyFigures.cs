namespace OkxData.Testing.Series;

/// <summary>What a ticker says of the last 24 hours.</summary>
internal sealed record DailyFigures
{
    public required string Last { get; init; }

    public required string Open { get; init; }

    public required string High { get; init; }

    public required string Low { get; init; }

    public required string Volume { get; init; }

    public required string VolumeInCurrency { get; init; }

    /// <summary>The first price of the UTC day.</summary>
    public required string OpenOfUtcDay { get; init; }

    /// <summary>The first price of the day in Hong Kong.</summary>
    public required string OpenOfHongKongDay { get; init; }
}
