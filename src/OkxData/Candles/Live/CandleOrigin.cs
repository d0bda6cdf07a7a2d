namespace OkxData.Candles.Live;

/// <summary>How a candle came into a stream.</summary>
internal enum CandleOrigin
{
    /// <summary>By the live connection.</summary>
    Live,

    /// <summary>By a request, since the live connection had missed it.</summary>
    Refill,

    /// <summary>As part of what the stream began with.</summary>
    History,
}
