using System.Buffers.Text;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text;
using OkxData.Streaming;

namespace OkxData.Benchmarks;

/// <summary>A socket in memory that pushes tickers: the frames are made beforehand, only the time in them is written anew, and nothing is allocated for a push.</summary>
internal sealed class TickerPump : WebSocket, IWebSocketConnector
{
    public const int Symbols = 20;

    private const int TimeDigits = 13;

    private readonly byte[][] _frames = [.. Enumerable.Range(0, Symbols).Select(Frame)];
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Permits _permits = new();
    private WebSocketState _state = WebSocketState.Open;
    private long _time = 1_700_000_000_000;

    /// <summary>How many pushes there have been.</summary>
    public long Pushed { get; private set; }

    public Task Subscribed => _subscribed.Task;

    public override WebSocketCloseStatus? CloseStatus => null;

    public override string? CloseStatusDescription => null;

    public override WebSocketState State => _state;

    public override string? SubProtocol => null;

    public static string SymbolOf(int index) => $"C{index}-USDT";

    public Task<WebSocket> ConnectAsync(Uri address, CancellationToken cancellationToken = default) => Task.FromResult<WebSocket>(this);

    /// <summary>Lets so many pushes pass.</summary>
    public void Release(int pushes) => _permits.Release(pushes);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        await _permits.WaitAsync();
        if (_state != WebSocketState.Open)
            throw new WebSocketException(WebSocketError.InvalidState);

        var frame = _frames[Pushed++ % Symbols];
        Utf8Formatter.TryFormat(++_time, frame.AsSpan(frame.Length - TimeDigits - "\"}]}".Length), out _);
        frame.CopyTo(buffer);
        return new ValueWebSocketReceiveResult(frame.Length, WebSocketMessageType.Text, endOfMessage: true);
    }

    public override ValueTask SendAsync(ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken)
    {
        _subscribed.TrySetResult();
        return ValueTask.CompletedTask;
    }

    public override Task<WebSocketReceiveResult> ReceiveAsync(ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task SendAsync(ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task CloseAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) => CloseOutputAsync(closeStatus, statusDescription, cancellationToken);

    public override Task CloseOutputAsync(WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        _state = WebSocketState.CloseSent;
        Release(1);
        return Task.CompletedTask;
    }

    public override void Abort() => _state = WebSocketState.Aborted;

    public override void Dispose() => _state = WebSocketState.Closed;

    private static byte[] Frame(int index) => Encoding.UTF8.GetBytes(
        $$"""{"arg":{"channel":"tickers","instId":"{{SymbolOf(index)}}"},"data":[{"instType":"SPOT","instId":"{{SymbolOf(index)}}","last":"29934.1","lastSz":"0.00001468","askPx":"29934.1","askSz":"0.30918743","bidPx":"29934","bidSz":"0.05181315","open24h":"31588.3","high24h":"31899.8","low24h":"29318.7","sodUtc0":"29806.5","sodUtc8":"30747","volCcy24h":"302140058.01215828","vol24h":"9935.14546361","ts":"1654166073135"}]}""");
}
