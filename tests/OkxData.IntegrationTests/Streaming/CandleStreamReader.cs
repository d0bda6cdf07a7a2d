using OkxData.Models;

namespace OkxData.IntegrationTests.Streaming;

/// <summary>Reads a stream in the background, as fast as it comes unless it is held.</summary>
internal sealed class CandleStreamReader : IAsyncDisposable
{
    private readonly CancellationTokenSource _leave = new();
    private readonly Lock _gate = new();
    private readonly List<CandleUpdate> _updates = [];
    private readonly Task _reading;
    private TaskCompletionSource _hold = new();
    private int _left = int.MaxValue;

    public CandleStreamReader(OkxMarketClient client, CandleStreamQuery query) => _reading = ReadAsync(client, query);

    /// <summary>The end of the stream.</summary>
    public Task Completion => _reading;

    public List<CandleUpdate> Updates
    {
        get
        {
            lock (_gate)
                return [.. _updates];
        }
    }

    public List<CandleUpdate> Finished => [.. Updates.Where(update => update.Candle.IsFinished)];

    public Candle[] Of(string symbol) => [.. Finished.Where(update => update.Symbol == symbol).Select(update => update.Candle)];

    /// <summary>Waits in real time, for a while, until there are so many finished candles; the clock does not know how busy the machine is.</summary>
    public async Task HasAsync(int finished)
    {
        for (var waits = 0; Finished.Count < finished && !_reading.IsCompleted && waits < 5_000; waits++)
            await Task.WhenAny(_reading, Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System));
    }

    /// <summary>Waits in real time, for a while, until the stream has ended.</summary>
    public Task EndsAsync() => Task.WhenAny(_reading, Task.Delay(TimeSpan.FromSeconds(10), TimeProvider.System));

    /// <summary>Reads so many more and then no further.</summary>
    public void HoldAfter(int updates)
    {
        lock (_gate)
            _left = updates;
    }

    public void GoOn()
    {
        lock (_gate)
        {
            _left = int.MaxValue;
            _hold.TrySetResult();
            _hold = new TaskCompletionSource();
        }
    }

    public async Task LeaveAsync()
    {
        await _leave.CancelAsync();
        await _reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        GoOn();
        await LeaveAsync();
        _leave.Dispose();
    }

    private async Task ReadAsync(OkxMarketClient client, CandleStreamQuery query)
    {
        await foreach (var update in client.StreamCandlesAsync(query, _leave.Token))
        {
            Task held;
            lock (_gate)
            {
                _updates.Add(update);
                held = --_left > 0 ? Task.CompletedTask : _hold.Task;
            }

            await held.WaitAsync(_leave.Token);
        }
    }
}
