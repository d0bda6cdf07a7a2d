namespace OkxData.Testing.Sockets;

/// <summary>What happens when, one thing after another, by the exchange's clock.</summary>
/// <remarks>
/// All state of the socket half changes in here only. An event is told the instant for which it was planned, so that a clock
/// that jumps over several leaves each of them its own time.
/// </remarks>
internal sealed class Timeline : IDisposable
{
    private readonly Lock _gate = new();
    private readonly PriorityQueue<Action<long>, (long Due, long Order)> _events = new();
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;
    private long _order;
    private bool _isRunning;
    private bool _isWoken;
    private bool _isDisposed;

    public Timeline(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(static timeline => ((Timeline)timeline!).Run(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Now, in ticks of UTC.</summary>
    public long Now => _clock.GetUtcNow().UtcTicks;

    /// <summary>Whether all that was due has happened.</summary>
    public bool IsIdle
    {
        get
        {
            lock (_gate)
                return !_isRunning && !_isWoken && !IsDue();
        }
    }

    /// <summary>As soon as possible, after what was planned before.</summary>
    public void Post(Action<long> action) => Plan(Now, action);

    public void Plan(long due, Action<long> action)
    {
        lock (_gate)
        {
            if (_isDisposed)
                return;

            _events.Enqueue(action, (due, _order++));
            if (_isRunning || _isWoken)
                return;
            if (due > Now)
            {
                Arm();
                return;
            }

            // Never on the caller's stack: the wire is not that fast, and the caller may hold a lock.
            _isWoken = true;
            ThreadPool.UnsafeQueueUserWorkItem(static timeline => timeline.Run(), this, preferLocal: false);
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _events.Clear();
        }

        _timer.Dispose();
    }

    private void Run()
    {
        lock (_gate)
        {
            _isWoken = false;
            if (_isRunning)
                return;
            _isRunning = true;
        }

        while (TryTake(out var action, out var due))
            action(due);
    }

    private bool TryTake(out Action<long> action, out long due)
    {
        lock (_gate)
        {
            if (IsDue() && _events.TryDequeue(out action!, out var priority))
            {
                due = priority.Due;
                return true;
            }

            _isRunning = false;
            Arm();
            (action, due) = (static _ => { }, 0);
            return false;
        }
    }

    private bool IsDue() => _events.TryPeek(out _, out var next) && next.Due <= Now;

    private void Arm()
    {
        if (!_isDisposed && _events.TryPeek(out _, out var next))
            _timer.Change(TimeSpan.FromTicks(Math.Max(1, next.Due - Now)), Timeout.InfiniteTimeSpan);
    }
}
