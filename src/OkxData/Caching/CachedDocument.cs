using OkxData.Models;

namespace OkxData.Caching;

/// <summary>A value with where it came from and when.</summary>
/// <param name="Value">The value.</param>
/// <param name="FetchedAt">When it was fetched, UTC.</param>
/// <param name="Origin"><see cref="DataOrigin.Network"/>, <see cref="DataOrigin.Cache"/>, or <see cref="DataOrigin.StaleCache"/> for a value older than it should be.</param>
/// <param name="Age">How long ago it was fetched; never negative.</param>
internal sealed record CachedDocument<T>(T Value, DateTimeOffset FetchedAt, DataOrigin Origin, TimeSpan Age);
