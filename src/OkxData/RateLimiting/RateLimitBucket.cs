namespace OkxData.RateLimiting;

/// <summary>Names one budget of requests: everything that OKX counts together.</summary>
/// <param name="Host">The host (and port) that is called, in lower case.</param>
/// <param name="Endpoint">The endpoint's path, such as <c>/api/v5/market/candles</c>.</param>
/// <param name="Scope">What OKX counts by beside the address, such as an <c>instType</c>; empty where it counts by address alone.</param>
/// <param name="Quota">What is allowed.</param>
public sealed record RateLimitBucket(string Host, string Endpoint, string Scope, RateLimitQuota Quota);
