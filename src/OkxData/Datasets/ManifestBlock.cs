using OkxData.Time;

namespace OkxData.Datasets;

/// <summary>A stretch of a series in a manifest, so that a later difference can be found to within it.</summary>
public sealed record ManifestBlock
{
    /// <summary>The opening of the block's first candle, UTC.</summary>
    public required DateTimeOffset First { get; init; }

    /// <summary>The opening of its last candle, UTC.</summary>
    public required DateTimeOffset Last { get; init; }

    /// <summary>The finished candles in it.</summary>
    public required int Rows { get; init; }

    /// <summary>The hash of their content, made as <see cref="Models.CandleSeries.ContentHash"/> is.</summary>
    public required string ContentHash { get; init; }
}
