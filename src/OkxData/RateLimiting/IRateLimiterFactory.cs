namespace OkxData.RateLimiting;

/// <summary>Gives the limiter of a bucket; replace it to share a budget in another way, such as between machines.</summary>
/// <remarks>Thread-safe. The default gives all clients of a process that use the same clock the same limiter for the same host, endpoint and scope.</remarks>
public interface IRateLimiterFactory
{
    /// <summary>Gives the limiter; called once for each bucket that a client uses, and it decides who shares one.</summary>
    /// <param name="bucket">The bucket and what OKX allows on it.</param>
    /// <param name="timeProvider">The clock to wait by.</param>
    /// <returns>The limiter. Clients never dispose it, since others may use it too; it belongs to the factory.</returns>
    PausableRateLimiter Create(RateLimitBucket bucket, TimeProvider timeProvider);
}
