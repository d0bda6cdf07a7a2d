namespace OkxData.Testing.Serving;

/// <summary>Every arrival in order, and with it the decision whether it is over the limit.</summary>
internal sealed class RequestLog
{
    private readonly Lock _gate = new();
    private readonly List<RequestEntry> _entries = [];
    private readonly Dictionary<string, int> _attempts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<TimeSpan>> _windows = new(StringComparer.Ordinal);
    private readonly SimulatorLimitOptions _limits;
    private readonly TimeProvider _clock;
    private readonly long _start;

    public RequestLog(SimulatorLimitOptions limits, TimeProvider clock)
    {
        _limits = limits;
        _clock = clock;
        _start = clock.GetTimestamp();
    }

    public int Count
    {
        get
        {
            lock (_gate)
                return _entries.Count;
        }
    }

    /// <summary>Takes the time under the lock, so that arrivals are in order and the windows are exact.</summary>
    public RequestEntry Arrive(string method, string path, string query, string scope)
    {
        lock (_gate)
        {
            var arrival = _clock.GetElapsedTime(_start);
            var key = path + query;
            var attempt = _attempts.GetValueOrDefault(key);
            _attempts[key] = attempt + 1;
            var entry = new RequestEntry
            {
                Sequence = _entries.Count,
                Method = method,
                Path = path,
                Query = query,
                ArrivedAt = _clock.GetUtcNow(),
                Arrival = arrival,
                Attempt = attempt,
                IsRefused = IsOverLimit(path, scope, arrival),
            };
            _entries.Add(entry);
            return entry;
        }
    }

    public void Answer(RequestEntry entry, Reply reply, FaultKind? fault)
    {
        var wasAnswered = reply.Manner is not (SendingManner.Reset or SendingManner.Close or SendingManner.Never);
        lock (_gate)
        {
            entry.Status = wasAnswered ? reply.Status : 0;
            entry.Code = wasAnswered ? reply.Code : "";
            entry.Fault = fault;
        }
    }

    public RecordedRequest[] Snapshot()
    {
        lock (_gate)
            return _entries.Select(entry => entry.ToRecord()).ToArray();
    }

    public int CountOf(string path)
    {
        lock (_gate)
            return _entries.Count(entry => entry.Path == path);
    }

    /// <summary>The most arrivals in any half-open window, refused ones included.</summary>
    public int MaxInAnyWindow(string path, TimeSpan window)
    {
        lock (_gate)
        {
            var recent = new Queue<TimeSpan>();
            var most = 0;
            foreach (var entry in _entries.Where(entry => entry.Path == path))
            {
                Forget(recent, entry.Arrival, window);
                recent.Enqueue(entry.Arrival);
                most = Math.Max(most, recent.Count);
            }

            return most;
        }
    }

    public void Reset()
    {
        lock (_gate)
        {
            _entries.Clear();
            _attempts.Clear();
            _windows.Clear();
        }
    }

    private bool IsOverLimit(string path, string scope, TimeSpan arrival)
    {
        if (!_limits.Enabled || !_limits.Quotas.TryGetValue(path, out var quota))
            return false;

        var key = path + "|" + scope;
        if (!_windows.TryGetValue(key, out var recent))
            _windows[key] = recent = new Queue<TimeSpan>();

        Forget(recent, arrival, quota.Window);
        var isOver = recent.Count >= quota.Permits;
        if (!isOver || _limits.CountRefused)
            recent.Enqueue(arrival);
        return isOver;
    }

    private static void Forget(Queue<TimeSpan> recent, TimeSpan now, TimeSpan window)
    {
        while (recent.TryPeek(out var oldest) && now - oldest >= window)
            recent.Dequeue();
    }
}
