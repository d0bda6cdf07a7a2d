using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NUnit.Framework;
using OkxData.Diagnostics;
using OkxData.Models;
using OkxData.Tests.Http;
using OkxData.Tickers;

namespace OkxData.Tests.Tickers;

public sealed class TickerServiceTests
{
    private const string Sound = """{"instId":"A-B","last":"1","ts":"0","vol24h":"5","volCcy24h":"7"}""";
    private readonly FakeLogger<TickerService> _logger = new();

    [SetUp]
    public void Forget() => _logger.Collector.Clear();

    [TestCase(InstrumentType.Spot, "SPOT")]
    [TestCase(InstrumentType.Swap, "SWAP")]
    [TestCase(InstrumentType.Futures, "FUTURES")]
    [TestCase(InstrumentType.Margin, "SPOT")]
    public async Task GetAsync_Type_IsAskedForWithMarginAsSpot(InstrumentType type, string word)
    {
        using var handler = new CannedHandler($"[{Sound}]");

        var tickers = await UncachedServices.Tickers(handler.CreateTransport(), _logger).GetAsync(type, CancellationToken.None);

        Assert.That(handler.Asked, Is.EqualTo(new[] { ($"/api/v5/market/tickers?instType={word}", "") }));
        Assert.That(tickers.Single().Volume24h, Is.EqualTo(word == "SPOT" ? 7m : null));
        Assert.That(_logger.Collector.Count, Is.Zero);
    }

    [TestCase(InstrumentType.Option, "InstrumentType.Option")]
    [TestCase(InstrumentType.Unknown, "'Unknown'")]
    [TestCase((InstrumentType)42, "'42'")]
    public void GetAsync_TypeThatCannotBeListed_ThrowsAtTheCallBeforeAnythingIsSent(InstrumentType type, string named)
    {
        using var handler = new CannedHandler("[]");
        var service = UncachedServices.Tickers(handler.CreateTransport(), _logger);

        var thrown = Assert.Throws<ArgumentException>(() => { _ = service.GetAsync(type, CancellationToken.None); })!;

        Assert.That((thrown.ParamName, handler.Asked.Count), Is.EqualTo(("type", 0)));
        Assert.That(thrown.Message, Does.Contain(named));
    }

    [Test]
    public async Task GetAsync_OddRowsOfEveryKind_AreOneLineAKind()
    {
        using var handler = new CannedHandler($$"""
            [{{Sound}}, {"instId":"NEW-B","last":"","ts":"0"}, {"instId":"N2-B","last":"","ts":"0"}, 5, {"instId":"ZERO-B","last":"0","ts":"0"},
             {"instId":"C-D","last":"10","bidPx":"12","askPx":"11","ts":"0"}]
            """);

        var tickers = await UncachedServices.Tickers(handler.CreateTransport(), _logger).GetAsync(InstrumentType.Spot, CancellationToken.None);

        Assert.That(tickers.Select(ticker => ticker.Symbol), Is.EqualTo(new[] { "A-B", "C-D" }));
        Assert.That(_logger.Collector.GetSnapshot().Select(record => (record.Level, record.Id.Id, record.Message)), Is.EqualTo(new[]
        {
            (LogLevel.Warning, LogEventIds.TickerRowsLeftOut, "2 of 6 SPOT tickers could not be used and were left out: row 3: it is Number, not an object; row 4: ZERO-B 1970-01-01T00:00:00Z: the price 0 is zero or less"),
            (LogLevel.Information, LogEventIds.TickersWithoutPrice, "2 of 6 SPOT tickers have no price yet and were left out: NEW-B, N2-B"),
            (LogLevel.Information, LogEventIds.TickerFindings, "1 finding(s) about SPOT tickers: [ticker.crossed] C-D 1970-01-01T00:00:00Z: the bid 12 is above the ask 11"),
        }));
    }
}
