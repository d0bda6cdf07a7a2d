namespace OkxData.RateLimiting;

/// <summary>Makes the limiter of a bucket; replace it to share a budget in another way, such as between machines.</summary>
public interface IRateLimiterFactory
{
    /// <summary>Makes the limiter; called once for each bucket of a process.</summary>
    /// <param name="bucket">The bucket and what OKX allows on it.</param>
    /// <param name="timeProvider">The clock to wait by.</param>
    /// <returns>The limiter.</returns>
    PausableRateLimiter Create(RateLimitBucket bucket, TimeProvider timeProvider);
}
