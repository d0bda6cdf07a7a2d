using System.Net;
using System.Net.WebSockets;
using OkxData.Testing.Market;
using OkxData.Testing.Series;

namespace OkxData.Testing.Sockets;

/// <summary>The WebSocket half of the exchange: who may connect, who is connected, and how connections end.</summary>
internal sealed partial class SocketExchange : IDisposable
{
    private const WebSocketCloseStatus NoData = (WebSocketCloseStatus)4004;

    private readonly List<SocketConnection> _connections = [];
    private readonly OkxSimulatorOptions _options;
    private readonly Func<DateTimeOffset, bool> _isInMaintenance;
    private readonly Func<TimeSpan> _drawLatency;
    private readonly Timeline _timeline;
    private readonly FrameWriter _writer = new();
    private readonly PushDesk _pushes;
    private readonly RequestDesk _desk;

    public SocketExchange(OkxSimulatorOptions options, SymbolBook symbols, DefectBook defects, TimeProvider clock, Func<DateTimeOffset, bool> isInMaintenance, Func<TimeSpan> drawLatency)
    {
        (_options, _isInMaintenance, _drawLatency) = (options, isInMaintenance, drawLatency);
        options.Sockets.Faults.Check();
        _timeline = new Timeline(clock);
        _drops = new[] { SimulatorPaths.PublicSocket, SimulatorPaths.BusinessSocket }.ToDictionary(path => path, path => new DropSchedule(options.Seed, path), StringComparer.Ordinal);
        Log = new SocketLog(clock);
        _pushes = new PushDesk(symbols, defects, options.Sockets, _timeline, _writer, new PushFaults(options.Seed, options.Sockets.Faults));
        _desk = new RequestDesk(symbols, options.Sockets, new FeedBook(_pushes), _pushes, Log);
    }

    public SocketLog Log { get; }

    public SimulatedPushCounts Pushes => _pushes.Counts;

    public int MaxMessageBytes => _options.Sockets.MaxMessageBytes;

    /// <summary>Whether all that is due was done, and every client in memory has taken what it was sent.</summary>
    public bool IsQuiet => _timeline.IsIdle && Snapshot().All(static connection => connection.IsQuiet);

    public static bool IsPath(string path) => path is SimulatorPaths.PublicSocket or SimulatorPaths.BusinessSocket;

    /// <summary>Decides on a handshake; the status of the entry is 101 where it is taken, and 0 where nothing is answered.</summary>
    public SocketEntry Arrive(string path) => Log.Arrive(path, (recent, now) =>
        Outage is OutageMode.Close or OutageMode.Hang ? 0
        : Outage == OutageMode.Unavailable || RefuseConnections || _isInMaintenance(now) ? (int)HttpStatusCode.ServiceUnavailable
        : _options.Sockets.EnforceLimits && recent >= _options.Sockets.ConnectionsPerSecond ? (int)HttpStatusCode.TooManyRequests
        : (int)HttpStatusCode.SwitchingProtocols);

    /// <summary>The connection of a handshake that was taken.</summary>
    public SocketConnection Open(SocketEntry entry, Func<SocketConnection, ISocketLink> connect)
    {
        var connection = new SocketConnection(entry, _timeline, _drawLatency);
        connection.Link = connect(connection);
        _timeline.Post(now =>
        {
            connection.LastActive = now;
            lock (_connections)
                _connections.Add(connection);
            WatchIdle(connection);
            PlanDrop(connection.Path, now);
        });
        return connection;
    }

    /// <summary>The client has sent a whole message.</summary>
    public void Receive(SocketConnection connection, ReadOnlyMemory<byte> message)
    {
        connection.Arrive(now =>
        {
            if (!connection.IsOpen || connection.IsSilent)
                return;

            if (message.Length > MaxMessageBytes)
                Close(connection, WebSocketCloseStatus.MessageTooBig, "The message is too long.", now);
            else
                _desk.Answer(connection, message, now);
        });
    }

    /// <summary>The client has sent more than is taken.</summary>
    public void ReceiveTooLong(SocketConnection connection) =>
        connection.Arrive(now => Close(connection, WebSocketCloseStatus.MessageTooBig, "The message is too long.", now));

    /// <summary>The client has left.</summary>
    public void Leave(SocketConnection connection)
    {
        connection.Arrive(now =>
        {
            Forget(connection, null);
            connection.Abort(now);
        });
    }

    /// <summary>The client has closed its half; the exchange closes the other.</summary>
    public void LeaveInOrder(SocketConnection connection)
    {
        connection.Arrive(now => Close(connection, WebSocketCloseStatus.NormalClosure, "", now));
    }

    /// <summary>Goes on without the clients that do not take what they were sent, until they do.</summary>
    public void Abandon()
    {
        foreach (var connection in Snapshot())
            connection.Abandon();
    }

    public void Dispose()
    {
        _timeline.Dispose();
        foreach (var connection in Snapshot())
            connection.Link?.Abort();
        _writer.Dispose();
    }

    private SocketConnection[] Snapshot()
    {
        lock (_connections)
            return [.. _connections];
    }

    private void WatchIdle(SocketConnection connection)
    {
        var timeout = _options.Sockets.IdleTimeout.Ticks;
        _timeline.Plan(connection.LastActive + timeout, now =>
        {
            if (!connection.IsOpen || connection.IsSilent)
                return;

            if (now - connection.LastActive >= timeout)
                Close(connection, NoData, "No data received in 30s.", now);
            else
                WatchIdle(connection);
        });
    }

    private void Close(SocketConnection connection, WebSocketCloseStatus status, string reason, long now)
    {
        Forget(connection, status);
        connection.Close(status, reason, now);
    }

    /// <summary>First, so that who sees the connection end finds it on record.</summary>
    private void Forget(SocketConnection connection, WebSocketCloseStatus? status)
    {
        _desk.Clear(connection);
        lock (_connections)
            _connections.Remove(connection);
        Log.End(connection.Entry, status);
    }
}
