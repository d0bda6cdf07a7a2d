using Microsoft.Extensions.Logging;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Diagnostics;
using OkxData.Http;
using OkxData.Models;
using OkxData.Tests.Streaming;
using OkxData.Tickers.Live;
using OkxData.Validation;

namespace OkxData.Tests.Tickers.Live;

/// <summary>Pushes whose time cannot be. The local clock is two decades behind.</summary>
[TestFixture]
internal sealed class TickerStreamTimeTests
{
    private const long Now = 1_654_166_073_135;

    private StreamHarness _harness = null!;
    private TickerStreamService _service = null!;

    // What OKX says when it is asked for the time.
    private long? _okxTime;
    private int _asked;

    [SetUp]
    public void Start()
    {
        (_okxTime, _asked) = (null, 0);
        _harness = new StreamHarness();
        var clock = new HostClock("okx.test", _harness.Clock, _harness.Meters, _harness.Logs.CreateLogger("Clock"));
        var times = new PushedTimes(clock, _ => Ask(clock), _harness.Clock);
        _service = new TickerStreamService(_harness.Hub, CacheMode.Normal, times, new TickerSignals(_harness.Meters, _harness.Clock, _harness.Logs.CreateLogger("Tickers")));
    }

    [TearDown]
    public async Task Stop() => await _harness.DisposeAsync();

    /// <summary>The first push of all, and one among others: before OKX has told its time, and after.</summary>
    [Test]
    public async Task StreamAsync_PushOfTheFuture_IsLeftOutSaidAndCountedAndKeepsNoOtherOut([Values] bool isFirst)
    {
        const long Wrong = 4_102_444_800_000;
        _okxTime = Now;
        using var findings = _harness.Collect<long>(OkxDataDiagnostics.ValidationFindings);
        await using var stream = Open("BTC-USDT");
        var next = stream.MoveNextAsync().AsTask();
        await ReadyAsync();
        if (!isFirst)
        {
            _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "4", Now - 100));
            await next;
            next = stream.MoveNextAsync().AsTask();
        }

        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "99", Wrong));
        await StreamHarness.UntilAsync(() => findings.GetMeasurementSnapshot().Count == 1, "the finding");
        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "5", Now));

        Assert.That(await next, Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stream.Current.Price, Is.EqualTo(5m));
            Assert.That(findings.LastMeasurement!.Tags["rule"], Is.EqualTo(ValidationRules.TickerFuture));
            Assert.That(_harness.Log.GetSnapshot().Select(line => line.Message), Has.One.Contains("ts 4102444800000 is more than 10 min ahead of OKX's clock"));
            Assert.That(_asked, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task StreamAsync_LocalClockIsFarBehind_LeavesNothingOut([Values] bool isTimeTold)
    {
        _okxTime = isTimeTold ? Now : null;
        await using var stream = Open("BTC-USDT", "ETH-USDT");

        for (var push = 0; push < 20; push++)
        {
            var next = stream.MoveNextAsync().AsTask();
            await ReadyAsync();
            _harness.Socket.Push(TickerFrames.Push(push % 2 == 0 ? "BTC-USDT" : "ETH-USDT", "5", Now + push));
            Assert.That(await next, Is.True);
            Assert.That(stream.Current.Timestamp.ToUnixTimeMilliseconds(), Is.EqualTo(Now + push));
        }

        Assert.That(_asked, Is.EqualTo(1));
    }

    private Task Ask(HostClock clock)
    {
        _asked++;
        if (_okxTime is { } told)
            clock.NoteTime(DateTimeOffset.FromUnixTimeMilliseconds(told), _harness.Clock.GetUtcNow(), _harness.Clock.GetUtcNow());
        return Task.CompletedTask;
    }

    private IAsyncEnumerator<Ticker> Open(params string[] symbols) => _service.StreamAsync(symbols, default).GetAsyncEnumerator();

    private Task ReadyAsync() => StreamHarness.UntilAsync(() => _harness.Exchange.Sockets is [.., var last] && last.Messages.Count > 0, "the subscription");
}
