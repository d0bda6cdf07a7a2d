using OkxData.Models;

namespace OkxData.Datasets;

/// <summary>What a manifest keeps of one series.</summary>
public sealed record ManifestSeries
{
    /// <summary>The instrument, as OKX writes it.</summary>
    public required string Symbol { get; init; }

    /// <summary>OKX's word for the bar, such as <c>1Dutc</c>.</summary>
    public required string Bar { get; init; }

    /// <summary>The start of the range that was asked for, inclusive, UTC.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end of the range that was asked for, exclusive, UTC.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>The finished candles.</summary>
    public required int Rows { get; init; }

    /// <summary>The opening of the first one, UTC; <see langword="null"/> where there is none.</summary>
    public DateTimeOffset? First { get; init; }

    /// <summary>The opening of the last one, UTC; <see langword="null"/> where there is none.</summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>The bars that were expected in the range.</summary>
    public required int Expected { get; init; }

    /// <summary>The gaps among them.</summary>
    public required int Gaps { get; init; }

    /// <summary>Where the candles came from.</summary>
    public required DataOrigin Origin { get; init; }

    /// <summary>When the newest of the data was received from OKX, UTC.</summary>
    public required DateTimeOffset RetrievedAt { get; init; }

    /// <summary>The hash of the content; see <see cref="CandleSeries.ContentHash"/>.</summary>
    public required string ContentHash { get; init; }

    /// <summary>The content in stretches of at most 500 candles, oldest first.</summary>
    public required IReadOnlyList<ManifestBlock> Blocks { get; init; }
}
