using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;

namespace OkxData.Tests;

/// <summary>Virtual time that counts the timers which were made and not disposed.</summary>
internal sealed class CountingClock(DateTimeOffset start) : FakeTimeProvider(start)
{
    /// <summary>How long, in real time, a test waits for a task to come to its timer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<TimeSpan> _waits = [];
    private readonly Lock _lock = new();
    private int _timers;

    public int Timers => Volatile.Read(ref _timers);

    /// <summary>What timers were set to when they were made: exact, however late the tasks that wait for them get to run.</summary>
    public IReadOnlyList<TimeSpan> Waits
    {
        get
        {
            lock (_lock)
                return [.. _waits];
        }
    }

    /// <summary>Waits in real time until somebody waits for this clock: time that passes earlier would be missing from their wait.</summary>
    public async Task WaitedForAsync()
    {
        using var bound = new CancellationTokenSource(Patience);
        while (Timers == 0)
        {
            if (bound.IsCancellationRequested)
                Assert.Fail($"Nobody waits for the clock to pass {GetUtcNow():u}.");
            await Task.Yield();
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        // Counted only when it is set: whoever sees it may let time pass at once.
        var timer = base.CreateTimer(callback, state, dueTime, period);
        Interlocked.Increment(ref _timers);
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            lock (_lock)
                _waits.Add(dueTime);
        }

        return new CountedTimer(timer, this);
    }

    private sealed class CountedTimer(ITimer timer, CountingClock clock) : ITimer
    {
        private int _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                Interlocked.Decrement(ref clock._timers);
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
