using System.Net;
using System.Net.WebSockets;

namespace OkxData.Testing.Sockets;

/// <summary>Every connection and message in order, for tests to judge a client by.</summary>
internal sealed class SocketLog(TimeProvider clock)
{
    private readonly Lock _gate = new();
    private readonly List<SocketEntry> _entries = [];
    private readonly List<RecordedSocketMessage> _messages = [];
    private readonly long _start = clock.GetTimestamp();

    public RecordedSocket[] Connections()
    {
        lock (_gate)
            return [.. _entries.Select(entry => entry.ToRecord())];
    }

    public RecordedSocketMessage[] Messages()
    {
        lock (_gate)
            return [.. _messages];
    }

    public SimulatedSubscription[] Subscriptions()
    {
        lock (_gate)
            return [.. _entries.Where(IsOpen).SelectMany(entry => entry.Topics.Select(topic => new SimulatedSubscription(entry.Number, topic.Channel, topic.Symbol)))];
    }

    public int OpenCount()
    {
        lock (_gate)
            return _entries.Count(IsOpen);
    }

    /// <summary>Takes the time under the lock, so that arrivals are in order and the windows are exact; <paramref name="decide"/> gets how many came within the last second.</summary>
    public SocketEntry Arrive(string path, Func<int, DateTimeOffset, int> decide)
    {
        lock (_gate)
        {
            var arrival = clock.GetElapsedTime(_start);
            var recent = 0;
            for (var i = _entries.Count - 1; i >= 0 && arrival - _entries[i].Arrival < TimeSpan.FromSeconds(1); i--)
                recent++;

            var now = clock.GetUtcNow();
            var entry = new SocketEntry { Number = _entries.Count, Path = path, ArrivedAt = now, Arrival = arrival, Status = decide(recent, now) };
            if (entry.Status != (int)HttpStatusCode.SwitchingProtocols)
                entry.EndedAt = entry.ArrivedAt;
            _entries.Add(entry);
            return entry;
        }
    }

    public void Receive(SocketEntry entry, string text, bool isRequest)
    {
        lock (_gate)
        {
            _messages.Add(new RecordedSocketMessage { Connection = entry.Number, ArrivedAt = clock.GetUtcNow(), Text = text });
            if (isRequest)
                entry.Requests.Add(clock.GetElapsedTime(_start));
        }
    }

    public void Subscribe(SocketEntry entry, SocketTopic topic)
    {
        lock (_gate)
            entry.Topics.Add(topic);
    }

    public void Unsubscribe(SocketEntry entry, SocketTopic topic)
    {
        lock (_gate)
            entry.Topics.Remove(topic);
    }

    public void End(SocketEntry entry, WebSocketCloseStatus? status)
    {
        lock (_gate)
        {
            if (!IsOpen(entry))
                return;

            entry.EndedAt = clock.GetUtcNow();
            entry.CloseCode = (int?)status;
        }
    }

    public int MaxConnectionsInAnyWindow(TimeSpan window)
    {
        lock (_gate)
            return MostIn(_entries.Select(entry => entry.Arrival), window);
    }

    public int MaxRequestsInAnyWindow(TimeSpan window)
    {
        lock (_gate)
            return _entries.Select(entry => MostIn(entry.Requests, window)).DefaultIfEmpty().Max();
    }

    public void Reset()
    {
        lock (_gate)
        {
            _messages.Clear();
            foreach (var entry in _entries)
                entry.Requests.Clear();
        }
    }

    private static bool IsOpen(SocketEntry entry) => entry.EndedAt is null;

    private static int MostIn(IEnumerable<TimeSpan> arrivals, TimeSpan window)
    {
        var recent = new Queue<TimeSpan>();
        var most = 0;
        foreach (var arrival in arrivals)
        {
            while (recent.TryPeek(out var oldest) && arrival - oldest >= window)
                recent.Dequeue();
            recent.Enqueue(arrival);
            most = Math.Max(most, recent.Count);
        }

        return most;
    }
}
