namespace OkxData.Streaming;

/// <content>Watches that the connection is alive and that questions are answered: one timer, set for what is due next.</content>
internal sealed partial class StreamSession
{
    private void Check()
    {
        lock (_feed.Gate)
        {
            if (Loss is not null)
                return;

            CheckThatItIsAlive();
            if (_ledger.IsDeaf())
                End(StreamLoss.Deaf);
            Signal();
            Arm();
        }
    }

    // A process that was suspended has heard nothing for long, too: only an unanswered ping tells that a connection is dead.
    private void CheckThatItIsAlive()
    {
        var now = _context.TimeProvider.GetTimestamp();
        var quiet = QuietTime(now);
        if (_pingedAt is { } pingedAt)
        {
            if (_context.TimeProvider.GetElapsedTime(pingedAt, now) >= _context.Options.DeadAfter - _context.Options.PingAfter)
                End(StreamLoss.Silent(quiet));
        }
        else if (quiet >= _context.Options.PingAfter)
        {
            _pingedAt = now;
            _ = PingAsync();
        }
    }

    private TimeSpan QuietTime(long now)
    {
        var receivedAt = Volatile.Read(ref _receivedAt);
        if (receivedAt >= _pingedAt)
            _pingedAt = null;
        return _context.TimeProvider.GetElapsedTime(receivedAt, now);
    }

    /// <summary>Sets the timer for what is due next. Under the feed's lock.</summary>
    private void Arm()
    {
        if (Loss is not null)
            return;

        var clock = _context.TimeProvider;
        var now = clock.GetTimestamp();
        var quiet = QuietTime(now);
        var wait = _pingedAt is { } pingedAt
            ? _context.Options.DeadAfter - _context.Options.PingAfter - clock.GetElapsedTime(pingedAt, now)
            : _context.Options.PingAfter - quiet;
        if (_ledger.DueAt is < long.MaxValue and var due)
        {
            var forLedger = due > now ? clock.GetElapsedTime(now, due) : TimeSpan.Zero;
            wait = forLedger < wait ? forLedger : wait;
        }

        // Timers count in whole milliseconds and cut the rest off, which would wake us again and again in the last one.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(Math.Ceiling(wait.TotalMilliseconds), 1)), Timeout.InfiniteTimeSpan);
    }

    private async Task PingAsync()
    {
        try
        {
            await SendAsync(Ping).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            End(StreamLoss.Of(exception));
        }
    }

    private void Hear()
    {
        Volatile.Write(ref _receivedAt, _context.TimeProvider.GetTimestamp());
    }
}
