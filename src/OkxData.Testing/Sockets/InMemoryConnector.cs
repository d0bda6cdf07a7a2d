using System.Net;
using System.Net.WebSockets;
using OkxData.Streaming;
using OkxData.Testing.Serving;

namespace OkxData.Testing.Sockets;

/// <summary>Connects to the exchange without a network.</summary>
internal sealed class InMemoryConnector(SocketExchange exchange, Wire wire, TimeProvider clock) : IWebSocketConnector
{
    public async Task<WebSocket> ConnectAsync(Uri address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        await wire.CrossAsync(clock, cancellationToken).ConfigureAwait(false);
        var path = address.AbsolutePath;
        if (!SocketExchange.IsPath(path))
            throw new WebSocketException(WebSocketError.NotAWebSocket, "The server returned status code '404' when status code '101' was expected.");

        var entry = exchange.Arrive(path);
        await wire.CrossAsync(clock, cancellationToken).ConfigureAwait(false);
        if (entry.Status == 0 && exchange.Outage == OutageMode.Hang)
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken).ConfigureAwait(false);
        if (entry.Status == 0)
            throw new WebSocketException(WebSocketError.Faulted, "Unable to connect to the remote server.");
        if (entry.Status != (int)HttpStatusCode.SwitchingProtocols)
            throw new WebSocketException(WebSocketError.NotAWebSocket, $"The server returned status code '{entry.Status}' when status code '101' was expected.");

        InMemoryWebSocket? socket = null;
        exchange.Open(entry, connection => (socket = new InMemoryWebSocket(exchange, connection)).Inbox);
        return socket!;
    }
}
