using System.Globalization;
using System.Net.WebSockets;

namespace OkxData.Testing.Sockets;

/// <summary>One connection as the exchange knows it. It changes on the timeline only.</summary>
internal sealed class SocketConnection(SocketEntry entry, Timeline timeline, Func<TimeSpan> drawLatency)
{
    private readonly Queue<long> _requests = new();
    private volatile bool _isAbandoned;
    private long _lastOut;
    private long _lastIn;

    public string Path => entry.Path;

    public SocketEntry Entry => entry;

    /// <summary>OKX's name for it: eight hexadecimal digits.</summary>
    public string Id { get; } = (0xacc00000u + (uint)entry.Number).ToString("x8", CultureInfo.InvariantCulture);

    public ISocketLink? Link { get; set; }

    public bool IsOpen { get; private set; } = true;

    /// <summary>The line is dead and neither side has been told.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Whether the client has taken what it was sent, or is known not to.</summary>
    public bool IsQuiet
    {
        get
        {
            if (Link?.IsQuiet == false)
                return _isAbandoned;

            _isAbandoned = false;
            return true;
        }
    }

    public HashSet<SocketTopic> Topics { get; } = [];

    /// <summary>When anything was last sent, in ticks.</summary>
    public long LastActive { get; set; }

    /// <summary>Whether one more request stays within the hour's budget; it counts either way.</summary>
    public bool Count(long now, int limit)
    {
        while (_requests.TryPeek(out var oldest) && now - oldest >= TimeSpan.TicksPerHour)
            _requests.Dequeue();
        _requests.Enqueue(now);
        return _requests.Count <= limit;
    }

    public void Abandon() => _isAbandoned = true;

    /// <summary>Something comes from the client; it may be called anywhere.</summary>
    public void Arrive(Action<long> action)
    {
        var now = timeline.Now;
        timeline.Plan(InOrder(ref _lastIn, now + Latency()), action);
    }

    public void Send(Frame frame, long now)
    {
        if (!IsOpen || IsSilent)
            return;

        LastActive = now;
        var latency = Latency();
        if (latency == 0 && _lastOut <= now)
            Link?.Send(frame);
        else
            timeline.Plan(InOrder(ref _lastOut, now + latency), _ => Link?.Send(frame));
    }

    /// <summary>Closes in order, after what was sent before.</summary>
    public void Close(WebSocketCloseStatus status, string reason, long now) => End(now, link => link.Close(status, reason));

    /// <summary>Breaks, after what was sent before.</summary>
    public void Abort(long now) => End(now, static link => link.Abort());

    private void End(long now, Action<ISocketLink> end)
    {
        if (!IsOpen)
            return;

        IsOpen = false;
        if (Link is not { } link || IsSilent)
            return;

        var latency = Latency();
        if (latency == 0 && _lastOut <= now)
            end(link);
        else
            timeline.Plan(InOrder(ref _lastOut, now + latency), _ => end(link));
    }

    private long Latency() => Math.Max(0, drawLatency().Ticks);

    // Nothing overtakes what was on its way before.
    private static long InOrder(ref long last, long due)
    {
        while (true)
        {
            var before = Interlocked.Read(ref last);
            var next = Math.Max(before, due);
            if (Interlocked.CompareExchange(ref last, next, before) == before)
                return next;
        }
    }
}
