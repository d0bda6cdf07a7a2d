using System.Threading.Channels;
using Microsoft.Extensions.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Moq;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Diagnostics;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Refresh;

namespace OkxData.Tests.Refresh;

/// <summary>The hosted refresh against a client whose answers the test gives, by a clock that the test moves.</summary>
[TestFixture]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class CacheRefreshServiceTests : IAsyncDisposable
{
    private static readonly DateTimeOffset Start = new(2026, 6, 15, 10, 30, 0, TimeSpan.Zero);
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(60);

    private readonly CountingClock _clock = new(Start);
    private readonly FakeLogger<CacheRefreshService> _logger = new();
    private readonly Mock<IOkxMarketClient> _client = new(MockBehavior.Strict);
    private readonly Channel<CandleBatchQuery> _asked = Channel.CreateUnbounded<CandleBatchQuery>();
    private readonly CacheRefreshOptions _options = new() { Spread = TimeSpan.Zero, History = TimeSpan.FromDays(10) };
    private readonly ServiceProvider _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private Func<CandleBatchQuery, CandleBatch> _answer = Complete;
    private CacheRefreshService? _service;

    [Test]
    public async Task ExecuteAsync_DaysPass_AsksAtOnceAndThenAMinuteAfterEachClose()
    {
        _options.Symbols.Add("btc/usdt");
        await StartAsync();

        var first = await NextAsync();
        Assert.That((first.Symbols.Single(), first.Bar, first.From, first.To), Is.EqualTo(("BTC-USDT", BarSize.OneDay, Day(5), (DateTimeOffset?)Day(15))));
        for (var day = 16; day < 19; day++)
        {
            await PassUntilAsync(Day(day));
            await NothingIsAskedAsync("the close itself is too early");
            await PassUntilAsync(Day(day) + _options.Delay + TimeSpan.FromSeconds(1));

            var next = await NextAsync();
            Assert.That((next.From, next.To), Is.EqualTo((Day(day - 10), (DateTimeOffset?)Day(day))));
        }
    }

    [Test]
    public async Task ExecuteAsync_Top_FollowsTheRanking()
    {
        (_options.Top, _options.QuoteCurrency) = (2, "USDC");
        _options.Symbols.Add("ETH-USDT");
        _client.SetupSequence(client => client.GetMarketCapRankingAsync(It.Is<MarketCapQuery>(query => query.Top == 2 && query.QuoteCurrency == "USDC"), It.IsAny<CancellationToken>()))
            .ReturnsAsync(Ranking("BTC-USDC", "SOL-USDC"))
            .ThrowsAsync(new OkxTransportException("no source answers"))
            .ReturnsAsync(Ranking("BTC-USDC", "XRP-USDC"));
        await StartAsync();

        Assert.That((await NextAsync()).Symbols, Is.EquivalentTo(new[] { "ETH-USDT", "BTC-USDC", "SOL-USDC" }));
        await PassUntilAsync(Day(16).AddMinutes(2));
        await LoggedAsync(LogEventIds.RefreshFailing);
        await PassUntilAsync(Day(16).AddMinutes(5));
        Assert.That((await NextAsync()).Symbols, Is.EquivalentTo(new[] { "ETH-USDT", "BTC-USDC", "XRP-USDC" }));
    }

    [Test]
    public async Task ExecuteAsync_Outage_IsRepeatedWithPausesAndLoggedOnce([Values] bool stale)
    {
        _options.Symbols.Add("BTC-USDT");
        _answer = stale ? Stale : _ => throw new OkxTransportException("down");
        await StartAsync();

        for (var tries = 1; tries < 8; tries++)
        {
            await NextAsync();
            await PassAsync(RefreshRound.PauseAfter(tries) - TimeSpan.FromSeconds(1));
            await NothingIsAskedAsync("too soon");
            if (tries == 7)
                _answer = Complete;
            await PassAsync(TimeSpan.FromSeconds(2));
        }

        await NextAsync();
        await LoggedAsync(LogEventIds.RefreshBack);
        Assert.That(Logged(LogEventIds.RefreshFailing), Has.Count.EqualTo(1).And.All.Property(nameof(FakeLogRecord.Level)).EqualTo(LogLevel.Warning));
        Assert.That(Logged(LogEventIds.RefreshBack), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ExecuteAsync_OneIsRefused_IsLeftOutUntilTheNextCloseAndToldOfOnce()
    {
        _options.Symbols.Add("BTC-USDT");
        _options.Symbols.Add("NONE-USDT");
        _answer = query => CandleBatch.Create(
            [.. query.Symbols.Where(symbol => symbol != "NONE-USDT").Select(symbol => SeriesOf(symbol, query))],
            new Dictionary<string, OkxException> { ["NONE-USDT"] = new OkxApiException("Instrument ID does not exist") { Code = "51001" } });
        await StartAsync();

        await NextAsync();
        await LoggedAsync(LogEventIds.RefreshDone);
        await PassUntilAsync(Day(15).AddHours(23));
        await NothingIsAskedAsync();
        await PassUntilAsync(Day(16).AddMinutes(2));
        Assert.That((await NextAsync()).Symbols, Has.Count.EqualTo(2));
        Assert.That(Logged(LogEventIds.RefreshRefused), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task ExecuteAsync_OkxHasNoCandleYet_AsksAFewTimesAndLeavesItToTheNextClose()
    {
        _options.Symbols.Add("BTC-USDT");
        _answer = query => CandleBatch.Create([CandleSeries.Create("BTC-USDT", BarSize.OneDay, new(query.From, query.To!.Value), [], DataOrigin.Mixed)]);
        await StartAsync();

        // Whatever the service still computes when time passes, the next try only comes later.
        using var bound = new CancellationTokenSource(Bound);
        for (var tries = 0; tries < 5;)
        {
            bound.Token.ThrowIfCancellationRequested();
            if (_asked.Reader.TryRead(out _))
                tries++;
            else
                await PassAsync(TimeSpan.FromSeconds(10));
        }

        await LoggedAsync(LogEventIds.RefreshDone);
        await NothingIsAskedAsync();
    }

    [Test]
    public async Task StopAsync_CallInFlight_IsCancelledAtOnce()
    {
        _options.Symbols.Add("BTC-USDT");
        var started = new TaskCompletionSource();
        _client.Setup(client => client.GetCandlesAsync(It.IsAny<CandleBatchQuery>(), It.IsAny<CancellationToken>()))
            .Returns(async (CandleBatchQuery _, CancellationToken token) =>
            {
                started.SetResult();
                await Task.Delay(Timeout.Infinite, token);
                return CandleBatch.Create([]);
            });
        _service = Service();
        await _service.StartAsync(CancellationToken.None);
        await started.Task.WaitAsync(Bound);

        await _service.StopAsync(CancellationToken.None).WaitAsync(Bound);

        Assert.That(_service.ExecuteTask!.IsCompletedSuccessfully);
    }

    [Test]
    public async Task ExecuteAsync_CacheIsOff_SaysThatThereIsNothingToDo([Values(CacheMode.Off, CacheMode.Offline)] CacheMode mode)
    {
        _options.Symbols.Add("BTC-USDT");
        _service = Service(mode);
        await _service.StartAsync(CancellationToken.None);
        await _service.ExecuteTask!.WaitAsync(Bound);

        Assert.That(Logged(LogEventIds.RefreshPointless), Has.Count.EqualTo(1));
    }

    public async ValueTask DisposeAsync()
    {
        if (_service is not null)
            await _service.StopAsync(CancellationToken.None);
        _service?.Dispose();
        await _services.DisposeAsync();
    }

    private static DateTimeOffset Day(int day) => new(2026, 6, day, 0, 0, 0, TimeSpan.Zero);

    private static CandleBatch Complete(CandleBatchQuery query) => CandleBatch.Create([.. query.Symbols.Select(symbol => SeriesOf(symbol, query))]);

    private static CandleBatch Stale(CandleBatchQuery query) => CandleBatch.Create(
        [.. query.Symbols.Select(symbol => CandleSeries.Create(symbol, query.Bar, new(query.From, query.To!.Value), [], DataOrigin.StaleCache))]);

    private static CandleSeries SeriesOf(string symbol, CandleBatchQuery query) => CandleSeries.Create(
        symbol, query.Bar, new(query.From, query.To!.Value), [new Candle { OpenTime = query.To.Value.AddDays(-1), Open = 1, High = 1, Low = 1, Close = 1, IsFinished = true }]);

    private static MarketCapRanking Ranking(params string[] symbols) => MarketCapRanking.Create(
        [.. symbols.Select((symbol, index) => new RankedAsset { Symbol = symbol, MarketCapRank = index + 1, MarketCap = 100 - index, Price = 1, Volume24h = 1, Timestamp = Start })], Start);

    private async Task StartAsync()
    {
        _client.Setup(client => client.GetCandlesAsync(It.IsAny<CandleBatchQuery>(), It.IsAny<CancellationToken>()))
            .Returns((CandleBatchQuery query, CancellationToken _) =>
            {
                var answer = _answer;
                _asked.Writer.TryWrite(query);
                return Task.Run(() => answer(query), CancellationToken.None);
            });
        _service = Service();
        await _service.StartAsync(CancellationToken.None);
    }

    private CacheRefreshService Service(CacheMode mode = CacheMode.Normal) =>
        new(() => _client.Object, _options, mode, _clock, new RefreshMetrics(_services.GetRequiredService<System.Diagnostics.Metrics.IMeterFactory>()), _logger);

    private async Task<CandleBatchQuery> NextAsync() => await _asked.Reader.ReadAsync().AsTask().WaitAsync(Bound);

    /// <summary>Whoever asks does so before it waits again.</summary>
    private async Task NothingIsAskedAsync(string message = "")
    {
        await _clock.WaitedForAsync();
        Assert.That(_asked.Reader.TryRead(out _), Is.False, message);
    }

    /// <summary>Lets time pass once the service waits for it: what it computes in between takes real time.</summary>
    private Task PassAsync(TimeSpan time) => PassUntilAsync(_clock.GetUtcNow() + time);

    private async Task PassUntilAsync(DateTimeOffset instant)
    {
        await _clock.WaitedForAsync();
        _clock.SetUtcNow(instant);
    }

    private IReadOnlyList<FakeLogRecord> Logged(int id) => [.. _logger.Collector.GetSnapshot().Where(record => record.Id.Id == id)];

    private async Task LoggedAsync(int id)
    {
        using var bound = new CancellationTokenSource(Bound);
        while (Logged(id).Count == 0)
        {
            bound.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
