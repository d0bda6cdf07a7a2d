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
internal sealed partial class TokenBucket : PausableRateLimiter
{
    private static readonly RateLimitLease Refused = new TokenLease(null, 0);

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
}
