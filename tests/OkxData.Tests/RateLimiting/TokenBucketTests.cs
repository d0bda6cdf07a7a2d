using System.Threading.RateLimiting;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.RateLimiting;

namespace OkxData.Tests.RateLimiting;

internal sealed class TokenBucketTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _clock = new();

    [Test]
    public void AttemptAcquire_Empty_IsRefusedUntilWindowAfterDisposal()
    {
        using var bucket = Bucket(1);
        var lease = bucket.AttemptAcquire();
        Assert.That(lease.IsAcquired);

        // The answer takes its time, and only then does the window begin.
        _clock.Advance(TimeSpan.FromSeconds(30));
        Assert.That(bucket.AttemptAcquire().IsAcquired, Is.False);
        lease.Dispose();
        _clock.Advance(Window - TimeSpan.FromTicks(1));
        Assert.That(bucket.AttemptAcquire().IsAcquired, Is.False);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.That(bucket.AttemptAcquire().IsAcquired);
    }

    [Test]
    public void Dispose_OfALeaseTwice_ReturnsOneToken()
    {
        using var bucket = Bucket(2);
        var lease = bucket.AttemptAcquire();
        _ = bucket.AttemptAcquire();
        lease.Dispose();
        lease.Dispose();
        _clock.Advance(Window);

        Assert.That(bucket.AttemptAcquire().IsAcquired);
        Assert.That(bucket.AttemptAcquire().IsAcquired, Is.False);
    }

    [Test]
    public void AcquireAsync_Waiters_AreServedInOrder()
    {
        using var bucket = Bucket(1);
        var held = bucket.AttemptAcquire();
        var waiters = Enumerable.Range(0, 5).Select(_ => bucket.AcquireAsync().AsTask()).ToArray();
        for (var served = 0; served < waiters.Length; served++)
        {
            held.Dispose();
            _clock.Advance(Window);
            Assert.That(waiters.Select(waiter => waiter.IsCompleted), Is.EqualTo(Enumerable.Range(0, 5).Select(i => i <= served)));
            held = waiters[served].Result;
        }
    }

    [Test]
    public void AcquireAsync_LateCaller_DoesNotOvertake()
    {
        using var bucket = Bucket(1);
        bucket.AttemptAcquire().Dispose();
        var first = bucket.AcquireAsync().AsTask();

        // The timer has not fired yet, but the token is due: it belongs to the one who waits.
        using var stopped = new TokenBucket(new(1, Window), new TimerlessClock(_clock));
        stopped.AttemptAcquire().Dispose();
        var waiting = stopped.AcquireAsync().AsTask();
        _clock.Advance(Window);
        Assert.That(stopped.AttemptAcquire().IsAcquired, Is.False);
        Assert.That(waiting.IsCompletedSuccessfully);
        Assert.That(first.IsCompletedSuccessfully);
    }

    [Test]
    public async Task AcquireAsync_Cancelled_FreesItsPlaceAtOnce()
    {
        using var bucket = Bucket(1);
        bucket.AttemptAcquire().Dispose();
        using var cancellation = new CancellationTokenSource();
        var leaver = bucket.AcquireAsync(1, cancellation.Token).AsTask();
        var stayer = bucket.AcquireAsync().AsTask();
        await cancellation.CancelAsync();

        Assert.That(leaver.IsCanceled);
        Assert.That(bucket.GetStatistics()!.CurrentQueuedCount, Is.EqualTo(1));
        _clock.Advance(Window);
        Assert.That(stayer.IsCompletedSuccessfully);
        await Assert.ThrowsAsync<TaskCanceledException>(async () => await leaver);
    }

    [Test]
    public void AcquireAsync_CancelledAfterTheGrant_StillHasItsToken()
    {
        using var bucket = Bucket(1);
        bucket.AttemptAcquire().Dispose();
        using var cancellation = new CancellationTokenSource();
        var waiter = bucket.AcquireAsync(1, cancellation.Token).AsTask();
        _clock.Advance(Window);
        cancellation.Cancel();

        Assert.That(waiter.Result.IsAcquired);
        waiter.Result.Dispose();
        _clock.Advance(Window);
        Assert.That(bucket.AttemptAcquire().IsAcquired);
    }

    [Test]
    public void AcquireAsync_TokenCancelledBefore_TakesNothing()
    {
        using var bucket = Bucket(1);
        Assert.That(bucket.AcquireAsync(1, new CancellationToken(true)).AsTask().IsCanceled);
        Assert.That(bucket.AttemptAcquire().IsAcquired);
    }

    [Test]
    public void AcquireAsync_CancelledGreedyHead_LetsTheNextThrough()
    {
        using var bucket = Bucket(3);
        _ = bucket.AttemptAcquire(2);
        using var cancellation = new CancellationTokenSource();
        var greedy = bucket.AcquireAsync(3, cancellation.Token).AsTask();
        var modest = bucket.AcquireAsync().AsTask();
        Assert.That(modest.IsCompleted, Is.False, "first come, first served");
        cancellation.Cancel();

        Assert.That(greedy.IsCanceled);
        Assert.That(modest.IsCompletedSuccessfully);
    }

    [Test]
    public void AcquireAsync_SeveralAndNone_FollowTheContract()
    {
        using var bucket = Bucket(3);
        Assert.Throws<ArgumentOutOfRangeException>(() => bucket.AttemptAcquire(4));
        Assert.Throws<ArgumentOutOfRangeException>(() => bucket.AcquireAsync(4).AsTask());
        Assert.Throws<ArgumentOutOfRangeException>(() => bucket.AcquireBelowAsync(0).AsTask());

        var three = bucket.AttemptAcquire(3);
        Assert.That(bucket.AttemptAcquire(0).IsAcquired, Is.False, "a lease of none asks whether there is one");
        var asker = bucket.AcquireAsync(0).AsTask();
        three.Dispose();
        _clock.Advance(Window);
        Assert.That(asker.IsCompletedSuccessfully);
        asker.Result.Dispose();
        Assert.That(bucket.AttemptAcquire(3).IsAcquired);
    }

    [Test]
    public void Pause_HoldsEverybodyBack_AndTheLongerOneIsKept()
    {
        using var bucket = Bucket(2);
        bucket.Pause(TimeSpan.FromSeconds(5));
        bucket.Pause(TimeSpan.FromSeconds(1));
        var waiter = bucket.AcquireAsync().AsTask();
        Assert.That(bucket.AttemptAcquire().IsAcquired, Is.False);
        _clock.Advance(TimeSpan.FromSeconds(4));
        bucket.Pause(TimeSpan.Zero);
        Assert.That(waiter.IsCompleted, Is.False);
        Assert.That(bucket.GetStatistics()!.CurrentAvailablePermits, Is.Zero);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(waiter.IsCompletedSuccessfully);
        Assert.Throws<ArgumentOutOfRangeException>(() => bucket.Pause(TimeSpan.FromTicks(-1)));
    }

    [Test]
    public void Pause_WhileOthersWait_MovesTheirTurn()
    {
        using var bucket = Bucket(1);
        bucket.AttemptAcquire().Dispose();
        var waiter = bucket.AcquireAsync().AsTask();
        bucket.Pause(TimeSpan.FromSeconds(10));
        _clock.Advance(TimeSpan.FromSeconds(9));
        Assert.That(waiter.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(waiter.IsCompletedSuccessfully);
    }

    [Test]
    public void Pause_ForEver_DoesNotOverflow()
    {
        using var bucket = Bucket(1);
        bucket.Pause(TimeSpan.MaxValue);
        var waiter = bucket.AcquireAsync().AsTask();
        _clock.Advance(TimeSpan.FromDays(100));
        Assert.That(waiter.IsCompleted, Is.False);
    }

    [Test]
    public void GetStatistics_TellsTheTruth()
    {
        using var bucket = Bucket(2);
        Assert.That(bucket.IdleDuration, Is.EqualTo(TimeSpan.Zero));
        var leases = new[] { bucket.AttemptAcquire(), bucket.AttemptAcquire() };
        _ = bucket.AttemptAcquire();
        _ = bucket.AcquireAsync(2).AsTask();
        var statistics = bucket.GetStatistics()!;
        Assert.That(
            (statistics.CurrentAvailablePermits, statistics.CurrentQueuedCount, statistics.TotalSuccessfulLeases, statistics.TotalFailedLeases),
            Is.EqualTo((0, 2, 2, 1)));
        Assert.That(bucket.IdleDuration, Is.Null);

        foreach (var lease in leases)
            lease.Dispose();
        _clock.Advance(Window);
        Assert.That(bucket.GetStatistics()!.TotalSuccessfulLeases, Is.EqualTo(3));
    }

    [Test]
    public void IdleDuration_CountsFromTheLastReturn()
    {
        using var bucket = Bucket(1);
        bucket.AttemptAcquire().Dispose();
        _clock.Advance(Window + TimeSpan.FromSeconds(3));
        Assert.That(bucket.IdleDuration, Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public void Dispose_AnswersThoseWhoWait()
    {
        var bucket = Bucket(1);
        var held = bucket.AttemptAcquire();
        var waiter = bucket.AcquireAsync().AsTask();
        bucket.Dispose();
        bucket.Dispose();

        Assert.That(waiter.Result.IsAcquired, Is.False);
        Assert.Throws<ObjectDisposedException>(() => bucket.AttemptAcquire());
        Assert.Throws<ObjectDisposedException>(() => bucket.AcquireAsync().AsTask());
        Assert.DoesNotThrow(held.Dispose);
        Assert.DoesNotThrow(() => bucket.Pause(Window));
    }

    [Test]
    public void AcquireAsync_TimerThatFiresEarly_GrantsNothingEarly()
    {
        var clock = new EarlyClock(_clock, TimeSpan.FromMilliseconds(1.5));
        using var bucket = new TokenBucket(new(1, Window), clock);
        bucket.AttemptAcquire().Dispose();
        var waiter = bucket.AcquireAsync().AsTask();
        _clock.Advance(Window - TimeSpan.FromMilliseconds(1));
        Assert.That(clock.Fired, Is.GreaterThan(0), "the timer fired before its time");
        Assert.That(waiter.IsCompleted, Is.False);
        _clock.Advance(TimeSpan.FromMilliseconds(2));
        Assert.That(waiter.IsCompletedSuccessfully);
    }

    private TokenBucket Bucket(int permits) => new(new RateLimitQuota(permits, Window), _clock);

    /// <summary>A clock whose timers never fire.</summary>
    private sealed class TimerlessClock(TimeProvider inner) : TimeProvider
    {
        public override long TimestampFrequency => inner.TimestampFrequency;

        public override long GetTimestamp() => inner.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            inner.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan) is var timer ? new Dead(timer) : null!;

        private sealed class Dead(ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }

    /// <summary>A clock whose timers fire a little before their time, as the system's do.</summary>
    private sealed class EarlyClock(TimeProvider inner, TimeSpan early) : TimeProvider
    {
        public int Fired { get; private set; }

        public override long TimestampFrequency => inner.TimestampFrequency;

        public override long GetTimestamp() => inner.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new Hasty(inner.CreateTimer(
            argument =>
            {
                Fired++;
                callback(argument);
            },
            state,
            dueTime,
            period), early);

        private sealed class Hasty(ITimer timer, TimeSpan early) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime > early ? dueTime - early : dueTime, period);

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
