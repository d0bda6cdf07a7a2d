using System.Net.WebSockets;
using OkxData.RateLimiting;

namespace OkxData.Streaming;

/// <summary>One connection, from the open socket to its end: receives, asks, and watches that it is alive.</summary>
internal sealed partial class StreamSession : IDisposable
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
    private long? _pingedAt;
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
}
