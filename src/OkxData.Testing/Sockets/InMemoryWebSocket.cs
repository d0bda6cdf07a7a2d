using System.Net.WebSockets;

namespace OkxData.Testing.Sockets;

/// <summary>A client's end of a connection that has no network.</summary>
internal sealed class InMemoryWebSocket(SocketExchange exchange, SocketConnection connection) : WebSocket
{
    private readonly Lock _gate = new();
    private readonly MemoryStream _message = new();
    private WebSocketState _state = WebSocketState.Open;

    /// <summary>What the exchange has sent.</summary>
    public InMemoryInbox Inbox { get; } = new();

    public override WebSocketState State
    {
        get
        {
            lock (_gate)
                return _state;
        }
    }

    public override WebSocketCloseStatus? CloseStatus => Inbox.CloseStatus;

    public override string? CloseStatusDescription => Inbox.CloseDescription;

    public override string? SubProtocol => null;

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        ThrowUnless(WebSocketState.Open, WebSocketState.CloseSent);
        try
        {
            var result = await Inbox.ReadAsync(buffer, cancellationToken).ConfigureAwait(false);
            if (result.MessageType == WebSocketMessageType.Close)
                Move(WebSocketState.Open, WebSocketState.CloseReceived, WebSocketState.CloseSent, WebSocketState.Closed);
            return result;
        }
        catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
        {
            // As with any WebSocket, a read that was given up ends the connection.
            Abort();
            throw;
        }
    }

    public override async Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken)
    {
        var result = await ReceiveAsync(buffer.AsMemory(), cancellationToken).ConfigureAwait(false);
        return result.MessageType == WebSocketMessageType.Close
            ? new WebSocketReceiveResult(0, WebSocketMessageType.Close, true, CloseStatus, CloseStatusDescription)
            : new WebSocketReceiveResult(result.Count, result.MessageType, result.EndOfMessage);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowUnless(WebSocketState.Open, WebSocketState.CloseReceived);
        if (Inbox.IsCut)
        {
            Abort();
            throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);
        }

        lock (_gate)
        {
            _message.Write(buffer.Span);
            if (!endOfMessage)
                return ValueTask.CompletedTask;

            exchange.Receive(connection, _message.ToArray());
            _message.SetLength(0);
        }

        return ValueTask.CompletedTask;
    }

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) =>
        SendAsync(buffer.AsMemory(), messageType, endOfMessage, cancellationToken).AsTask();

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowUnless(WebSocketState.Open, WebSocketState.CloseReceived);
        Move(WebSocketState.Open, WebSocketState.CloseSent, WebSocketState.CloseReceived, WebSocketState.Closed);
        exchange.LeaveInOrder(connection);
        return Task.CompletedTask;
    }

    public override async Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        await CloseOutputAsync(closeStatus, statusDescription, cancellationToken).ConfigureAwait(false);
        try
        {
            if (State == WebSocketState.CloseSent)
                await Inbox.WaitForCloseAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            Abort();
            throw;
        }

        Move(WebSocketState.CloseSent, WebSocketState.Closed);
    }

    public override void Abort() => End(WebSocketState.Aborted);

    public override void Dispose()
    {
        End(WebSocketState.Closed);
        GC.SuppressFinalize(this);
    }

    private void End(WebSocketState state)
    {
        lock (_gate)
        {
            if (_state is WebSocketState.Closed or WebSocketState.Aborted)
                return;
            _state = state;
        }

        Inbox.Cut();
        exchange.Leave(connection);
    }

    private void Move(params ReadOnlySpan<WebSocketState> fromTo)
    {
        lock (_gate)
        {
            for (var i = 0; i < fromTo.Length; i += 2)
            {
                if (_state == fromTo[i])
                {
                    _state = fromTo[i + 1];
                    return;
                }
            }
        }
    }

    private void ThrowUnless(WebSocketState one, WebSocketState other)
    {
        lock (_gate)
        {
            if (_state != one && _state != other)
                throw new WebSocketException(WebSocketError.InvalidState, $"The WebSocket is in an invalid state ('{_state}') for this operation. Valid states are: '{one}, {other}'");
        }
    }
}
