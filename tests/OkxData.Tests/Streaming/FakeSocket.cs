using System.Net.WebSockets;
using System.Text;
using System.Threading.Channels;

namespace OkxData.Tests.Streaming;

/// <summary>A socket in memory. What the client does with it is recorded; what the server does is done by the test.</summary>
internal sealed class FakeSocket(Uri address, Action<FakeSocket, string> onMessage) : WebSocket
{
    private readonly Channel<Piece> _incoming = Channel.CreateUnbounded<Piece>();
    private readonly List<byte> _sending = [];
    private readonly List<string> _messages = [];
    private readonly Lock _lock = new();
    private Piece? _rest;
    private WebSocketState _state = WebSocketState.Open;
    private WebSocketCloseStatus? _closeStatus;
    private string? _closeDescription;

    public Uri Address { get; } = address;

    /// <summary>Answered instead of the exchange, where set.</summary>
    public Action<FakeSocket, string>? Script { get; set; }

    /// <summary>Awaited before each message of the client is taken, where set.</summary>
    public Func<CancellationToken, Task>? BeforeSend { get; set; }

    public bool IsDisposed { get; private set; }

    /// <summary>Whether the client said goodbye.</summary>
    public bool HasClientClosed { get; private set; }

    public IReadOnlyList<string> Messages
    {
        get
        {
            lock (_lock)
                return [.. _messages];
        }
    }

    public override WebSocketCloseStatus? CloseStatus => _closeStatus;

    public override string? CloseStatusDescription => _closeDescription;

    public override WebSocketState State => _state;

    public override string? SubProtocol => null;

    public void Push(string text) => Push(Encoding.UTF8.GetBytes(text));

    public void Push(byte[] bytes, WebSocketMessageType type = WebSocketMessageType.Text) => _incoming.Writer.TryWrite(new Piece(bytes, type, true));

    /// <summary>Sends a message in pieces.</summary>
    public void PushInPieces(byte[] bytes, int size)
    {
        for (var at = 0; at < bytes.Length; at += size)
            PushPiece(bytes[at..Math.Min(at + size, bytes.Length)], at + size >= bytes.Length);
    }

    public void PushPiece(byte[] bytes, bool isLast) => _incoming.Writer.TryWrite(new Piece(bytes, WebSocketMessageType.Text, isLast));

    public void CloseByServer(int status, string description)
    {
        (_closeStatus, _closeDescription) = ((WebSocketCloseStatus)status, description);
        _incoming.Writer.TryWrite(new Piece([], WebSocketMessageType.Close, true));
    }

    /// <summary>The network goes away under the connection.</summary>
    public void Break() => _incoming.Writer.TryComplete(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (_rest is null)
        {
            try
            {
                _rest = await _incoming.Reader.ReadAsync(cancellationToken);
            }
            catch (ChannelClosedException exception)
            {
                _state = WebSocketState.Aborted;
                throw exception.InnerException ?? exception;
            }
            catch (OperationCanceledException)
            {
                _state = WebSocketState.Aborted;
                throw;
            }
        }

        var piece = _rest;
        if (piece.Type == WebSocketMessageType.Close)
            _state = WebSocketState.CloseReceived;
        var count = Math.Min(buffer.Length, piece.Bytes.Length);
        piece.Bytes.AsSpan(0, count).CopyTo(buffer.Span);
        _rest = count == piece.Bytes.Length ? null : piece with { Bytes = piece.Bytes[count..] };
        return new ValueWebSocketReceiveResult(count, piece.Type, _rest is null && piece.IsLast);
    }

    public override async ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        if (BeforeSend is { } wait)
            await wait(cancellationToken);
        if (_state != WebSocketState.Open)
            throw new WebSocketException(WebSocketError.InvalidState);

        _sending.AddRange(buffer.Span);
        if (!endOfMessage)
            return;

        var text = Encoding.UTF8.GetString([.. _sending]);
        _sending.Clear();
        lock (_lock)
            _messages.Add(text);
        (Script ?? onMessage)(this, text);
    }

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        HasClientClosed = true;
        _state = WebSocketState.CloseSent;
        return Task.CompletedTask;
    }

    public override void Abort() => _state = WebSocketState.Aborted;

    public override void Dispose() => IsDisposed = true;

    private sealed record Piece(byte[] Bytes, WebSocketMessageType Type, bool IsLast);
}
