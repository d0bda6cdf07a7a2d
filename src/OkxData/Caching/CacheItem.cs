namespace OkxData.Caching;

/// <summary>What a store holds under a key.</summary>
/// <param name="Content">The bytes.</param>
/// <param name="Version">Names this content: equal versions mean equal bytes.</param>
public sealed record CacheItem(ReadOnlyMemory<byte> Content, string Version);
