namespace OkxData.Candles.Live;

/// <summary>What time it is at OKX, as its rows tell: a bar that forms has begun and has not ended, one that is finished has ended.</summary>
/// <remarks>
/// The local clock may be wrong by hours; here it only chooses between the bounds that the rows leave. All of it decides when
/// to ask, never whether a candle is finished. Thread-safe. Instants are Unix milliseconds.
/// </remarks>
internal sealed class ServerClock(TimeProvider timeProvider)
{
    private readonly Lock _gate = new();
    private readonly long _startedAt = timeProvider.GetTimestamp();
    private long? _earliest; // bounds of the instant at which this clock was started
    private long? _latest;

    /// <summary>How long this clock has run, in milliseconds; steps of the local clock do not matter to it.</summary>
    public long Elapsed => (long)timeProvider.GetElapsedTime(_startedAt).TotalMilliseconds;

    /// <summary>An instant that has surely passed; <see langword="null"/> before the first row.</summary>
    public long? Passed
    {
        get
        {
            lock (_gate)
                return _earliest + Elapsed;
        }
    }

    /// <summary>The best guess of the present.</summary>
    public long Now
    {
        get
        {
            var elapsed = Elapsed;
            lock (_gate)
                return Math.Clamp(LocalStart(elapsed), _earliest ?? long.MinValue, _latest ?? long.MaxValue) + elapsed;
        }
    }

    /// <summary>The best guess of the instant at which this clock was started; <see langword="null"/> before the first row.</summary>
    public long? Start
    {
        get
        {
            var local = LocalStart(Elapsed);
            lock (_gate)
                return _earliest is null ? null : local >= _earliest && local <= _latest ? local : _latest;
        }
    }

    /// <summary>Takes in what a row that has just been pushed says.</summary>
    public void NotePush(long opening, long close, bool isFinished)
    {
        var elapsed = Elapsed;
        var length = close - opening;
        lock (_gate)
        {
            NotePassed(isFinished ? close : opening, elapsed);

            // A finished bar is pushed as it ends, so the one after it still forms. Rows that were delayed say less than they
            // seem to; then the earlier bound is the one to trust.
            _latest = Math.Min(_latest ?? long.MaxValue, (isFinished ? close + length : close) - 1 - elapsed);
            if (_latest < _earliest)
                _latest = _earliest + length;
        }
    }

    /// <summary>Takes in what a finished bar of a reply says.</summary>
    public void NoteFinished(long close)
    {
        lock (_gate)
        {
            NotePassed(close, Elapsed);
            if (_latest < _earliest)
                _latest = _earliest;
        }
    }

    private void NotePassed(long instant, long elapsed) => _earliest = Math.Max(_earliest ?? long.MinValue, instant - elapsed);

    private long LocalStart(long elapsed) => timeProvider.GetUtcNow().ToUnixTimeMilliseconds() - elapsed;
}
