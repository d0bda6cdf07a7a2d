using System.Net.WebSockets;

namespace OkxData.Testing.Sockets;

/// <summary>One connection as the exchange knows it.</summary>
internal sealed class SocketConnection(int number, string path, SocketEntry entry)
{
    private readonly Queue<long> _requests = new();
    private volatile bool _isAbandoned;

    public int Number => number;

    public string Path => path;

    public SocketEntry Entry => entry;

    /// <summary>OKX's name for it: eight hexadecimal digits.</summary>
    public string Id { get; } = (0xacc00000u + (uint)number).ToString("x8", System.Globalization.CultureInfo.InvariantCulture);

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

    /// <summary>When anything was last sent or asked, in ticks.</summary>
    public long LastActive { get; set; }

    /// <summary>When the newest frame arrives, in ticks: none overtakes another.</summary>
    public long LastArrival { get; set; }

    /// <summary>Whether one more request stays within the hour's budget; it counts either way.</summary>
    public bool Count(long now, int limit)
    {
        while (_requests.TryPeek(out var oldest) && now - oldest >= TimeSpan.TicksPerHour)
            _requests.Dequeue();
        _requests.Enqueue(now);
        return _requests.Count <= limit;
    }

    public void Abandon() => _isAbandoned = true;

    public void Send(Frame frame)
    {
        if (IsOpen && !IsSilent)
            Link?.Send(frame);
    }

    public void Close(WebSocketCloseStatus status, string reason)
    {
        if (!IsOpen)
            return;

        IsOpen = false;
        if (!IsSilent)
            Link?.Close(status, reason);
    }

    public void Abort()
    {
        if (!IsOpen)
            return;

        IsOpen = false;
        Link?.Abort();
    }
}
