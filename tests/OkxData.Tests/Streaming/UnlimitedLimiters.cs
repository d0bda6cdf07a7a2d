using OkxData.RateLimiting;

namespace OkxData.Tests.Streaming;

/// <summary>Limiters that hold nobody back.</summary>
internal sealed class UnlimitedLimiters : IRateLimiterFactory
{
    public PausableRateLimiter Create(RateLimitBucket bucket, TimeProvider timeProvider) => new TokenBucket(new RateLimitQuota(1_000_000, TimeSpan.Zero), TimeProvider.System);
}
