using OkxData.Time;

namespace OkxData.Candles.Live;

/// <summary>What time it is at OKX, as its rows tell: a bar that forms has begun and has not ended, one that is finished has ended.</summary>
/// <remarks>
/// The local clock may be wrong by hours; here it only chooses between the bounds that the rows leave. All of it decides when
/// to ask, never whether a candle is finished. Thread-safe. Instants are Unix milliseconds.
/// </remarks>
internal sealed class ServerClock(TimeProvider timeProvider, BarGrid grid)
{
    /// <summary>How long an instant to begin with is looked for; then the rows have to do, whatever they say.</summary>
    private const long LongestSearch = 30_000;

    private readonly Lock _gate = new();
    private readonly long _startedAt = timeProvider.GetTimestamp();
    private long? _earliest; // bounds of the instant at which this clock was started
    private long? _latest;
    private long? _likelyLatest; // by what was pushed, be it with a subscription; a reply may come when that is long past

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

    /// <summary>The best guess of the instant at which this clock was started; <see langword="null"/> while the rows and the local clock leave it open.</summary>
    public long? Start
    {
        get
        {
            var elapsed = Elapsed;
            var local = LocalStart(elapsed);
            lock (_gate)
            {
                if (_earliest is not { } earliest)
                    return null;
                return local >= earliest && local <= (_latest ?? _likelyLatest) ? local
                    : _latest is { } latest ? Math.Max(earliest, Math.Min(latest, _likelyLatest ?? latest))
                    : elapsed >= LongestSearch ? _likelyLatest : null;
            }
        }
    }

    /// <summary>Takes in what a row that has just been pushed says.</summary>
    /// <param name="opening">Its opening.</param>
    /// <param name="isFinished">Whether it is finished.</param>
    /// <param name="isNews">Whether it was pushed because something happened, not because somebody subscribed; then the bar was the newest at that time.</param>
    public void NotePush(long opening, bool isFinished, bool isNews)
    {
        var elapsed = Elapsed;
        var close = grid.Add(opening, 1);
        lock (_gate)
        {
            NotePassed(isFinished ? close : opening, elapsed);
            var latest = (isFinished ? grid.Add(close, 1) : close) - 1 - elapsed;
            _likelyLatest = Math.Max(_likelyLatest ?? long.MinValue, latest);
            NoteLatest(latest, isNews);
        }
    }

    /// <summary>Takes in what a finished bar of a reply says.</summary>
    /// <param name="opening">Its opening.</param>
    /// <param name="isNewest">Whether the newest bars were asked for and it is the newest finished one of them.</param>
    public void NoteFinished(long opening, bool isNewest = false)
    {
        var elapsed = Elapsed;
        var close = grid.Add(opening, 1);
        lock (_gate)
        {
            NotePassed(close, elapsed);
            NoteLatest(isNewest ? grid.Add(close, 1) - 1 - elapsed : long.MaxValue, isNewest);
        }
    }

    private void NotePassed(long instant, long elapsed) => _earliest = Math.Max(_earliest ?? long.MinValue, instant - elapsed);

    // Rows that were delayed say less than they seem to; where the bounds cross, the earlier one is the one to trust.
    private void NoteLatest(long latest, bool isSure)
    {
        if (isSure)
            _latest = Math.Min(_latest ?? long.MaxValue, latest);
        if (_latest < _earliest)
            _latest = _earliest + grid.ShortestStep;
    }

    private long LocalStart(long elapsed) => timeProvider.GetUtcNow().ToUnixTimeMilliseconds() - elapsed;
}
