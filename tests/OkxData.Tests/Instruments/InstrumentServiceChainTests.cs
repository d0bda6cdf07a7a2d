using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.Instruments;
using OkxData.Models;
using OkxData.Tests.Http;

namespace OkxData.Tests.Instruments;

/// <summary>The service on the whole chain, where a reply that is not whole is fetched again.</summary>
public sealed class InstrumentServiceChainTests
{
    private const string Whole = """{"data":[{"instId":"A-B","state":"live","tickSz":"0.1"},{"instId":"C-D","tickSz":["?"]}],"code":"0","msg":""}""";

    [TestCase("""{"code":"0","msg":"","data":[{"instId":"A-B","tickSz":"0.1""", TestName = "GetAsync_ReplyCutInAFigure_IsFetchedAgain")]
    [TestCase("""{"code":"0","msg":"","data":[{"instId":"A-B"},""", TestName = "GetAsync_ReplyCutBetweenRows_IsFetchedAgain")]
    [TestCase("""{"code":"0","msg":"","data":[{"instId":"A-B","skipped":[{""", TestName = "GetAsync_ReplyCutInAFieldThatIsNotRead_IsFetchedAgain")]
    [TestCase("""{"data":[{"instId":"WRONG-ROW"}],"code":"50026","msg":"System error"}""", TestName = "GetAsync_ErrorCodeAfterTheRows_IsFetchedAgain")]
    public async Task GetAsync_ReplyThatIsNotWhole_IsFetchedAgain(string first)
    {
        using var server = new StubServer(StubServer.Reply(first), StubServer.Reply(Whole));
        using var harness = new TransportHarness(server);
        var service = UncachedServices.Instruments(harness.Transport, NullLogger<InstrumentService>.Instance);

        var instruments = await harness.WaitAsync(service.GetAsync(InstrumentType.Spot, CancellationToken.None));

        Assert.That(instruments.Select(instrument => (instrument.Symbol, instrument.TickSize)), Is.EqualTo(new[] { ("A-B", (decimal?)0.1m) }));
        Assert.That(server.Sends, Is.EqualTo(2));
    }

    [Test]
    public async Task GetAsync_AnotherShapeAltogether_IsAPayloadErrorWithTheEndpoint()
    {
        using var server = new StubServer(StubServer.Reply("""{"code":"0","msg":"","data":{"rows":[]}}"""));
        using var harness = new TransportHarness(server);
        var service = UncachedServices.Instruments(harness.Transport, NullLogger<InstrumentService>.Instance);

        var thrown = (await Assert.ThrowsAsync<OkxPayloadException>(() => harness.WaitAsync(service.GetAsync(InstrumentType.Swap, CancellationToken.None))))!;

        Assert.That(thrown.Message, Does.Contain("/api/v5/public/instruments").And.Contain("SWAP instruments"));
    }
}
