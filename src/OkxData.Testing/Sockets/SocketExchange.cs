using System.Net;
using System.Net.WebSockets;
using System.Text;
using OkxData.Testing.Market;
using OkxData.Testing.Series;
using OkxData.Testing.Virtual;

namespace OkxData.Testing.Sockets;

/// <summary>The WebSocket half of the exchange: who is connected, what each has subscribed to, and what is answered.</summary>
internal sealed class SocketExchange : IDisposable
{
    private const int TooLong = (int)WebSocketCloseStatus.MessageTooBig;
    private const int NoData = 4004;

    private readonly List<SocketConnection> _connections = [];
    private readonly SymbolBook _symbols;
    private readonly SimulatorSocketOptions _options;
    private readonly Bustle _bustle;
    private readonly Timeline _timeline;
    private readonly FrameWriter _writer = new();
    private readonly FeedBook _feeds;

    public SocketExchange(SymbolBook symbols, DefectBook defects, SimulatorSocketOptions options, TimeProvider clock, Bustle bustle)
    {
        (_symbols, _options, _bustle) = (symbols, options, bustle);
        _timeline = new Timeline(clock);
        Log = new SocketLog(clock);
        _feeds = new FeedBook(new PushDesk(symbols, defects, options, _timeline, _writer));
    }

    public SocketLog Log { get; }

    public int MaxMessageBytes => _options.MaxMessageBytes;

    /// <summary>Whether new connections are refused, as while the socket servers are down.</summary>
    public bool RefuseConnections { get; set; }

    /// <summary>Whether all that is due was done, and every client in memory has taken what it was sent.</summary>
    public bool IsQuiet => _timeline.IsIdle && Snapshot().All(connection => connection.IsQuiet);

    public static bool IsPath(string path) => path is SimulatorPaths.PublicSocket or SimulatorPaths.BusinessSocket;

    /// <summary>Decides on a handshake; the status of the entry is 101 where it is taken.</summary>
    public SocketEntry Arrive(string path) => Log.Arrive(path, recent =>
        RefuseConnections ? (int)HttpStatusCode.ServiceUnavailable
        : _options.EnforceLimits && recent >= _options.ConnectionsPerSecond ? (int)HttpStatusCode.TooManyRequests
        : (int)HttpStatusCode.SwitchingProtocols);

    /// <summary>The connection of a handshake that was taken.</summary>
    public SocketConnection Open(SocketEntry entry, Func<SocketConnection, ISocketLink> connect)
    {
        _bustle.Note();
        var connection = new SocketConnection(entry.Number, entry.Path, entry);
        connection.Link = connect(connection);
        _timeline.Post(now =>
        {
            connection.LastActive = now;
            lock (_connections)
                _connections.Add(connection);
            WatchIdle(connection);
        });
        return connection;
    }

    /// <summary>The client has sent a whole message.</summary>
    public void Receive(SocketConnection connection, ReadOnlyMemory<byte> message)
    {
        _bustle.Note();
        _timeline.Post(now => Answer(connection, message, now));
    }

    /// <summary>The client has sent more than is taken.</summary>
    public void ReceiveTooLong(SocketConnection connection) =>
        _timeline.Post(_ => Close(connection, (WebSocketCloseStatus)TooLong, "The message is too long."));

    /// <summary>The client has left.</summary>
    public void Leave(SocketConnection connection)
    {
        _bustle.Note();
        _timeline.Post(_ =>
        {
            connection.Abort();
            Forget(connection, null);
        });
    }

