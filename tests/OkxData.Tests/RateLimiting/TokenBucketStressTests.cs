using System.Collections.Concurrent;
using System.Threading.RateLimiting;
using NUnit.Framework;
using OkxData.RateLimiting;

namespace OkxData.Tests.RateLimiting;

internal sealed class TokenBucketStressTests
{
    private const int Permits = 20;
    private static readonly TimeSpan Window = TimeSpan.FromMilliseconds(50);

    [Test]
    [CancelAfter(60_000)]
    public async Task RealThreads_WithCancellationsAndPauses_KeepTheLawAndAllTokens(CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        using var bucket = new TokenBucket(new(Permits, Window), clock);
        var arrivals = new ConcurrentBag<long>();
        var givenUp = 0;
        await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(
            async () =>
            {
                var random = new Random(worker);
                for (var i = 0; i < 40; i++)
                {
                    using var impatience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
                    if (random.Next(4) == 0)
                        impatience.CancelAfter(random.Next(3, 60));
                    try
                    {
                        using var lease = await bucket.AcquireBelowAsync(random.Next(2) == 0 ? Permits : Permits / 2, impatience.Token);
                        arrivals.Add(clock.GetTimestamp());
                        if (random.Next(50) == 0)
                            bucket.Pause(TimeSpan.FromMilliseconds(20));
                    }
                    catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
                    {
                        Interlocked.Increment(ref givenUp);
                    }
                }
            },
            cancellationToken)));

        Assert.That(arrivals, Has.Count.EqualTo(640 - givenUp));
        var times = arrivals.Order().ToArray();
        for (var i = Permits; i < times.Length; i++)
            Assert.That(clock.GetElapsedTime(times[i - Permits], times[i]), Is.GreaterThanOrEqualTo(Window), $"arrivals {i - Permits} to {i}");

        // Every token is still there: all of them can be had at once.
        using var all = await bucket.AcquireAsync(Permits, cancellationToken);
        Assert.That(all.IsAcquired);
        Assert.That(bucket.GetStatistics()!.CurrentQueuedCount, Is.Zero);
    }
}
