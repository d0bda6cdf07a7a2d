using OkxData.Streaming;
using OkxData.Time;

namespace OkxData.Candles.Live;

/// <summary>One series of a stream: where it stands, and when history is to be asked for what it lacks.</summary>
/// <remarks>Durations are milliseconds, instants of waiting those of <see cref="ServerClock.Elapsed"/>. Not thread-safe.</remarks>
internal sealed class LiveSeries(SeriesKey key, StreamingOptions options)
{
    /// <summary>How long after a bar's end its last push may come before it is asked for.</summary>
    private const long CloseGrace = 5_000;

    /// <summary>How long after the first push of the next bar that may still come, since pushes overtake each other.</summary>
    private const long PushGrace = 3_000;

    /// <summary>How long the first pushes are waited for.</summary>
    private const long SearchGrace = 10_000;

    private const long FirstDelay = 2_000;
    private const long MinLongestDelay = 30_000;
    private const long MaxLongestDelay = 300_000;
    private const int Slower = 3;

    private Interval? _missing;
    private long? _askedFor;
    private long _notBefore;
    private long _delay;
    private int _answers;

    public SeriesKey Key => key;

    public CandleCursor Cursor { get; } = new(key.Symbol, key.Grid);

    /// <summary>Whether a request is under way; there is never more than one.</summary>
    public bool IsAsking { get; private set; }

    /// <summary>Whether the last request failed.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>How long until history is to be asked; 0 when it is now.</summary>
    public long WaitBeforeAsking(ServerClock clock)
    {
        if (IsAsking || Cursor.Next is not { } next)
            return long.MaxValue;

        var now = clock.Now;
        _missing = Cursor.Missing(ClosedBefore(now));
        if (_missing is not { } missing)
        {
            _askedFor = null;
            return Math.Max(1, key.Grid.Add(Math.Max(next, Cursor.Newest), 1) + CloseGrace - now);
        }

        if (_askedFor != next)
        {
            var isOverdue = next < ClosedBefore(now) || missing.End > key.Grid.Add(next, 1);
            (_askedFor, _answers, _delay) = (next, 0, 0);
            _notBefore = clock.Elapsed + (isOverdue ? 0 : PushGrace);
        }

        return Math.Max(0, _notBefore - clock.Elapsed);
    }

    /// <summary>How long until OKX's newest bars are to be asked for, since neither pushes nor the local clock tell where to begin; 0 when it is now.</summary>
    public long WaitBeforeSearching(ServerClock clock) => IsAsking ? long.MaxValue : Math.Max(0, Math.Max(_notBefore, SearchGrace) - clock.Elapsed);

    /// <summary>Asks for the newest bars, wherever they are: around the present, by a clock that may be wrong by hours.</summary>
    public RefillRequest AskForNewest(ServerClock clock)
    {
        var now = key.Grid.Floor(clock.Now);
        IsAsking = true;
        return new RefillRequest
        {
            Openings = new Interval(key.Grid.Add(now, -CandleEndpoints.PageSize / 2), key.Grid.Add(now, CandleEndpoints.PageSize / 2)),
            BegunBefore = now,
            Source = CandleSource.Recent,
            IsJudging = false,
            HasRest = false,
        };
    }

    /// <summary>The request that is due, as <see cref="WaitBeforeAsking"/> has just said; it counts as under way until <see cref="NoteAnswer"/> or <see cref="NoteFailure"/>.</summary>
    public RefillRequest Ask(ServerClock clock, DateTimeOffset localNow)
    {
        var now = clock.Now;
        var missing = _missing ?? throw new InvalidOperationException($"Nothing is missing of {key}; this is a fault of the library, please report it.");
        var begunBefore = key.Grid.Add(Math.Max(Cursor.Newest, key.Grid.Floor(now)), 1);
        var judgedBefore = clock.Passed is { } passed ? key.Grid.Floor(passed - (long)options.MissingCandleAfter.TotalMilliseconds) : long.MinValue;
        var isJudging = _answers > 0 && judgedBefore > missing.Start;
        IsAsking = true;
        return new RefillRequest
        {
            Openings = isJudging ? missing with { End = Math.Min(begunBefore, key.Grid.Add(missing.Start, CandleEndpoints.PageSize)) } : missing,
            BegunBefore = begunBefore,
            Source = isJudging || !IsRecent(missing.Start, now) || _answers % 2 == 1 ? CandleSource.History : CandleSource.Recent,
            IsJudging = isJudging,
            JudgedBefore = judgedBefore,
            SilentBefore = key.Grid.Floor(Math.Min(clock.Passed ?? now, localNow.ToUnixTimeMilliseconds()) - (long)CandleEndpoints.HistoryLag.TotalMilliseconds),
        };
    }

    /// <summary>Says that the answer has been taken in.</summary>
    public void NoteAnswer(ServerClock clock)
    {
        (IsAsking, HasFailed) = (false, false);

        // What came brought the series on as far as it could. What is missing now has been asked for once already.
        if (Cursor.Next is null || Cursor.Next != _askedFor)
            (_askedFor, _answers, _delay) = (Cursor.Next, 0, 0);
        _answers++;
        _notBefore = clock.Elapsed + NextDelay(clock);
    }

    public void NoteFailure(ServerClock clock)
    {
        (IsAsking, HasFailed) = (false, true);
        _notBefore = clock.Elapsed + NextDelay(clock);
    }

    private long NextDelay(ServerClock clock)
    {
        var (opening, following) = (Cursor.Next ?? 0, key.Grid.Add(Cursor.Next ?? 0, 1));
        var longest = Math.Clamp((following - opening) / 60, MinLongestDelay, MaxLongestDelay);
        _delay = _delay == 0 ? FirstDelay : Math.Min(longest, _delay * Slower);

        // Once newer candles say more than waiting does, it is asked without delay.
        var untilJudged = clock.Passed is { } passed ? following + (long)options.MissingCandleAfter.TotalMilliseconds - passed : long.MaxValue;
        return _answers > 0 && untilJudged > 0 ? Math.Min(_delay, Math.Max(untilJudged, FirstDelay)) : _delay;
    }

    /// <summary>The first opening whose bar may still form or have its last push under way.</summary>
    private long ClosedBefore(long now) => key.Grid.Floor(now - CloseGrace);

    private bool IsRecent(long opening, long now) => opening >= key.Grid.Add(key.Grid.Floor(now), 1 - CandleEndpoints.RecentBars);
}
