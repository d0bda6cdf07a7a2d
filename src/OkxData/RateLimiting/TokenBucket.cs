using System.Threading.RateLimiting;

namespace OkxData.RateLimiting;

/// <summary>
/// A bucket of N tokens in which a spent token comes back one window after its lease was disposed, which is when the
/// answer had been read or had failed.
/// </summary>
/// <remarks>
/// A request reaches OKX some time between the grant and that instant, so two requests on the same token arrive at least
/// a window apart, and no window, wherever it is placed, sees more than N: whatever the network does.
/// </remarks>
internal sealed class TokenBucket : PausableRateLimiter
{
    private static readonly RateLimitLease Refused = new TokenLease(null, 0);

    private readonly Lock _lock = new();
    private readonly TimeProvider _timeProvider;
    private readonly int _permits;
    private readonly long _window;
    private readonly Queue<(long Due, int Count)> _returning = new();
    private readonly WaiterQueues _waiters = new();
    private readonly Func<int, int, bool> _fits;
    private readonly ITimer _timer;
    private int _out;
    private long _pausedUntil = long.MinValue;
    private long _wakeAt = long.MaxValue;
    private long _idleSince;
    private long _granted;
    private long _refused;
    private bool _disposed;

    public TokenBucket(RateLimitQuota quota, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThan(quota.Permits, 1, nameof(quota));
        ArgumentOutOfRangeException.ThrowIfLessThan(quota.Window, TimeSpan.Zero, nameof(quota));
        _timeProvider = timeProvider;
        _permits = quota.Permits;
        _window = ToTimestamp(quota.Window);
        _idleSince = timeProvider.GetTimestamp();
        _fits = Fits;

        // The bucket outlives the call that made it; so must not what that call's context holds.
        using (ExecutionContext.SuppressFlow())
            _timer = timeProvider.CreateTimer(static bucket => ((TokenBucket)bucket!).Wake(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public override TimeSpan? IdleDuration
    {
        get
        {
            lock (_lock)
            {
                var now = CollectReturned();
                return _out > 0 || !_waiters.IsEmpty ? null : _timeProvider.GetElapsedTime(_idleSince, now);
            }
        }
    }

    public override RateLimiterStatistics GetStatistics()
    {
        lock (_lock)
        {
            var now = CollectReturned();
            return new RateLimiterStatistics
            {
                CurrentAvailablePermits = now < _pausedUntil ? 0 : _permits - _out,
                CurrentQueuedCount = _waiters.Permits,
                TotalSuccessfulLeases = _granted,
                TotalFailedLeases = _refused,
            };
        }
    }

    public override void Pause(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        lock (_lock)
        {
            var now = _timeProvider.GetTimestamp();
            var until = Math.Min(ToTimestamp(duration), long.MaxValue - now) + now;
            if (duration == TimeSpan.Zero || until <= _pausedUntil)
                return;

            _pausedUntil = until;
            SetTimer(now);
        }
    }

    public override ValueTask<RateLimitLease> AcquireBelowAsync(int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return AcquireAsync(1, Math.Min(limit, _permits), cancellationToken);
    }

    internal void Return(int count)
    {
        lock (_lock)
        {
            var now = _timeProvider.GetTimestamp();
            _returning.Enqueue((now + _window, count));
            Serve();
        }
    }

    internal void Withdraw(TokenWaiter waiter, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (!_waiters.Remove(waiter))
                return;

            waiter.TrySetCanceled(cancellationToken);
            Serve();
        }
    }

    protected override RateLimitLease AttemptAcquireCore(int permitCount)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permitCount, _permits);
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var now = Serve();
            if (TryTake(permitCount, _permits, now))
                return new TokenLease(this, permitCount);

            _refused++;
            return Refused;
        }
    }

    protected override ValueTask<RateLimitLease> AcquireAsyncCore(int permitCount, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(permitCount, _permits);
        return AcquireAsync(permitCount, _permits, cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            Close();
        base.Dispose(disposing);
    }

    protected override ValueTask DisposeAsyncCore()
    {
        Close();
        return base.DisposeAsyncCore();
    }

    private void Close()
    {
        lock (_lock)
        {
            if (_disposed)
                return;

            _disposed = true;
            _timer.Dispose();
            while (_waiters.First(static (_, _) => true) is { } waiter)
            {
                _waiters.Remove(waiter);
                _refused++;
                waiter.TrySetResult(Refused);
            }
        }
    }

    private ValueTask<RateLimitLease> AcquireAsync(int count, int limit, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<RateLimitLease>(cancellationToken);

        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var now = Serve();
            if (TryTake(count, limit, now))
                return ValueTask.FromResult<RateLimitLease>(new TokenLease(this, count));

            var waiter = _waiters.Add(this, count, limit);
            waiter.WithdrawOn(cancellationToken);
            SetTimer(now);
            return new ValueTask<RateLimitLease>(waiter.Task);
        }
    }

    private bool TryTake(int count, int limit, long now)
    {
        if (now < _pausedUntil || _waiters.AnyWith(limit) || !Fits(count, limit))
            return false;

        Take(count);
        return true;
    }

    // A lease of no token is a question whether there is one.
    private bool Fits(int count, int limit) => _out + Math.Max(count, 1) <= limit;

    private void Take(int count)
    {
        _out += count;
        _granted++;
    }

    private void Wake()
    {
        lock (_lock)
        {
            _wakeAt = long.MaxValue;
            Serve();
        }
    }

    /// <summary>Takes back what is due, grants what can be granted, and sees to it that it is called when that changes.</summary>
    private long Serve()
    {
        var now = CollectReturned();
        while (now >= _pausedUntil && _waiters.First(_fits) is { } waiter)
        {
            _waiters.Remove(waiter);
            Take(waiter.Permits);
            waiter.TrySetResult(new TokenLease(this, waiter.Permits));
        }

        SetTimer(now);
        return now;
    }

    // Timers fire up to 1.5 ms early, so a token's age is read from the clock and never from the fact of waking.
    private long CollectReturned()
    {
        var now = _timeProvider.GetTimestamp();
        while (_returning.TryPeek(out var token) && token.Due <= now)
        {
            _returning.Dequeue();
            _out -= token.Count;
            if (_out == 0)
                _idleSince = token.Due;
        }

        return now;
    }

    private void SetTimer(long now)
    {
        if (_disposed || _waiters.IsEmpty)
            return;

        var next = now < _pausedUntil ? _pausedUntil : _returning.TryPeek(out var token) ? token.Due : long.MaxValue;
        if (next == _wakeAt)
            return;

        _wakeAt = next;
        _timer.Change(next == long.MaxValue ? Timeout.InfiniteTimeSpan : Wait(now, next), Timeout.InfiniteTimeSpan);
    }

    // Timers count in whole milliseconds and cut the rest off, which would wake us again and again in the last one.
    private TimeSpan Wait(long now, long until)
    {
        var milliseconds = Math.Ceiling(_timeProvider.GetElapsedTime(now, until).TotalMilliseconds);
        return TimeSpan.FromMilliseconds(Math.Clamp(milliseconds, 1, int.MaxValue));
    }

    private long ToTimestamp(TimeSpan duration)
    {
        var units = Math.Ceiling((decimal)duration.Ticks * _timeProvider.TimestampFrequency / TimeSpan.TicksPerSecond);
        return units >= long.MaxValue ? long.MaxValue : (long)units;
    }
}
