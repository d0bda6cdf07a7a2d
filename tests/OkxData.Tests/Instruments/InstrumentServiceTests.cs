using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using NUnit.Framework;
using OkxData.Diagnostics;
using OkxData.Instruments;
using OkxData.Models;
using OkxData.Tests.Http;

namespace OkxData.Tests.Instruments;

public sealed class InstrumentServiceTests
{
    private readonly FakeLogger<InstrumentService> _logger = new();

    [SetUp]
    public void Forget() => _logger.Collector.Clear();

    [TestCase(InstrumentType.Spot, "SPOT")]
    [TestCase(InstrumentType.Swap, "SWAP")]
    [TestCase(InstrumentType.Futures, "FUTURES")]
    [TestCase(InstrumentType.Margin, "MARGIN")]
    public async Task GetAsync_Type_IsAskedForAndCountedByItself(InstrumentType type, string word)
    {
        using var handler = new CannedHandler("""[{"instId":"A-B"}]""");

        var instruments = await UncachedServices.Instruments(handler.CreateTransport(), _logger).GetAsync(type, CancellationToken.None);

        Assert.That(handler.Asked, Is.EqualTo(new[] { ($"/api/v5/public/instruments?instType={word}", word) }));
        Assert.That(instruments.Single(), Has.Property(nameof(Instrument.Symbol)).EqualTo("A-B").And.Property(nameof(Instrument.Type)).EqualTo(type));
    }

    [TestCase(InstrumentType.Option, "InstrumentType.Option")]
    [TestCase(InstrumentType.Unknown, "'Unknown'")]
    [TestCase((InstrumentType)42, "'42'")]
    [TestCase((InstrumentType)(-1), "'-1'")]
    public void GetAsync_TypeThatCannotBeListed_ThrowsAtTheCallBeforeAnythingIsSent(InstrumentType type, string named)
    {
        using var handler = new CannedHandler("[]");
        var service = UncachedServices.Instruments(handler.CreateTransport(), _logger);

        var thrown = Assert.Throws<ArgumentException>(() => { _ = service.GetAsync(type, CancellationToken.None); })!;

        Assert.That(thrown.Message, Does.Contain(named).And.Contain("ask for Spot, Swap, Futures or Margin"));
        Assert.That((thrown.ParamName, handler.Asked.Count), Is.EqualTo(("type", 0)));
    }

    [Test]
    public async Task GetAsync_ManyBadRows_AreOneWarning()
    {
        using var handler = new CannedHandler($$"""[{"instId":"A-B","state":"live"},{{string.Join(',', Enumerable.Range(0, 50).Select(i => $$"""{"instId":"X{{i}}-B","tickSz":"bad"}"""))}}]""");

        var instruments = await UncachedServices.Instruments(handler.CreateTransport(), _logger).GetAsync(InstrumentType.Spot, CancellationToken.None);

        Assert.That(instruments, Has.Count.EqualTo(1));
        var record = _logger.Collector.GetSnapshot().Single();
        Assert.That((record.Level, record.Id.Id), Is.EqualTo((LogLevel.Warning, LogEventIds.InstrumentRowsLeftOut)));
        Assert.That(record.Message, Does.StartWith("50 of 51 SPOT instruments could not be read and were left out: row 1 (X0-B): tickSz 'bad' is not a number; ").And.Not.Contain("X3-B"));
    }

    [Test]
    public async Task GetAsync_NewStates_AreOneLine()
    {
        using var handler = new CannedHandler("""[{"instId":"A-B","state":"asleep"},{"instId":"C-D","state":"live"},{"instId":"E-F","state":"dreaming"}]""");

        await UncachedServices.Instruments(handler.CreateTransport(), _logger).GetAsync(InstrumentType.Spot, CancellationToken.None);

        var record = _logger.Collector.GetSnapshot().Single();
        Assert.That((record.Level, record.Id.Id), Is.EqualTo((LogLevel.Information, LogEventIds.InstrumentStatesUnknown)));
        Assert.That(record.Message, Does.StartWith("2 SPOT instruments").And.Contain("'asleep' (A-B), 'dreaming' (E-F)"));
    }

    [Test]
    public async Task GetAsync_NothingWrong_LogsNothing()
    {
        using var handler = new CannedHandler("""[{"instId":"A-B","state":"live"}]""");

        await UncachedServices.Instruments(handler.CreateTransport(), _logger).GetAsync(InstrumentType.Spot, CancellationToken.None);

        Assert.That(_logger.Collector.Count, Is.Zero);
    }

    [Test]
    public void GetAsync_Cancelled_IsCancelled()
    {
        using var handler = new CannedHandler("[]");

        Assert.That(() => UncachedServices.Instruments(handler.CreateTransport(), _logger).GetAsync(InstrumentType.Spot, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
    }
}
