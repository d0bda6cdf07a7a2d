using System.Net;
using System.Net.WebSockets;

namespace OkxData.Streaming;

/// <summary>The default: the platform's own WebSocket, over HTTP/1.1 and through the proxy that the environment names.</summary>
internal sealed class ClientWebSocketConnector : IWebSocketConnector
{
    private static readonly string UserAgent = $"OkxData/{typeof(ClientWebSocketConnector).Assembly.GetName().Version?.ToString(3)}";

    public async Task<WebSocket> ConnectAsync(Uri address, CancellationToken cancellationToken = default)
    {
        var socket = new ClientWebSocket();
        try
        {
            // OKX asks for a text frame of its own, which the streams send, and does not count control frames.
            socket.Options.KeepAliveInterval = TimeSpan.Zero;
            socket.Options.HttpVersion = HttpVersion.Version11;
            socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
            socket.Options.SetRequestHeader("User-Agent", UserAgent);
            await socket.ConnectAsync(address, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
