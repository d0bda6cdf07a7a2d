using OkxData.Models;
using OkxData.Testing;
using OkxData.Time;

using NUnit.Framework;

namespace OkxData.IntegrationTests.Streaming;

/// <summary>What a stream of candles gave to its reader, to be judged by the simulator's own record.</summary>
internal sealed class StreamedCandles : IAsyncDisposable
{
    private readonly CancellationTokenSource _leave = new();
    private readonly Dictionary<string, List<CandleUpdate>> _updates = [];
    private readonly HashSet<string> _behind = [];
    private readonly DateTimeOffset? _goal;
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _reading;

    /// <summary>Begins to read.</summary>
    /// <param name="client">The client.</param>
    /// <param name="query">What is streamed; symbols as OKX writes them.</param>
    /// <param name="goal">The opening that <see cref="ReachedAsync"/> waits for.</param>
    public StreamedCandles(IOkxMarketClient client, CandleStreamQuery query, DateTimeOffset? goal = null)
    {
        _goal = goal;
        foreach (var symbol in query.Symbols)
        {
            _updates.Add(symbol, []);
            _behind.Add(symbol);
        }

        _reading = Task.Run(() => ReadAsync(client, query));
    }

    /// <summary>All updates of finished candles, symbol by symbol; look only when nothing more comes.</summary>
    public IReadOnlyDictionary<string, List<CandleUpdate>> Updates => _updates;

    public int LiveCount => _updates.Values.Sum(updates => updates.Count(update => update.IsLive));

    public int FetchedCount => _updates.Values.Sum(updates => updates.Count(update => !update.IsLive));

    /// <summary>Waits until every symbol has given the finished candle of the goal, or a newer one; what ends the stream before comes out here.</summary>
    public async Task ReachedAsync(TimeSpan patience) =>
        await await Task.WhenAny(_reached.Task, _reading).WaitAsync(patience);

    /// <summary>Ends the stream; an error of its own comes out here.</summary>
    public async Task StopAsync()
    {
        await _leave.CancelAsync();
        try
        {
            await _reading;
        }
        catch (OperationCanceledException) when (_leave.IsCancellationRequested)
        {
            Assert.That(_reading.IsCanceled, Is.True);
        }
    }

    /// <summary>Each finished candle of each symbol once, in order, none missing, none invented; and what the exchange itself lacks is named.</summary>
    public void Judge(OkxSimulator simulator, BarSize bar, DateTimeOffset from, DateTimeOffset to, string run)
    {
        var (word, length) = bar == BarSize.OneMinute ? ("1m", TimeSpan.FromMinutes(1)) : ("5m", TimeSpan.FromMinutes(5));
        foreach (var (symbol, updates) in _updates)
        {
            var record = simulator.FinishedCandles(symbol, word, from, to);
            var given = updates.Where(update => update.Candle.OpenTime < to).ToList();
            Assert.That(given.Select(update => update.Candle), Is.EqualTo(record), $"{symbol}, {run}");

            var expected = from;
            foreach (var update in given)
            {
                UtcRange? missing = update.Candle.OpenTime > expected ? new UtcRange(expected, update.Candle.OpenTime) : null;
                Assert.That(update.MissingBefore, Is.EqualTo(missing), $"{symbol} {update.Candle.OpenTime:O}, {run}");
                expected = update.Candle.OpenTime + length;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _leave.Dispose();
    }

    private async Task ReadAsync(IOkxMarketClient client, CandleStreamQuery query)
    {
        await foreach (var update in client.StreamCandlesAsync(query, _leave.Token).ConfigureAwait(false))
        {
            if (!update.Candle.IsFinished)
                continue;

            _updates[update.Symbol].Add(update);
            if (update.Candle.OpenTime >= _goal && _behind.Remove(update.Symbol) && _behind.Count == 0)
                _reached.SetResult();
        }
    }
}
