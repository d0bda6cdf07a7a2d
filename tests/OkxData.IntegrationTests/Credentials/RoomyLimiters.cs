using OkxData.RateLimiting;

namespace OkxData.IntegrationTests.Credentials;

/// <summary>Limits of a server that allows far more than OKX: for tests of many calls that are not about limits.</summary>
internal sealed class RoomyLimiters : IRateLimiterFactory
{
    private readonly ProcessRateLimiterFactory _inner = new();

    public PausableRateLimiter Create(RateLimitBucket bucket, TimeProvider timeProvider) =>
        _inner.Create(new RateLimitBucket(bucket.Host, bucket.Endpoint, bucket.Scope, new RateLimitQuota(1000, TimeSpan.FromMilliseconds(5))), timeProvider);
}
