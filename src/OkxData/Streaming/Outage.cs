namespace OkxData.Streaming;

/// <summary>How long a path has not been served, and whether that was said. Guarded by the feed's lock, which the caller holds.</summary>
internal sealed class Outage : IDisposable
{
    private readonly StreamPath _path;
    private readonly StreamContext _context;
    private readonly ITimer _timer;
    private readonly Lock _lock = new();
    private long? _since;
    private bool _isSaid;
    private string _reason = "there was no connection yet";

    public Outage(StreamPath path, StreamContext context)
    {
        (_path, _context) = (path, context);
        _timer = context.TimeProvider.CreateTimer(static outage => ((Outage)outage!).Say(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How long nothing has been served, once that was said; <see langword="null"/> before and after.</summary>
    public TimeSpan? Said
    {
        get
        {
            lock (_lock)
                return _isSaid && _since is { } since ? _context.TimeProvider.GetElapsedTime(since) : null;
        }
    }

    /// <summary>Nothing is served from now on, or still not.</summary>
    public void Begin()
    {
        lock (_lock)
        {
            if (_since is not null)
                return;

            _since = _context.TimeProvider.GetTimestamp();
            _timer.Change(_context.Options.InterruptedAfter, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Keeps the latest cause.</summary>
    public void Note(string reason)
    {
        lock (_lock)
            _reason = reason;
    }

    /// <summary>Something is served.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_since is not { } since)
                return;

            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            if (_isSaid)
                StreamingLog.Back(_context.Logger, StreamPaths.NameOf(_path), _context.TimeProvider.GetElapsedTime(since));
            Forget();
        }
    }

    public void Dispose()
    {
        lock (_lock)
            Forget();
        _timer.Dispose();
    }

    private void Say()
    {
        lock (_lock)
        {
            if (_isSaid || _since is not { } since)
                return;

            var duration = _context.TimeProvider.GetElapsedTime(since);
            if (duration < _context.Options.InterruptedAfter)
            {
                // Timers fire up to 1.5 ms early.
                _timer.Change(TimeSpan.FromMilliseconds(2), Timeout.InfiniteTimeSpan);
                return;
            }

            _isSaid = true;
            _context.Metrics.Interrupted(_path, 1);
            StreamingLog.Interrupted(_context.Logger, StreamPaths.NameOf(_path), duration, _reason);
        }
    }

    private void Forget()
    {
        if (_isSaid)
            _context.Metrics.Interrupted(_path, -1);
        (_since, _isSaid) = (null, false);
    }
}
