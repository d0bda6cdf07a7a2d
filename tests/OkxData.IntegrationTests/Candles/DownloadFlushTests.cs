using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Candles;
using OkxData.Candles.Codecs;
using OkxData.Models;
using OkxData.TestProcess;
using OkxData.Tests.Caching;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

/// <summary>What has arrived of a series that takes long is stored every five seconds: a kill costs no more than that.</summary>
public sealed class DownloadFlushTests
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    [Test]
    public async Task GetCandlesAsync_SeriesThatTakesLong_StoresWhatHasArrivedEveryFiveSeconds()
    {
        var clock = new FakeTimeProvider(Now);
        using var replies = new Gate();
        using var store = new WatchedStore();
        using var progress = new LastReport();
        await using var host = await StartAsync(
            options =>
            {
                ListOldSymbols(options, 1);
                (options.Clock, options.Limits.Enabled) = (clock, false);
            },
            // Holding replies back is no fault of theirs.
            options => options.Resilience.AttemptTimeout = TimeSpan.FromMinutes(5),
            builder =>
            {
                NoRateLimits.Register(builder.AddCacheStore(store));
                builder.HttpClient.AddHttpMessageHandler(() => replies);
            });
        await using var download = new Download(host, Days(1_826, OldSymbols(1)) with { Progress = progress });

        foreach (var pages in (int[])[3, 2])
        {
            replies.Let(pages);
            var arrived = await progress.AfterAsync(pages);
            Assert.That(store.CandleWrites.CurrentCount, Is.Zero, "too early: each file would be written over and over");

            clock.Advance(Period);
            Assert.That(await store.CandleWrites.WaitAsync(Bound), "five seconds have passed, and nothing was stored");
            Assert.That((await store.SegmentAsync()).Candles.Length, Is.EqualTo(arrived));
        }

        replies.Let(100);
        var series = (await download.Batch.WaitAsync(Bound)).Series.Values.Single();
        Assert.That(series.Count, Is.EqualTo(1_826));
        Assert.That((await store.SegmentAsync()).Candles.Span.SequenceEqual(series.AsSpan()));
    }

    [Test]
    public async Task GetCandlesAsync_OneOfManySeriesComplete_IsStoredWithoutWaiting()
    {
        var clock = new FakeTimeProvider(Now);
        using var replies = new Gate();
        using var store = new WatchedStore();
        await using var host = await StartAsync(
            options =>
            {
                ListOldSymbols(options, 2);
                (options.Clock, options.Limits.Enabled) = (clock, false);
            },
            build: builder =>
            {
                NoRateLimits.Register(builder.AddCacheStore(store));
                builder.HttpClient.AddHttpMessageHandler(() => replies);
            });
        await using var download = new Download(host, Days(100, OldSymbols(2)));

        replies.Let(1);
        Assert.That(await store.CandleWrites.WaitAsync(Bound), "its only page has arrived, and no time has passed");
        Assert.That((await store.SegmentAsync()).Candles.Length, Is.EqualTo(100));

        replies.Let(100);
        (await download.Batch.WaitAsync(Bound)).ThrowIfAnyFailed();
    }

    /// <summary>A call that is over before the client is disposed, so that a test which fails does not wait for it.</summary>
    private sealed class Download : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();

        public Download(SimulatedClient host, CandleBatchQuery query) => Batch = host.Client.GetCandlesAsync(query, _stop.Token);

        public Task<CandleBatch> Batch { get; }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await ((Task)Batch).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _stop.Dispose();
        }
    }

    /// <summary>Holds requests back until the test lets them go.</summary>
    private sealed class Gate : DelegatingHandler
    {
        private readonly SemaphoreSlim _open = new(0);

        public void Let(int requests) => _open.Release(requests);

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await _open.WaitAsync(cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }

        protected override void Dispose(bool disposing)
        {
            _open.Dispose();
            base.Dispose(disposing);
        }
    }

    private sealed class LastReport : IProgress<CandleProgress>, IDisposable
    {
        private readonly SemaphoreSlim _reports = new(0);
        private long _bars;

        public void Report(CandleProgress value)
        {
            Volatile.Write(ref _bars, value.BarsDone);
            _reports.Release();
        }

        public async Task<long> AfterAsync(int reports)
        {
            for (var i = 0; i < reports; i++)
                Assert.That(await _reports.WaitAsync(Bound), "no page arrives");
            return Volatile.Read(ref _bars);
        }

        public void Dispose() => _reports.Dispose();
    }

    private sealed class WatchedStore : ICacheStore, IDisposable
    {
        private readonly InMemoryCacheStore _inner = new();
        private string _lastSegment = "";

        public SemaphoreSlim CandleWrites { get; } = new(0);

        public async Task<CandleSegment> SegmentAsync() => await CandleCodecs.Parquet.DecodeAsync((await _inner.ReadAsync(_lastSegment))!.Content, default);

        public ValueTask<CacheItem?> ReadAsync(string key, CancellationToken cancellationToken = default) => _inner.ReadAsync(key, cancellationToken);

        public async ValueTask<string?> WriteAsync(string key, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken = default)
        {
            var version = await _inner.WriteAsync(key, content, condition, cancellationToken);
            if (version is not null && key.EndsWith(".parquet", StringComparison.Ordinal))
            {
                _lastSegment = key;
                CandleWrites.Release();
            }

            return version;
        }

        public ValueTask<bool> RemoveAsync(string key, WriteCondition condition, CancellationToken cancellationToken = default) => _inner.RemoveAsync(key, condition, cancellationToken);

        public IAsyncEnumerable<string> ListAsync(string prefix, CancellationToken cancellationToken = default) => _inner.ListAsync(prefix, cancellationToken);

        public void Dispose() => CandleWrites.Dispose();
    }
}
