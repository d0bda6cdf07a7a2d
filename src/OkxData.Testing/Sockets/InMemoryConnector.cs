using System.Net;
using System.Net.WebSockets;
using OkxData.Streaming;

namespace OkxData.Testing.Sockets;

/// <summary>Connects to the exchange without a network.</summary>
internal sealed class InMemoryConnector(SocketExchange exchange, Func<CancellationToken, Task> crossWire) : IWebSocketConnector
{
    public async Task<WebSocket> ConnectAsync(Uri address, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(address);
        await crossWire(cancellationToken).ConfigureAwait(false);
        var path = address.AbsolutePath;
        if (!SocketExchange.IsPath(path))
            throw new WebSocketException(WebSocketError.NotAWebSocket, "The server returned status code '404' when status code '101' was expected.");

        var entry = exchange.Arrive(path);
        await crossWire(cancellationToken).ConfigureAwait(false);
        if (entry.Status == 0)
            throw new WebSocketException(WebSocketError.Faulted, "Unable to connect to the remote server.");
        if (entry.Status != (int)HttpStatusCode.SwitchingProtocols)
            throw new WebSocketException(WebSocketError.NotAWebSocket, $"The server returned status code '{entry.Status}' when status code '101' was expected.");

        InMemoryWebSocket? socket = null;
        exchange.Open(entry, connection => (socket = new InMemoryWebSocket(exchange, connection)).Inbox);
        return socket!;
    }
}
