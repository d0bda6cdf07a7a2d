namespace OkxData.Http;

/// <summary>Whether a host answers: since when requests have been under way to it without a single answer that can be used.</summary>
/// <remarks>
/// "One too many", "busy" and "no such symbol" are answers: whoever says so is there. A silence ends with an answer, and when nobody
/// has asked for a while, so that whoever asks next finds out anew. Time for which this process stood still is none of it: a machine
/// that slept was not there to hear an answer. Thread-safe.
/// </remarks>
internal sealed class HostPulse(TimeProvider timeProvider)
{
    /// <summary>A silence that nobody has listened to for this long says nothing about now.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    /// <summary>Whoever waits looks every second; where none has looked for this long, none could.</summary>
    private static readonly TimeSpan Standstill = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private readonly LinkedList<long> _waits = [];
    private int _underWay;
    private long _lastLook;
    private long? _silentSince;
    private long _lastEnd;

    /// <summary>When an answer came last, UTC; <see langword="null"/> before the first.</summary>
    public DateTimeOffset? LastAnswer { get; private set; }

    /// <summary>How long requests have been under way without an answer; <see langword="null"/> where the last one answered, or nothing is known.</summary>
    public TimeSpan? SilentFor
    {
        get
        {
            lock (_lock)
            {
                var now = timeProvider.GetTimestamp();
                Look(now);
                return _silentSince is { } since ? timeProvider.GetElapsedTime(since, now) : null;
            }
        }
    }

    /// <summary>How long the call has waited that waits longest for the rate limit; zero where none does.</summary>
    public TimeSpan LongestWait
    {
        get
        {
            lock (_lock)
                return _waits.First is { } first ? timeProvider.GetElapsedTime(first.Value) : TimeSpan.Zero;
        }
    }

    /// <summary>The calls that failed since the last answer; <see langword="null"/> where none did.</summary>
    public HostFailure? Failure { get; private set; }

    /// <summary>A call begins to wait for the rate limit.</summary>
    public LinkedListNode<long> WaitBegins()
    {
        lock (_lock)
            return _waits.AddLast(timeProvider.GetTimestamp());
    }

    /// <summary>It waits no longer.</summary>
    public void WaitEnds(LinkedListNode<long> wait)
    {
        lock (_lock)
            _waits.Remove(wait);
    }

    /// <summary>A call ended without an answer that can be used.</summary>
    /// <param name="hasStandIn">Whether its caller held something that may stand in.</param>
    /// <param name="reason">Why.</param>
    public void CallFailed(bool hasStandIn, string reason)
    {
        lock (_lock)
            Failure = new HostFailure(Failure?.Since ?? timeProvider.GetUtcNow(), !hasStandIn || Failure is { IsUncovered: true }, reason);
    }

    /// <summary>A request goes out.</summary>
    public void Asked()
    {
        lock (_lock)
        {
            var now = timeProvider.GetTimestamp();
            Look(now);
            _silentSince ??= now;
            _underWay++;
        }
    }

    /// <summary>A request has ended.</summary>
    /// <param name="answered">Whether the host gave an answer that shows it is there.</param>
    public void Ended(bool answered)
    {
        lock (_lock)
        {
            _lastEnd = timeProvider.GetTimestamp();
            Look(_lastEnd);
            _underWay--;
            if (!answered)
                return;

            // Those that are still under way have not been answered since now.
            _silentSince = _underWay > 0 ? _lastEnd : null;
            LastAnswer = timeProvider.GetUtcNow();
            Failure = null;
        }
    }

    /// <summary>A caller went away while it waited. Where nobody else waits, that nothing was answered says nothing about the host.</summary>
    public void Abandoned()
    {
        lock (_lock)
        {
            if (_underWay == 0)
                _silentSince = null;
        }
    }

    private void Look(long now)
    {
        if (_silentSince is { } since && _underWay > 0 && timeProvider.GetElapsedTime(_lastLook, now) > Standstill)
            _silentSince = since + (now - Math.Max(_lastLook, since));
        _lastLook = now;
        if (_underWay == 0 && _silentSince is not null && timeProvider.GetElapsedTime(_lastEnd, now) > Memory)
            _silentSince = null;
    }
}
