using System.Net.WebSockets;
using System.Text;
using OkxData.Diagnostics;
using OkxData.Errors;
using OkxData.RateLimiting;

namespace OkxData.Streaming;

/// <summary>One connection, from the open socket to its end: receives, asks, and watches that it is alive.</summary>
internal sealed class StreamSession : IDisposable
{
    // OKX allows 480 an hour on a connection. The minute more is for messages that took their time.
    private static readonly RateLimitQuota RequestQuota = new(480, TimeSpan.FromMinutes(61));

    private static readonly TimeSpan SendTime = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan CloseTime = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ProofTime = TimeSpan.FromSeconds(10);
    private static readonly ReadOnlyMemory<byte> Ping = "ping"u8.ToArray();

    private readonly StreamFeed _feed;
    private readonly StreamContext _context;
    private readonly WebSocket _socket;
    private readonly SubscriptionLedger _ledger;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _work = new(0);
    private readonly SemaphoreSlim _sending = new(1);
    private readonly ITimer _timer;
    private readonly long _openedAt;
    private long _receivedAt;
    private bool _isPinged;
    private readonly TaskCompletionSource<Task> _cancelling = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _closing = Task.CompletedTask;
    private StreamLoss? _loss;

    public StreamSession(StreamFeed feed, WebSocket socket, StreamContext context)
    {
        (_feed, _socket, _context) = (feed, socket, context);
        _ledger = new SubscriptionLedger(context.TimeProvider);
        _openedAt = _receivedAt = context.TimeProvider.GetTimestamp();
        _timer = context.TimeProvider.CreateTimer(static session => ((StreamSession)session!).Check(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Completes when another connection is needed: this one has ended, or OKX has announced its end.</summary>
    public Task Outcome => _outcome.Task;

    /// <summary>Completes when nothing of it is left.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Why it ended; <see langword="null"/> until then.</summary>
    public StreamLoss? Loss => Volatile.Read(ref _loss);

    /// <summary>Whether the connection was good for something: only then is the next one opened soon again.</summary>
    public bool IsProven => _ledger.HasServed && _context.TimeProvider.GetElapsedTime(_openedAt) >= ProofTime;

    /// <summary>Whether everything asked for is served or refused. Under the feed's lock.</summary>
    public bool IsSettled => _ledger.IsSettled;

    /// <summary>Begins, under the feed's lock.</summary>
    public void Start(IEnumerable<StreamTopic> topics)
    {
        foreach (var topic in topics)
            _ledger.Want(topic);
        Signal();
        Arm();
        Completion = Task.Run(RunAsync);
    }

    /// <summary>Under the feed's lock.</summary>
    public void Want(StreamTopic topic)
    {
        _ledger.Want(topic);
        Signal();
    }

    /// <summary>Under the feed's lock.</summary>
    public void Drop(StreamTopic topic)
    {
        _ledger.Drop(topic);
        Signal();
    }

    /// <summary>Whether this connection pushes the topic. Under the feed's lock.</summary>
    public bool Serves(StreamTopic topic) => _ledger.Find(topic)?.State == SlotState.Served;

    /// <summary>Takes leave and ends; called once, under the feed's lock.</summary>
    public void Close() => _closing = Task.Run(async () =>
    {
        await SendCloseAsync().ConfigureAwait(false);
        End(StreamLoss.Closed);
    });

    /// <summary>Called by itself, when it has ended.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        _socket.Dispose();
        _stop.Dispose();
        _sending.Dispose();
        _work.Dispose();
    }

    private async Task RunAsync()
    {
        var sending = SendLoopAsync();
        await ReceiveLoopAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(false);
        _feed.OnEnded(this);
        _outcome.TrySetResult();
        await _closing.ConfigureAwait(false);
        if (_socket.State == WebSocketState.CloseReceived)
            await SendCloseAsync().ConfigureAwait(false);

        await (await _cancelling.Task.ConfigureAwait(false)).ConfigureAwait(false);
        Dispose();
    }

    private async Task ReceiveLoopAsync()
    {
        using var receiver = new FrameReceiver(_socket, Hear);
        try
        {
            while (!_stop.IsCancellationRequested)
            {
                var frame = await receiver.ReceiveAsync(_stop.Token).ConfigureAwait(false);
                if (frame.Kind == ReceivedKind.Close)
                {
                    End(StreamLoss.ByPeer(_socket));
                    return;
                }

                _context.Metrics.Received(_feed.Path);
                if (frame.Kind == ReceivedKind.Text)
                    Handle(frame.Text.Span);
                else
                    _feed.Unusable(frame.Kind == ReceivedKind.Binary ? "binary" : "oversized", default);
            }
        }
        catch (Exception exception)
        {
            End(StreamLoss.Of(exception));
        }
    }

    private async Task SendLoopAsync()
    {
        var budget = new TokenBucket(RequestQuota, _context.TimeProvider);
        await using var disposing = budget.ConfigureAwait(false);
        try
        {
            while (true)
            {
                await _work.WaitAsync(_stop.Token).ConfigureAwait(false);
                while (HasNext())
                {
                    // The message is put together after the wait, with all that came meanwhile.
                    using var lease = await budget.AcquireAsync(1, _stop.Token).ConfigureAwait(false);
                    if (Next() is { } message)
                        await SendAsync(message).ConfigureAwait(false);
                }
            }
        }
        catch (Exception exception)
        {
            End(StreamLoss.Of(exception));
        }
    }

    private bool HasNext()
    {
        lock (_feed.Gate)
            return _ledger.HasNext;
    }

    private ReadOnlyMemory<byte>? Next()
    {
        lock (_feed.Gate)
        {
            var request = _ledger.Next();
            Arm();
            return request?.ToMessage();
        }
    }

    private async Task SendAsync(ReadOnlyMemory<byte> text)
    {
        using var patience = new CancellationTokenSource(SendTime, _context.TimeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stop.Token);
        await _sending.WaitAsync(either.Token).ConfigureAwait(false);
        try
        {
            await _socket.SendAsync(text, WebSocketMessageType.Text, endOfMessage: true, either.Token).ConfigureAwait(false);
        }
        finally
        {
            _sending.Release();
        }
    }

    private async Task PingAsync()
    {
        try
        {
            await SendAsync(Ping).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            End(StreamLoss.Of(exception));
        }
    }

    private async Task SendCloseAsync()
    {
        using var patience = new CancellationTokenSource(CloseTime, _context.TimeProvider);
        try
        {
            await _sending.WaitAsync(patience.Token).ConfigureAwait(false);
            if (_socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token).ConfigureAwait(false);
            _sending.Release();
        }
        catch (Exception exception)
        {
            StreamingLog.CloseFailed(_context.Logger, exception.Message);
        }
    }

    private void Hear()
    {
        Volatile.Write(ref _receivedAt, _context.TimeProvider.GetTimestamp());
        Volatile.Write(ref _isPinged, false);
    }

    private void Handle(ReadOnlySpan<byte> text)
    {
        var frame = StreamFrame.Read(text);
        lock (_feed.Gate)
        {
            switch (frame.Kind)
            {
                case FrameKind.Push or FrameKind.Subscribed or FrameKind.Unsubscribed:
                    Take(in frame, text);
                    break;
                case FrameKind.Error:
                    TakeError(in frame);
                    break;
                case FrameKind.Notice:
                    TakeNotice(in frame);
                    break;
                case FrameKind.Malformed:
                    _feed.Unusable("malformed", text);
                    break;
            }
        }
    }

    private void Take(in StreamFrame frame, ReadOnlySpan<byte> text)
    {
        var slot = _ledger.Find(frame.Channel, frame.Symbol);
        if (slot is null)
        {
            if (frame.Kind == FrameKind.Push)
                _feed.Unusable("unknown", text);
            return;
        }

        if (frame.Kind == FrameKind.Unsubscribed)
        {
            _ledger.Leave(slot);
            Signal();
            return;
        }

        if (_ledger.Serve(slot))
        {
            _feed.OnServed(this, slot.Topic);
            Signal();
        }

        if (frame.Kind == FrameKind.Push && slot.State == SlotState.Served)
            _feed.OnPush(slot.Topic, frame.Data);
    }

    private void TakeError(in StreamFrame frame)
    {
        var (code, message) = (Clean(frame.Code), Clean(frame.Message));
        if (_ledger.Refuse(frame.Id, code, message) is { } refused)
            _feed.OnRefused(this, refused.Topic, code, message);
        else
            StreamingLog.Deferred(_context.Logger, _feed.Name, code, message);
        Signal();
        Arm();
    }

    private void TakeNotice(in StreamFrame frame)
    {
        var (code, message) = (Clean(frame.Code), Clean(frame.Message));
        StreamingLog.Noticed(_context.Logger, _feed.Name, code, message);
        if (code == OkxErrorCodes.ServiceUpgrade)
            _outcome.TrySetResult();
    }

    private void Check()
    {
        lock (_feed.Gate)
        {
            if (Loss is not null)
                return;

            var quiet = _context.TimeProvider.GetElapsedTime(Volatile.Read(ref _receivedAt));
            if (quiet >= _context.Options.DeadAfter)
                End(StreamLoss.Silent(quiet));
            else if (quiet >= _context.Options.PingAfter && !Volatile.Read(ref _isPinged))
            {
                Volatile.Write(ref _isPinged, true);
                _ = PingAsync();
            }

            if (_ledger.IsDeaf())
                End(StreamLoss.Deaf);
            Signal();
            Arm();
        }
    }

    /// <summary>Sets the timer for what is due next. Under the feed's lock.</summary>
    private void Arm()
    {
        if (Loss is not null)
            return;

        var clock = _context.TimeProvider;
        var now = clock.GetTimestamp();
        var quiet = clock.GetElapsedTime(Volatile.Read(ref _receivedAt), now);
        var wait = (Volatile.Read(ref _isPinged) ? _context.Options.DeadAfter : _context.Options.PingAfter) - quiet;
        if (_ledger.DueAt is < long.MaxValue and var due)
        {
            var forLedger = due > now ? clock.GetElapsedTime(now, due) : TimeSpan.Zero;
            wait = forLedger < wait ? forLedger : wait;
        }

        // Timers count in whole milliseconds and cut the rest off, which would wake us again and again in the last one.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Max(Math.Ceiling(wait.TotalMilliseconds), 1)), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Wakes the sender. Under the feed's lock.</summary>
    private void Signal()
    {
        if (Loss is null && _work.CurrentCount == 0)
            _work.Release();
    }

    private void End(StreamLoss loss)
    {
        // Whoever ends it may hold the feed's lock, and what is cancelled may go on at once.
        if (Interlocked.CompareExchange(ref _loss, loss, null) is null)
            _cancelling.SetResult(_stop.CancelAsync());
    }

    private static string Clean(ReadOnlySpan<byte> text) => ServerText.Clean(Encoding.UTF8.GetString(text));
}
