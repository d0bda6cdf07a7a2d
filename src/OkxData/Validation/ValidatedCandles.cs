using OkxData.Models;

namespace OkxData.Validation;

/// <summary>What the policy left of some candles, and what was found about all of them.</summary>
/// <param name="Candles">The rows that are returned, in the order given.</param>
/// <param name="Issues">Every finding, oldest first.</param>
internal readonly record struct ValidatedCandles(ReadOnlyMemory<Candle> Candles, IReadOnlyList<DataIssue> Issues);
