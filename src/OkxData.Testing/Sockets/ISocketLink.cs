using System.Net.WebSockets;

namespace OkxData.Testing.Sockets;

/// <summary>The wire of one connection, seen from the exchange. Nothing here waits.</summary>
internal interface ISocketLink
{
    /// <summary>Whether the client has taken all that was sent and waits for more.</summary>
    bool IsQuiet { get; }

    void Send(Frame frame);

    /// <summary>After what was sent before.</summary>
    void Close(WebSocketCloseStatus status, string reason);

    /// <summary>After what was sent before.</summary>
    void Abort();
}
