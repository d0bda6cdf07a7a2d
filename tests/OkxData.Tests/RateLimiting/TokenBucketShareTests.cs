using System.Threading.RateLimiting;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.RateLimiting;

namespace OkxData.Tests.RateLimiting;

internal sealed class TokenBucketShareTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _clock = new();

    [Test]
    public void AcquireBelow_SmallShare_LeavesTheRestToOthers()
    {
        using var bucket = new TokenBucket(new(20, Window), _clock);
        var small = Enumerable.Range(0, 12).Select(_ => bucket.AcquireBelowAsync(10).AsTask()).ToArray();
        Assert.That(small.Count(task => task.IsCompleted), Is.EqualTo(10));

        var large = Enumerable.Range(0, 12).Select(_ => bucket.AcquireBelowAsync(20).AsTask()).ToArray();
        Assert.That(large.Count(task => task.IsCompleted), Is.EqualTo(10), "waiters over their own share do not stand in the way");
        Assert.That(small.Count(task => task.IsCompleted), Is.EqualTo(10));
    }

    [Test]
    public void AcquireBelow_BothCanBeServed_TheEarlierIs()
    {
        using var bucket = new TokenBucket(new(2, Window), _clock);
        var held = new[] { bucket.AttemptAcquire(), bucket.AttemptAcquire() };
        var small = bucket.AcquireBelowAsync(1).AsTask();
        var large = bucket.AcquireBelowAsync(2).AsTask();
        foreach (var lease in held)
            lease.Dispose();
        _clock.Advance(Window);

        Assert.That(small.IsCompletedSuccessfully);
        Assert.That(large.IsCompletedSuccessfully);
        var next = bucket.AcquireBelowAsync(1).AsTask();
        small.Result.Dispose();
        _clock.Advance(Window);
        Assert.That(next.IsCompleted, Is.False, "one of two is still out");
        large.Result.Dispose();
        _clock.Advance(Window);
        Assert.That(next.IsCompletedSuccessfully);
    }

    [Test]
    public void AcquireBelow_MoreThanTheBucketHolds_MeansAllOfIt()
    {
        using var bucket = new TokenBucket(new(2, Window), _clock);
        var tasks = Enumerable.Range(0, 3).Select(_ => bucket.AcquireBelowAsync(100).AsTask()).ToArray();
        Assert.That(tasks.Count(task => task.IsCompleted), Is.EqualTo(2));
    }

    [TestCase(20, 1.0, 20)]
    [TestCase(20, 0.5, 10)]
    [TestCase(20, 0.01, 1)]
    [TestCase(40, 0.33, 13)]
    [TestCase(100, 0.29, 29)]
    [TestCase(1, 0.5, 1)]
    public void PermitsAt_Share_IsRoundedDownAndAtLeastOne(int permits, double share, int expected) =>
        Assert.That(new RateLimitQuota(permits, Window).PermitsAt(share), Is.EqualTo(expected));
}
