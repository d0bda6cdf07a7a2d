using System.Net.WebSockets;
using System.Threading.Tasks.Sources;

namespace OkxData.Testing.Sockets;

/// <summary>What is on its way to a client in memory.</summary>
/// <remarks>
/// A frame completes the read that waits for it on the exchange's own thread, so that a client which reads in a loop has dealt
/// with the frame when the exchange goes on. One read at a time.
/// </remarks>
internal sealed class InMemoryInbox : ISocketLink, IValueTaskSource<ValueWebSocketReceiveResult>
{
    private readonly Lock _gate = new();
    private readonly Queue<Frame> _frames = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ManualResetValueTaskSourceCore<ValueWebSocketReceiveResult> _read;
    private CancellationTokenRegistration _giveUp;
    private Memory<byte> _target;
    private int _taken;
    private bool _isReading;

    public WebSocketCloseStatus? CloseStatus { get; private set; }

    public string? CloseDescription { get; private set; }

    /// <summary>Whether nothing will be added any more, and not for a close in order.</summary>
    public bool IsCut { get; private set; }

    public bool IsQuiet
    {
        get
        {
            lock (_gate)
                return _frames.Count == 0 && (_isReading || IsCut || CloseStatus is not null);
        }
    }

    public void Send(Frame frame) => Send(frame, null);

    public void Close(WebSocketCloseStatus status, string reason)
    {
        CloseDescription = reason;
        Send(new Frame(default, WebSocketMessageType.Close), status);
        _ended.TrySetResult();
    }

    void ISocketLink.Abort() => Cut();

    /// <summary>The connection is gone; what was sent before can still be read.</summary>
    public void Cut()
    {
        lock (_gate)
        {
            IsCut = true;
            _ended.TrySetResult();
            if (!_isReading)
                return;

            EndRead();
        }

        _read.SetException(new WebSocketException(WebSocketError.ConnectionClosedPrematurely));
    }

    public ValueTask<ValueWebSocketReceiveResult> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (_gate)
        {
            if (_isReading)
                throw new InvalidOperationException("There is already one outstanding read of this WebSocket.");
            if (_frames.Count > 0)
                return new ValueTask<ValueWebSocketReceiveResult>(Take(buffer));
            if (IsCut)
                throw new WebSocketException(WebSocketError.ConnectionClosedPrematurely);

            _read.Reset();
            _isReading = true;
            _target = buffer;
            var version = _read.Version;
            _giveUp = cancellationToken.UnsafeRegister(static (inbox, token) => ((InMemoryInbox)inbox!).GiveUp(token), this);
            return new ValueTask<ValueWebSocketReceiveResult>(this, version);
        }
    }

    /// <summary>Waits until the exchange has closed, too.</summary>
    public Task WaitForCloseAsync(CancellationToken cancellationToken) => _ended.Task.WaitAsync(cancellationToken);

    public ValueWebSocketReceiveResult GetResult(short token) => _read.GetResult(token);

    public ValueTaskSourceStatus GetStatus(short token) => _read.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _read.OnCompleted(continuation, state, token, flags);

    private void Send(Frame frame, WebSocketCloseStatus? closing)
    {
        ValueWebSocketReceiveResult result;
        lock (_gate)
        {
            if (IsCut || CloseStatus is not null)
                return;

            CloseStatus = closing;
            _frames.Enqueue(frame);
            if (!_isReading)
                return;

            result = Take(_target);
            EndRead();
        }

        _read.SetResult(result);
    }

    private void GiveUp(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_isReading)
                return;

            EndRead();
        }

        _read.SetException(new OperationCanceledException(cancellationToken));
    }

    private void EndRead()
    {
        _isReading = false;
        _target = default;
        _giveUp.Unregister();
        _giveUp = default;
    }

    private ValueWebSocketReceiveResult Take(Memory<byte> buffer)
    {
        var frame = _frames.Peek();
        var rest = frame.Content.Span[_taken..];
        if (rest.Length > buffer.Length)
        {
            rest[..buffer.Length].CopyTo(buffer.Span);
            _taken += buffer.Length;
            return new ValueWebSocketReceiveResult(buffer.Length, frame.Type, false);
        }

        rest.CopyTo(buffer.Span);
        _taken = 0;
        _frames.Dequeue();
        return new ValueWebSocketReceiveResult(rest.Length, frame.Type, frame.IsEnd);
    }
}
