using OkxData.Models;

namespace OkxData.Validation;

/// <summary>A stored candle, and what OKX says in its place now.</summary>
/// <param name="Stored">The stored one.</param>
/// <param name="Received">The other; <see langword="null"/> where OKX has none any more.</param>
internal readonly record struct StoredDifference(Candle Stored, Candle? Received);
