using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace OkxData.RateLimiting;

/// <summary>One bucket for everybody in the process who uses the same clock, since OKX counts them together.</summary>
internal sealed class ProcessRateLimiterFactory : IRateLimiterFactory
{
    // Weak in the clock, so that a program which makes many (a test suite, say) does not keep their buckets for ever.
    private readonly ConditionalWeakTable<TimeProvider, ConcurrentDictionary<BucketKey, Lazy<TokenBucket>>> _bucketsByClock = [];

    /// <summary>The one static of the library that holds state; composition uses it unless it is given another factory.</summary>
    public static ProcessRateLimiterFactory Shared { get; } = new();

    public PausableRateLimiter Create(RateLimitBucket bucket, TimeProvider timeProvider) => GetOrAdd(bucket, timeProvider, "", static _ => null);

    /// <summary>The bucket whose ledger is kept at a place; made when it is asked for first.</summary>
    /// <param name="bucket">The bucket and what OKX allows on it.</param>
    /// <param name="timeProvider">The clock to wait by.</param>
    /// <param name="placeName">Tells places apart; empty for the process itself.</param>
    /// <param name="place">Makes the place.</param>
    public PausableRateLimiter GetOrAdd(RateLimitBucket bucket, TimeProvider timeProvider, string placeName, Func<RateLimitBucket, ILedgerPlace?> place)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentNullException.ThrowIfNull(timeProvider);
        return _bucketsByClock.GetValue(timeProvider, static _ => new())
            .GetOrAdd(
                new BucketKey(bucket.Host, bucket.Endpoint, bucket.Scope, placeName),
                static (_, made) => new Lazy<TokenBucket>(() => new TokenBucket(made.Bucket.Quota, made.Clock, made.Place(made.Bucket))),
                (Bucket: bucket, Clock: timeProvider, Place: place))
            .Value;
    }

    // Not the quota: two opinions on a budget do not make it two budgets. The first stands.
    private readonly record struct BucketKey(string Host, string Endpoint, string Scope, string Place);
}
