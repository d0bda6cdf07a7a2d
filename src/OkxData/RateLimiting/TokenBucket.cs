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

    /// <summary>How soon a ledger that another process has just now is tried again, and one whose free tokens are others' by right.</summary>
    private static readonly TimeSpan AnotherTry = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan OthersTurn = TimeSpan.FromMilliseconds(15);

    private readonly Lock _lock = new();
    private readonly TimeProvider _timeProvider;
    private readonly ILedgerPlace _place;
    private readonly int _permits;
    private readonly long _window;
    private readonly long _owner = Random.Shared.NextInt64(1, long.MaxValue);
    private readonly List<(long Lease, long Due)> _returned = [];
    private readonly WaiterQueues _waiters = new();
    private readonly ITimer _timer;
    private (long Until, bool IsRefusal) _pause = (long.MinValue, false);
    private int _available;
    private long _wakeAt = long.MaxValue;
    private long _idleSince;
    private bool _isIdle = true;
    private long _granted;
    private long _refused;
    private bool _disposed;

    public TokenBucket(RateLimitQuota quota, TimeProvider timeProvider, ILedgerPlace? place = null)
    {
        ArgumentNullException.ThrowIfNull(timeProvider);
        ArgumentOutOfRangeException.ThrowIfLessThan(quota.Permits, 1, nameof(quota));
        ArgumentOutOfRangeException.ThrowIfLessThan(quota.Window, TimeSpan.Zero, nameof(quota));
        _timeProvider = timeProvider;
        _permits = quota.Permits;
        _available = quota.Permits;
        _window = ToTimestamp(quota.Window);
        _place = place ?? new PrivateLedger(new TokenLedger(quota.Permits));
        _idleSince = timeProvider.GetTimestamp();

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
                var now = Serve();
                return _isIdle && _waiters.IsEmpty ? _timeProvider.GetElapsedTime(_idleSince, now) : null;
            }
        }
    }

    public override RateLimiterStatistics GetStatistics()
    {
        lock (_lock)
        {
            Serve();
            return new RateLimiterStatistics
            {
                CurrentAvailablePermits = _available,
                CurrentQueuedCount = _waiters.Permits,
                TotalSuccessfulLeases = _granted,
                TotalFailedLeases = _refused,
            };
        }
    }

    public override void Pause(TimeSpan duration) => Pause(duration, isRefusal: false);

    public override void PauseAfterRefusal(TimeSpan duration) => Pause(duration, isRefusal: true);

    public override ValueTask<RateLimitLease> AcquireBelowAsync(int limit, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        return AcquireAsync(1, Math.Min(limit, _permits), cancellationToken);
    }

    internal void Return(long lease)
    {
        lock (_lock)
        {
            _returned.Add((lease, _timeProvider.GetTimestamp() + _window));
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
            var waiter = _waiters.Add(this, permitCount, _permits);
            Serve();
            if (waiter.Task.IsCompletedSuccessfully)
                return waiter.Task.Result;

            _waiters.Remove(waiter);
            Serve();
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

            Serve();
        }
    }

    private void Pause(TimeSpan duration, bool isRefusal)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        if (duration == TimeSpan.Zero)
            return;

        lock (_lock)
        {
            var now = _timeProvider.GetTimestamp();
            var until = Math.Min(ToTimestamp(duration), long.MaxValue - now) + now;
            _pause = (Math.Max(_pause.Until, until), _pause.IsRefusal || isRefusal);
            Serve();
        }
    }

    private ValueTask<RateLimitLease> AcquireAsync(int count, int limit, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<RateLimitLease>(cancellationToken);

        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var waiter = _waiters.Add(this, count, limit);
            Serve();
            if (!waiter.Task.IsCompleted)
                waiter.WithdrawOn(cancellationToken);
            return new ValueTask<RateLimitLease>(waiter.Task);
        }
    }

    private void Wake()
    {
        lock (_lock)
        {
            _wakeAt = long.MaxValue;
            if (!_disposed)
                Serve();
        }
    }

    /// <summary>Visits the ledger: gives back what was returned, grants what can be granted, and sees to it that it is called when that changes.</summary>
    private long Serve()
    {
        if (_place.TryOpen() is not { } ledger)
        {
            var soon = _timeProvider.GetTimestamp();
            SetTimer(soon, soon + ToTimestamp(AnotherTry));
            return soon;
        }

        // Timers fire up to 1.5 ms early, and the visit may have waited: what time it is, only the clock tells.
        var now = _timeProvider.GetTimestamp();
        HandIn(ledger, now);
        while (_waiters.First((count, limit) => ledger.CanTake(count, limit, _owner, now)) is { } waiter)
        {
            _waiters.Remove(waiter);
            var lease = Random.Shared.NextInt64(1, long.MaxValue);
            ledger.Take(waiter.Permits, _owner, lease, _place.LapseOf(now), now);
            _granted++;
            waiter.TrySetResult(new TokenLease(this, lease));
        }

        var next = NextVisit(ledger, now);
        ledger.Register(_owner, !_waiters.IsEmpty, next + _window, now);
        Note(ledger, now);
        _place.Close(ledger);
        SetTimer(now, next);
        return now;
    }

    private void HandIn(TokenLedger ledger, long now)
    {
        foreach (var (lease, due) in _returned)
            ledger.Return(lease, due);
        _returned.Clear();

        if (_pause.Until != long.MinValue)
        {
            ledger.Pause(_pause.Until);
            if (_pause.IsRefusal)
                ledger.Easing.Refuse(_pause.Until, now, _window);
            _pause = (long.MinValue, false);
        }

        ledger.Easing.Grow(now);
    }

    private long NextVisit(TokenLedger ledger, long now)
    {
        if (_waiters.IsEmpty)
            return long.MaxValue - _window;

        var next = ledger.NextChange(now, _window);
        var isHeldBack = _waiters.First((count, limit) => ledger.IsFree(count, limit, now)) is not null;
        return Math.Min(isHeldBack ? now + ToTimestamp(OthersTurn) : next, long.MaxValue - _window);
    }

    private void Note(TokenLedger ledger, long now)
    {
        _available = now < ledger.PausedUntil ? 0 : Math.Max(0, Math.Min(ledger.Easing.Allowed(now), ledger.Permits) - ledger.Out(now));
        _isIdle = ledger.Out(now) == 0;
        _idleSince = Math.Max(_idleSince, Math.Min(now, ledger.LastDue));
    }

    private void SetTimer(long now, long next)
    {
        if (_disposed || (_waiters.IsEmpty && _returned.Count == 0 && _pause.Until == long.MinValue))
            return;
        if (next == _wakeAt)
            return;

        _wakeAt = next;
        _timer.Change(next >= long.MaxValue - _window ? Timeout.InfiniteTimeSpan : Wait(now, next), Timeout.InfiniteTimeSpan);
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