    /// <summary>The client has closed its half; the exchange closes the other.</summary>
    public void LeaveInOrder(SocketConnection connection) =>
        _timeline.Post(_ => Close(connection, WebSocketCloseStatus.NormalClosure, ""));

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
            connection.Abort();
        _writer.Dispose();
    }

    private SocketConnection[] Snapshot()
    {
        lock (_connections)
            return [.. _connections];
    }

    private void Answer(SocketConnection connection, ReadOnlyMemory<byte> message, long now)
    {
        if (!connection.IsOpen || connection.IsSilent)
            return;

        if (message.Length > _options.MaxMessageBytes)
        {
            Close(connection, (WebSocketCloseStatus)TooLong, "The message is too long.");
            return;
        }

        var text = Encoding.UTF8.GetString(message.Span);
        if (text == "ping")
        {
            Log.Receive(connection.Entry, text, isRequest: false);
            Reply(connection, FrameWriter.Pong, now);
            return;
        }

        var request = SocketRequest.Parse(message);
        var isRequest = request?.Operation is "subscribe" or "unsubscribe" or "login";
        Log.Receive(connection.Entry, text, isRequest);
        if (request is null)
            Refuse(connection, "60012", $"Invalid request: {text}", null, now);
        else if (!isRequest)
            Refuse(connection, "60019", $"Invalid op: {request.Operation}", request.Id, now);
        else if (!connection.Count(now, _options.RequestsPerHour) && _options.EnforceLimits)
            Refuse(connection, "60014", "Requests too frequent", request.Id, now);
        else if (request.Operation == "login")
            Refuse(connection, "60009", "Login failed.", request.Id, now);
        else if (request.Topics is null)
            Refuse(connection, "60013", "Invalid args", request.Id, now);
        else
            Serve(connection, request, now);
    }

    private void Serve(SocketConnection connection, SocketRequest request, long now)
    {
        foreach (var topic in request.Topics!)
        {
            if (!Has(connection.Path, topic, now))
            {
                Refuse(connection, "60018", $"Wrong URL or channel:{topic.Channel},instId:{topic.Symbol} doesn't exist. Please use the correct URL, channel and parameters referring to API document.", request.Id, now);
                continue;
            }

            Reply(connection, _writer.Acknowledgement(request.Operation, topic, IdOf(request.Id), IdOf(connection)), now);
            if (request.Operation == "subscribe")
                Subscribe(connection, topic, now);
            else
                Unsubscribe(connection, topic);
        }
    }

    private bool Has(string path, SocketTopic topic, long now)
    {
        var isHere = path == SimulatorPaths.PublicSocket ? topic.Channel == "tickers" : FeedBook.BarOf(topic.Channel) is not null;
        return isHere && _symbols.Find(topic.Symbol)?.IsListedAt(new DateTimeOffset(now, TimeSpan.Zero)) == true;
    }

    private void Subscribe(SocketConnection connection, SocketTopic topic, long now)
    {
        if (!connection.Topics.Add(topic))
            return;

        Log.Subscribe(connection.Entry, topic);
        _feeds.Add(topic, connection, now);
    }

    private void Unsubscribe(SocketConnection connection, SocketTopic topic)
    {
        if (!connection.Topics.Remove(topic))
            return;

        Log.Unsubscribe(connection.Entry, topic);
        _feeds.Remove(topic, connection);
    }

    private void Refuse(SocketConnection connection, string code, string message, string? id, long now) =>
        Reply(connection, _writer.Error(code, message, IdOf(id), IdOf(connection)), now);

    private static void Reply(SocketConnection connection, Frame frame, long now)
    {
        connection.LastActive = now;
        connection.Send(frame);
    }

    private string? IdOf(string? requestId) => _options.EchoRequestId ? requestId : null;

    private string? IdOf(SocketConnection connection) => _options.SendConnectionId ? connection.Id : null;

    private void WatchIdle(SocketConnection connection)
    {
        var due = connection.LastActive + _options.IdleTimeout.Ticks;
        _timeline.Plan(due, now =>
        {
            if (!connection.IsOpen)
                return;

            if (now - connection.LastActive >= _options.IdleTimeout.Ticks)
                Close(connection, (WebSocketCloseStatus)NoData, "No data received in 30s.");
            else
                WatchIdle(connection);
        });
    }

    private void Close(SocketConnection connection, WebSocketCloseStatus status, string reason)
    {
        connection.Close(status, reason);
        Forget(connection, status);
    }

    private void Forget(SocketConnection connection, WebSocketCloseStatus? status)
    {
        foreach (var topic in connection.Topics)
            _feeds.Remove(topic, connection);
        connection.Topics.Clear();
        lock (_connections)
            _connections.Remove(connection);
        Log.End(connection.Entry, status);
    }
}
