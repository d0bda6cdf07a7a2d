using Microsoft.Extensions.Time.Testing;

namespace OkxData.Tests.Streaming;

/// <summary>Virtual time that counts the timers which were made and not disposed.</summary>
internal sealed class CountingClock : FakeTimeProvider
{
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

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _timers);
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            lock (_lock)
                _waits.Add(dueTime);
        }

        return new CountedTimer(base.CreateTimer(callback, state, dueTime, period), this);
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
