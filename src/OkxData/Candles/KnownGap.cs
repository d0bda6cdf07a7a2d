using OkxData.Time;

namespace OkxData.Candles;

/// <summary>Openings for which OKX answered that it has no candle.</summary>
/// <param name="Openings">The openings, Unix ms.</param>
/// <param name="AskedAt">When OKX said so, Unix ms.</param>
internal readonly record struct KnownGap(Interval Openings, long AskedAt);
