using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Diagnostics;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.IntegrationTests.Live;

/// <summary>The real OKX, for those who have a network and ask for it; it says whether what the simulator pretends is so.</summary>
[Explicit("Asks the real OKX, from this machine's address.")]
[NonParallelizable]
public sealed class LiveOkxTests
{
    private readonly FakeLogCollector _log = new();
    private OkxMarketClient _client = null!;

    [SetUp]
    public void Connect()
    {
        _log.Clear();
        _client = OkxMarketClient.Create(
            options => options.Caching.Mode = CacheMode.Off,
            builder => builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(_log))));
    }

    [TearDown]
    public async Task DisconnectAsync() => await _client.DisposeAsync();

    [TestCase(InstrumentType.Spot, "BTC-USDT")]
    [TestCase(InstrumentType.Swap, "BTC-USDT-SWAP")]
    public async Task GetTickersAsync_Live_HasThePriceOfBitcoin(InstrumentType type, string symbol)
    {
        var tickers = await _client.GetTickersAsync(type);

        var bitcoin = tickers.Single(ticker => ticker.Symbol == symbol);
        Assert.That(bitcoin.Price, Is.InRange(1_000m, 10_000_000m));
        Assert.That(bitcoin.Ask, Is.GreaterThanOrEqualTo(bitcoin.Bid!.Value));
        Assert.That(bitcoin.Timestamp, Is.EqualTo(TimeProvider.System.GetUtcNow()).Within(TimeSpan.FromMinutes(1)));
        Assert.That(tickers, Has.Count.GreaterThan(100));
    }

    [TestCase(InstrumentType.Spot)]
    [TestCase(InstrumentType.Swap)]
    [TestCase(InstrumentType.Futures)]
    public async Task GetInstrumentsAsync_Live_ReadsAlmostEveryRowToTheEnd(InstrumentType type)
    {
        var instruments = await _client.GetInstrumentsAsync(type);

        Assert.That(instruments, Is.Not.Empty);
        Assert.That(instruments.Select(instrument => instrument.Type), Has.All.EqualTo(type));
        Assert.That(instruments.Count(instrument => instrument.State == InstrumentState.Live), Is.GreaterThan(instruments.Count / 2));
        Assert.That(instruments.Where(instrument => instrument.State == InstrumentState.Live).Select(instrument => instrument.TickSize), Has.None.Null);
        Assert.That(Events(LogEventIds.InstrumentRowsLeftOut), Is.Empty);
    }

    [TestCase("BTC-USDT", BarSize.OneDay)]
    [TestCase("BTC-USDT", BarSize.OneHour)]
    [TestCase("BTC-USDT-SWAP", BarSize.OneDay)]
    [TestCase("BTC-USD-SWAP", BarSize.OneDay)]
    public async Task GetCandlesAsync_Live_BothEndpointsSayTheSame(string symbol, BarSize bar)
    {
        var candles = new OneEndpoint("/api/v5/market/candles");
        var history = new OneEndpoint("/api/v5/market/history-candles");
        await using var recent = Through(candles);
        await using var old = Through(history);
        var query = QueryOf(symbol, bar, from: 600, to: 310);

        var fromCandles = await recent.GetCandlesAsync(query);
        var fromHistory = await old.GetCandlesAsync(query);

        Assert.That((candles.Requests, history.Requests), Is.Not.EqualTo((0, 0)));
        Assert.That(fromCandles, Has.Count.EqualTo(290));
        Assert.That(fromCandles.Coverage.IsComplete);
        Assert.That(fromHistory, Is.EqualTo(fromCandles));
    }

    [TestCase(BarSize.OneMinute)]
    [TestCase(BarSize.OneHour)]
    [TestCase(BarSize.SixHours)]
    [TestCase(BarSize.TwelveHours)]
    [TestCase(BarSize.OneDay)]
    [TestCase(BarSize.OneWeek)]
    [TestCase(BarSize.OneMonth)]
    public async Task GetCandlesAsync_Live_OpensOnTheUtcGridWithTheFormingOneLast(BarSize bar)
    {
        var query = QueryOf("BTC-USDT", bar, from: 20, to: 0) with { To = null, IncludeUnfinished = true };

        var series = await _client.GetCandlesAsync(query);

        Assert.That(series.Coverage.IsComplete);
        Assert.That(series.Count(candle => !candle.IsFinished), Is.LessThanOrEqualTo(1));
        Assert.That(series.Select(candle => bar.ToGrid().Floor(candle.OpenTime.ToUnixTimeMilliseconds())), Is.EqualTo(series.Select(candle => candle.OpenTime.ToUnixTimeMilliseconds())));
        Assert.That(series.Coverage.Issues.Where(issue => issue.Severity == IssueSeverity.Error), Is.Empty);
    }

    [Test]
    public async Task GetDailyCandlesAsync_Live_FiveYearsOfBitcoinAreWhole()
    {
        var series = await _client.GetDailyCandlesAsync("BTC-USDT", years: 5);

        Assert.That(series.Count, Is.GreaterThan(1_800));
        Assert.That(series.Coverage.IsComplete);
        Assert.That(series.Coverage.Issues.Where(issue => issue.Severity == IssueSeverity.Error), Is.Empty);
    }

    [Test]
    [CancelAfter(180_000)]
    public async Task GetCandlesAsync_Live_AMinuteAtTheFullRateIsNeverRefused(CancellationToken cancellationToken)
    {
        var clock = TimeProvider.System;
        var started = clock.GetTimestamp();
        var requests = 0;
        for (var hours = 0; clock.GetElapsedTime(started) < TimeSpan.FromSeconds(60); hours++)
        {
            // Old minutes for one budget, the newest day of minutes for the other.
            var end = clock.GetUtcNow().AddDays(-30).AddHours(-50 * hours);
            var old = new CandleBatchQuery { Symbols = ["BTC-USDT", "ETH-USDT", "SOL-USDT", "BTC-USDT-SWAP"], Bar = BarSize.OneMinute, From = end.AddHours(-50), To = end };
            var batches = await Task.WhenAll(
                _client.GetCandlesAsync(old, cancellationToken),
                _client.GetCandlesAsync(old with { From = clock.GetUtcNow().AddHours(-20), To = null }, cancellationToken));
            requests += batches.Sum(batch => batch.RequestsSent);
            Array.ForEach(batches, batch => batch.ThrowIfAnyFailed());
        }

        TestContext.Out.WriteLine($"{requests} requests in {clock.GetElapsedTime(started).TotalSeconds:0} s");
        Assert.That(Events(LogEventIds.RateLimitPaused), Is.Empty, "a refusal");
        Assert.That(_log.GetSnapshot().Where(record => record.Message.Contains("50011", StringComparison.Ordinal)), Is.Empty);
        Assert.That(requests, Is.GreaterThan(600), "not the full rate");
    }

    private static CandleQuery QueryOf(string symbol, BarSize bar, int from, int to)
    {
        var grid = bar.ToGrid();
        var current = grid.Floor(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        return new CandleQuery { Symbol = symbol, Bar = bar, From = UnixTime.FromMilliseconds(grid.Add(current, -from)), To = UnixTime.FromMilliseconds(grid.Add(current, -to)) };
    }

    private static OkxMarketClient Through(OneEndpoint endpoint) => OkxMarketClient.Create(
        options => options.Caching.Mode = CacheMode.Off,
        builder => builder.HttpClient.AddHttpMessageHandler(() => endpoint));

    private IEnumerable<string> Events(int id) => _log.GetSnapshot().Where(record => record.Id.Id == id).Select(record => record.Message);

    /// <summary>Sends every candle request to one endpoint, whichever was chosen; the parameters of both are the same.</summary>
    private sealed class OneEndpoint(string path) : DelegatingHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            request.RequestUri = new UriBuilder(request.RequestUri!) { Path = path }.Uri;
            return base.SendAsync(request, cancellationToken);
        }
    }
}
