namespace OkxData.Candles.Wire;

/// <summary>A row of a reply that cannot be read as a candle.</summary>
/// <param name="Index">Its position in the reply, the newest at 0.</param>
/// <param name="OpenTime">The opening that it names, where that much could be read.</param>
/// <param name="Reason">What is wrong with it.</param>
internal readonly record struct BrokenRow(int Index, DateTimeOffset? OpenTime, string Reason);
