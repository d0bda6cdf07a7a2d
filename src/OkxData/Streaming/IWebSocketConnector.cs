using System.Net.WebSockets;

namespace OkxData.Streaming;

/// <summary>Opens the sockets of live streams; replace it to go through a proxy, or to stand in for the network in a test.</summary>
/// <remarks>Thread-safe. The library limits how often it is called, and disposes what it gives.</remarks>
public interface IWebSocketConnector
{
    /// <summary>Opens one connection.</summary>
    /// <param name="address">Where to, such as <c>wss://ws.okx.com/ws/v5/public</c>.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The open socket; the caller's to dispose.</returns>
    /// <exception cref="WebSocketException">There is no connection to be had; it is tried again, later and later.</exception>
    Task<WebSocket> ConnectAsync(Uri address, CancellationToken cancellationToken = default);
}
