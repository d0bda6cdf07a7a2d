using OkxData.Models;

namespace OkxData.Candles.History;

/// <summary>A row that cannot be stored as it came, and why.</summary>
/// <param name="Opening">Its opening, Unix ms; <see langword="null"/> where that could not be read.</param>
/// <param name="Candle">The row, where it could be read.</param>
/// <param name="Issues">What is wrong with it.</param>
internal sealed record BadRow(long? Opening, Candle? Candle, IReadOnlyList<DataIssue> Issues);
