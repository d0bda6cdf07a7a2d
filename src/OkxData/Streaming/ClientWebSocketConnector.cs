using System.Net;
using System.Net.WebSockets;

namespace OkxData.Streaming;

/// <summary>The default: the platform's own WebSocket, over HTTP/1.1 and through the proxy that the environment names; to this machine it goes by itself.</summary>
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

            // What is open goes on without the handler.
            using var invoker = new HttpMessageInvoker(OneTry(address));
            await socket.ConnectAsync(address, invoker, cancellationToken).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Asks OKX once: the platform's own handler asks up to four times where the connection ends without an answer, and OKX counts each.</summary>
    private static SocketsHttpHandler OneTry(Uri address)
    {
        var tries = 0;
        return new SocketsHttpHandler
        {
            // A proxy that the environment names may be another machine, to which this one's loopback is its own.
            UseProxy = !address.IsLoopback,
            AllowAutoRedirect = false,
            UseCookies = false,
            PlaintextStreamFilter = (context, _) =>

                // A proxy is asked for the way first.
                context.InitialRequestMessage.Method != HttpMethod.Connect && Interlocked.Increment(ref tries) > 1
                    ? throw new WebSocketException("The connection ended before the host had answered.")
                    : new ValueTask<Stream>(context.PlaintextStream),
        };
    }
}
