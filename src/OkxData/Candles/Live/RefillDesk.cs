using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using OkxData.Errors;

namespace OkxData.Candles.Live;

/// <summary>The requests for what was missed that are under way beside the reader.</summary>
internal sealed class RefillDesk(CandleRefill refill, WakeSignal wake) : IAsyncDisposable
{
    /// <summary>How many are under way at once, so that the limiter's queue is left to others, too.</summary>
    private const int MaxUnderWay = 16;

    private readonly ConcurrentQueue<RefillResult> _results = [];
    private readonly Dictionary<LiveSeries, Task> _underWay = [];
    private readonly CancellationTokenSource _stop = new();

    public bool HasRoom => _underWay.Count < MaxUnderWay;

    public void Ask(LiveSeries series, RefillRequest request) => _underWay.Add(series, AskAsync(series, request));

    /// <summary>Takes a result that has come.</summary>
    public bool TryTake(out RefillResult result)
    {
        if (!_results.TryDequeue(out result))
            return false;

        _underWay.Remove(result.Series);
        return true;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Task.WhenAll(_underWay.Values).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AskAsync(LiveSeries series, RefillRequest request)
    {
        RefillResult result;
        try
        {
            result = new RefillResult(series, await refill.AskAsync(series.Key, request, _stop.Token).ConfigureAwait(false), null);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return; // the stream is over
        }
        catch (Exception failure)
        {
            result = new RefillResult(series, null, failure);
        }

        // The result first: whoever wakes finds it.
        _results.Enqueue(result);
        wake.Set();
    }
}

/// <summary>What came of a request: an answer or a failure.</summary>
internal readonly record struct RefillResult(LiveSeries Series, RefillAnswer? Answer, Exception? Failure)
{
    /// <summary>The failure, where it is OKX's or the network's; any other one is thrown.</summary>
    public OkxException? OkxFailure
    {
        get
        {
            if (Failure is not null and not OkxException)
                ExceptionDispatchInfo.Throw(Failure);
            return (OkxException?)Failure;
        }
    }
}
