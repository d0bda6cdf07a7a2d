using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using OkxData.Caching;
using OkxData.Candles.Archive;
using OkxData.Candles.Live;
using OkxData.Models;
using OkxData.Streaming;
using OkxData.Validation;

namespace OkxData.Tests.Candles.Live;

/// <summary>Reads a stream of a <see cref="LiveMarket"/> one candle at a time, letting time pass while there is none.</summary>
internal sealed class LiveReader : IAsyncDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly LiveMarket _market;
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly IAsyncEnumerator<CandleUpdate> _updates;
    private readonly CancellationTokenSource _leave;
    private Task<bool>? _next;

    public LiveReader(LiveMarket market, CandleStreamQuery query, CandleArchive? archive = null, CacheMode mode = CacheMode.Normal, StreamingOptions? options = null, CancellationToken cancellationToken = default)
    {
        _market = market;
        _leave = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var meters = _services.GetRequiredService<IMeterFactory>();
        var logger = new FakeLogger(Log);
        var parts = new StreamParts
        {
            Subscribe = market.Subscribe,
            Ask = market.AskAsync,
            AskHistory = market.AskHistoryAsync,
            Archive = archive,
            Options = options ?? new StreamingOptions(),
            ReportFor = bar => new LiveReport(bar, new LiveMetrics(meters), new ValidationMetrics(meters), market.Clock, logger),
            TimeProvider = market.Clock,
        };
        _updates = new CandleStreamService(parts, mode).StreamAsync(query, cancellationToken).GetAsyncEnumerator(_leave.Token);
    }

    public FakeLogCollector Log { get; } = new();

    /// <summary>Begins to read, so that the stream is subscribed.</summary>
    public void Begin() => _next ??= _updates.MoveNextAsync().AsTask();

    /// <summary>Lets time pass.</summary>
    public async Task PassAsync(TimeSpan time)
    {
        Begin();
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            _market.Time.Advance(Step);
            await ThreadPoolRest.ComeAsync();
        }
    }

    /// <summary>The candle that is there by now, without letting time pass.</summary>
    public async Task<CandleUpdate?> TryReadAsync()
    {
        Begin();
        await ThreadPoolRest.ComeAsync();
        return _next!.IsCompleted ? await TakeAsync() : null;
    }

    /// <summary>The next candle; time passes until it comes.</summary>
    public async Task<CandleUpdate> ReadAsync(TimeSpan? atMost = null)
    {
        Begin();
        for (var left = atMost ?? TimeSpan.FromMinutes(10); ; left -= Step)
        {
            await ThreadPoolRest.ComeAsync();
            if (_next!.IsCompleted)
                return await TakeAsync();
            if (left <= TimeSpan.Zero)
            {
                // On a busy machine what is due by now may still be computed.
                await Task.WhenAny(_next, Task.Delay(LongestWait, TimeProvider.System));
                return _next.IsCompleted ? await TakeAsync() : throw new TimeoutException("No candle came.");
            }

            _market.Time.Advance(Step);
        }
    }

    public async Task<List<CandleUpdate>> ReadAsync(int count, TimeSpan? atMost = null)
    {
        var updates = new List<CandleUpdate>(count);
        while (updates.Count < count)
            updates.Add(await ReadAsync(atMost));
        return updates;
    }

    public async Task<Exception?> FailureAsync()
    {
        try
        {
            await ReadAsync();
            return null;
        }
        catch (Exception exception) when (exception is not TimeoutException)
        {
            return exception;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _leave.CancelAsync();
        if (_next is not null)
            await ((Task)_next).WaitAsync(LongestWait).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _updates.DisposeAsync().AsTask().WaitAsync(LongestWait);
        _leave.Dispose();
        await _services.DisposeAsync();
    }

    private async Task<CandleUpdate> TakeAsync()
    {
        var next = _next!;
        _next = null;
        return await next.WaitAsync(LongestWait) ? _updates.Current : throw new InvalidOperationException("The stream has ended.");
    }
}
