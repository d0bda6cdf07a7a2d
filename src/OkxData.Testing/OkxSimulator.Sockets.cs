using System.Net.WebSockets;
using OkxData.Models;
using OkxData.Streaming;
using OkxData.Testing.Series;
using OkxData.Testing.Serving;
using OkxData.Testing.Sockets;

namespace OkxData.Testing;

/// <content>The WebSocket half.</content>
public sealed partial class OkxSimulator
{
    /// <summary>Whether new WebSocket connections get HTTP 503, as while OKX's socket servers are down. Open ones stay, and REST goes on.</summary>
    public bool RefuseSockets
    {
        get => _parts.Sockets.RefuseConnections;
        set => _parts.Sockets.RefuseConnections = value;
    }

    /// <summary>Every WebSocket connection that was asked for, refused ones included, in order of arrival; a copy.</summary>
    public IReadOnlyList<RecordedSocket> Sockets => _parts.Sockets.Log.Connections();

    /// <summary>How many WebSocket connections are open, those included that are dead without the client knowing.</summary>
    public int OpenSockets => _parts.Sockets.Log.OpenCount();

    /// <summary>Every message that arrived over a WebSocket, in order; a copy.</summary>
    public IReadOnlyList<RecordedSocketMessage> SocketMessages => _parts.Sockets.Log.Messages();

    /// <summary>The subscriptions that are in force on open connections; a copy.</summary>
    public IReadOnlyList<SimulatedSubscription> Subscriptions => _parts.Sockets.Log.Subscriptions();

    /// <summary>The most WebSocket connections that arrived in any window of a length, wherever it is placed: exact.</summary>
    /// <param name="window">The length; its start is inclusive, its end exclusive.</param>
    /// <returns>The number, over all paths, refused ones included.</returns>
    public int MaxSocketsInAnyWindow(TimeSpan window) => _parts.Sockets.Log.MaxConnectionsInAnyWindow(window);

    /// <summary>The most requests (subscribe, unsubscribe and login messages) that one connection sent in any window of a length, wherever it is placed: exact.</summary>
    /// <param name="window">The length; its start is inclusive, its end exclusive.</param>
    /// <returns>The number of the busiest connection, refused ones included.</returns>
    public int MaxSocketRequestsInAnyWindow(TimeSpan window) => _parts.Sockets.Log.MaxRequestsInAnyWindow(window);

    /// <summary>What became of the pushes.</summary>
    public SimulatedPushCounts PushCounts => _parts.Sockets.Pushes;

    /// <summary>Whether, at this instant of <see cref="Clock"/>, nothing is left to do: all pushes that were due are sent and, in memory, taken, and no request is being answered in memory.</summary>
    /// <remarks>A <see cref="VirtualClock"/> waits for this by itself. A client over the network is not waited for.</remarks>
    public bool IsQuiet => _world.IsQuiet;

    /// <summary>Changes the faults of the WebSocket half.</summary>
    /// <param name="change">Sets what is to be different; called at once.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public void SetSocketFaults(Action<SimulatorSocketFaultOptions> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        _parts.Sockets.SetFaults(change);
    }

    /// <summary>Drops open WebSocket connections, as happens by chance with <see cref="SimulatorSocketFaultOptions.MeanTimeBetweenDrops"/>.</summary>
    /// <param name="kind">How.</param>
    /// <param name="path">The path, see <see cref="SimulatorPaths"/>; <see langword="null"/> for all.</param>
    public void DropSockets(SocketDropKind kind, string? path = null) => _parts.Sockets.Drop(kind, path);

    /// <summary>Sends the notice 64008 to open connections and closes these when its time has come. OKX promises it on the public path only.</summary>
    /// <param name="path">The path; see <see cref="SimulatorPaths"/>.</param>
    /// <param name="notice">How long before the close; <see langword="null"/> for OKX's 60 seconds.</param>
    public void SendServiceUpgradeNotice(string path = SimulatorPaths.PublicSocket, TimeSpan? notice = null) =>
        _parts.Sockets.Upgrade(path, notice ?? TimeSpan.FromSeconds(60));

    /// <summary>Sends a message of any content to open connections.</summary>
    /// <param name="content">The content.</param>
    /// <param name="type">Text or binary.</param>
    /// <param name="path">The path, see <see cref="SimulatorPaths"/>; <see langword="null"/> for all.</param>
    public void SendToSockets(ReadOnlyMemory<byte> content, WebSocketMessageType type = WebSocketMessageType.Text, string? path = null) =>
        _parts.Sockets.Send(new Frame(content, type), path);

    /// <summary>The candles of an instrument that are closed now, as the exchange itself has them: whatever the wire does to them. What it lacks (<see cref="CandleDefectKind.Missing"/> in history, for good) is not among them.</summary>
    /// <param name="symbol">The instrument.</param>
    /// <param name="bar">OKX's word for the bar, such as <c>1m</c>.</param>
    /// <param name="from">The first opening, inclusive, UTC.</param>
    /// <param name="to">The end of the openings, exclusive, UTC.</param>
    /// <returns>The candles, oldest first.</returns>
    /// <exception cref="ArgumentException">There is no such instrument or bar.</exception>
    public IReadOnlyList<Candle> FinishedCandles(string symbol, string bar, DateTimeOffset from, DateTimeOffset to) =>
        new Market.CandleRecord(_parts.Symbols, _parts.Defects).Read(symbol, bar, from, to, Clock.GetUtcNow());

    /// <summary>A way to the WebSocket half that needs no network: by it, latency and delivery follow <see cref="Clock"/>.</summary>
    /// <returns>The connector; it looks only at the path of an address.</returns>
    public IWebSocketConnector CreateSocketConnector() => new InMemoryConnector(_parts.Sockets, _parts.Wire, Clock);

    /// <summary>A way to the REST half that needs no network: the innermost handler of an <see cref="HttpClient"/>, by which latency and slow replies follow <see cref="Clock"/>.</summary>
    /// <returns>The handler; it looks only at the path and the query of an address, and its replies are not compressed.</returns>
    public HttpMessageHandler CreateHttpHandler() => new InMemoryHandler(_parts.Pipeline, _parts.Wire, _parts.FaultOptions, Clock, _parts.Bustle);
}
