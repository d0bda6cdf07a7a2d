using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace OkxData.RateLimiting;

/// <summary>The default: one bucket for everybody in the process who uses the same clock, since OKX counts them together.</summary>
internal sealed class ProcessRateLimiterFactory : IRateLimiterFactory
{
    // Weak in the clock, so that a program which makes many (a test suite, say) does not keep their buckets for ever.
    private readonly ConditionalWeakTable<TimeProvider, ConcurrentDictionary<BucketKey, Lazy<TokenBucket>>> _bucketsByClock = [];

    /// <summary>The one static of the library that holds state; composition uses it unless it is given another factory.</summary>
    public static ProcessRateLimiterFactory Shared { get; } = new();

    public PausableRateLimiter Create(RateLimitBucket bucket, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentNullException.ThrowIfNull(timeProvider);
        return _bucketsByClock.GetValue(timeProvider, static _ => new())
            .GetOrAdd(
                new BucketKey(bucket.Host, bucket.Endpoint, bucket.Scope),
                static (_, made) => new Lazy<TokenBucket>(() => new TokenBucket(made.Quota, made.Clock)),
                (bucket.Quota, Clock: timeProvider))
            .Value;
    }

    // Not the quota: two opinions on a budget do not make it two budgets. The first stands.
    private readonly record struct BucketKey(string Host, string Endpoint, string Scope);
}
