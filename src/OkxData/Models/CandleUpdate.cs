using OkxData.Time;

namespace OkxData.Models;

/// <summary>One candle of a live stream.</summary>
public readonly record struct CandleUpdate
{
    /// <summary>The instrument, as OKX writes it.</summary>
    public required string Symbol { get; init; }

    /// <summary>The candle; it still forms where <see cref="Models.Candle.IsFinished"/> is <see langword="false"/>.</summary>
    public required Candle Candle { get; init; }

    /// <summary>Whether it came as it happened; <see langword="false"/> for history and for what had to be fetched since the connection had missed it.</summary>
    public required bool IsLive { get; init; }

    /// <summary>The openings, directly before this candle, of which OKX has no candle; <see langword="null"/> where none is missing.</summary>
    public UtcRange? MissingBefore { get; init; }
}
