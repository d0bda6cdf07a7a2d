namespace OkxData.RateLimiting;

/// <summary>What OKX allows on one endpoint: so many requests in any window of this length, per scope.</summary>
/// <param name="Permits">The requests allowed in a window.</param>
/// <param name="Window">The length of the window.</param>
public readonly record struct RateLimitQuota(int Permits, TimeSpan Window);
