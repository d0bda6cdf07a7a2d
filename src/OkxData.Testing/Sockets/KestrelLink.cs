using System.Net.WebSockets;
using System.Threading.Channels;
using Microsoft.AspNetCore.Http;

namespace OkxData.Testing.Sockets;

/// <summary>A connection over a real socket: a queue of what is to be sent, and a loop for each direction.</summary>
internal sealed class KestrelLink(HttpContext context, WebSocket socket) : ISocketLink
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private readonly Channel<Func<CancellationToken, Task>> _outgoing = Channel.CreateUnbounded<Func<CancellationToken, Task>>(new() { SingleReader = true });
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What a real socket has taken cannot be told.</summary>
    public bool IsQuiet => true;

    public void Send(Frame frame) => _outgoing.Writer.TryWrite(token => socket.SendAsync(frame.Content, frame.Type, frame.IsEnd, token).AsTask());

    public void Close(WebSocketCloseStatus status, string reason)
    {
        _outgoing.Writer.TryWrite(async token =>
        {
            await socket.CloseOutputAsync(status, reason, token).ConfigureAwait(false);

            // The client answers; one that does not is cut.
            await Task.WhenAny(_closed.Task, Task.Delay(LongestFarewell, TimeProvider.System, token)).ConfigureAwait(false);
            context.Abort();
        });
        _outgoing.Writer.TryComplete();
    }

    public void Abort()
    {
        _outgoing.Writer.TryWrite(_ =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        _outgoing.Writer.TryComplete();
    }

    /// <summary>Runs the connection until either side ends it.</summary>
    public async Task RunAsync(SocketConnection connection, SocketExchange exchange, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = SendAllAsync(ending.Token);
        try
        {
            await ReceiveAllAsync(connection, exchange, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            context.Abort();
        }
        finally
        {
            _closed.TrySetResult();
            exchange.Leave(connection);
            await sending.ConfigureAwait(false);
        }
    }

    private async Task SendAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var send in _outgoing.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                await send(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsEnd(exception))
        {
            context.Abort();
        }
    }

    private async Task ReceiveAllAsync(SocketConnection connection, SocketExchange exchange, CancellationToken cancellationToken)
    {
        var buffer = new byte[exchange.MaxMessageBytes + 1];
        var length = 0;
        while (true)
        {
            var result = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (result.MessageType == WebSocketMessageType.Close)
            {
                if (socket.State == WebSocketState.CloseReceived)
                    await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellationToken).ConfigureAwait(false);
                return;
            }

            length += result.Count;
            if (length > exchange.MaxMessageBytes)
            {
                exchange.ReceiveTooLong(connection);
                length = 0;
            }
            else if (result.EndOfMessage)
            {
                exchange.Receive(connection, buffer.AsMemory(0, length).ToArray());
                length = 0;
            }
        }
    }

    private static bool IsEnd(Exception exception) => exception is WebSocketException or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException;
}
