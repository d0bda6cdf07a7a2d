using OkxData.Streaming;
using OkxData.Testing.Serving;
using OkxData.Testing.Sockets;

namespace OkxData.Testing;

/// <content>The WebSocket half.</content>
public sealed partial class OkxSimulator
{
    /// <summary>Whether new WebSocket connections get HTTP 503, as while OKX's socket servers are down. Open ones stay, and REST goes on.</summary>
    public bool RefuseSockets
    {
        get => _sockets.RefuseConnections;
        set => _sockets.RefuseConnections = value;
    }

    /// <summary>Every WebSocket connection that was asked for, refused ones included, in order of arrival; a copy.</summary>
    public IReadOnlyList<RecordedSocket> Sockets => _sockets.Log.Connections();

    /// <summary>How many WebSocket connections are open, those included that are dead without the client knowing.</summary>
    public int OpenSockets => _sockets.Log.OpenCount();

    /// <summary>Every message that arrived over a WebSocket, in order; a copy.</summary>
    public IReadOnlyList<RecordedSocketMessage> SocketMessages => _sockets.Log.Messages();

    /// <summary>The subscriptions that are in force on open connections; a copy.</summary>
    public IReadOnlyList<SimulatedSubscription> Subscriptions => _sockets.Log.Subscriptions();

    /// <summary>The most WebSocket connections that arrived in any window of a length, wherever it is placed: exact.</summary>
    /// <param name="window">The length; its start is inclusive, its end exclusive.</param>
    /// <returns>The number, over all paths, refused ones included.</returns>
    public int MaxSocketsInAnyWindow(TimeSpan window) => _sockets.Log.MaxConnectionsInAnyWindow(window);

    /// <summary>The most requests (subscribe, unsubscribe and login messages) that one connection sent in any window of a length, wherever it is placed: exact.</summary>
    /// <param name="window">The length; its start is inclusive, its end exclusive.</param>
    /// <returns>The number of the busiest connection, refused ones included.</returns>
    public int MaxSocketRequestsInAnyWindow(TimeSpan window) => _sockets.Log.MaxRequestsInAnyWindow(window);

    /// <summary>A way to the WebSocket half that needs no network: by it, latency and delivery follow <see cref="Clock"/>.</summary>
    /// <returns>The connector; it looks only at the path of an address.</returns>
    public IWebSocketConnector CreateSocketConnector() => new InMemoryConnector(_sockets, token => _pipeline.CrossWireAsync(Clock, token));

    /// <summary>A way to the REST half that needs no network: the innermost handler of an <see cref="HttpClient"/>, by which latency and slow replies follow <see cref="Clock"/>.</summary>
    /// <returns>The handler; it looks only at the path and the query of an address, and its replies are not compressed.</returns>
    public HttpMessageHandler CreateHttpHandler() => new InMemoryHandler(_pipeline, _options.Faults, Clock, _bustle);
}
