namespace OkxData.Datasets;

/// <summary>How a series of today compares with one of a manifest.</summary>
public enum SeriesVerdict
{
    /// <summary>The same candles.</summary>
    Same,

    /// <summary>The same candles, and more before or after them.</summary>
    Extended,

    /// <summary>Other figures, or candles that are gone or new between those of the manifest.</summary>
    Changed,

    /// <summary>The batch has no such series.</summary>
    Missing,

    /// <summary>The manifest has no such series.</summary>
    Added,
}
