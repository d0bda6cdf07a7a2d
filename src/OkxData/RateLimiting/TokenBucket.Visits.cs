namespace OkxData.RateLimiting;

/// <content>The visits to the ledger, under the bucket's lock.</content>
internal sealed partial class TokenBucket
{
    /// <summary>How soon a ledger that another process has just now is tried again, and one whose free tokens are others' by right.</summary>
    private static readonly TimeSpan AnotherTry = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan OthersTurn = TimeSpan.FromMilliseconds(15);

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
