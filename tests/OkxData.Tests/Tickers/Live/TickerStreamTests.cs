using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Diagnostics;
using OkxData.Errors;
using OkxData.Http;
using OkxData.Models;
using OkxData.Tests.Streaming;
using OkxData.Tickers.Live;

namespace OkxData.Tests.Tickers.Live;

[TestFixture]
internal sealed class TickerStreamTests
{
    private StreamHarness _harness = null!;
    private TickerStreamService _service = null!;

    [SetUp]
    public void Start()
    {
        _harness = new StreamHarness();
        _service = new TickerStreamService(_harness.Hub, CacheMode.Normal, Times(), new TickerSignals(_harness.Meters, _harness.Clock, _harness.Logs.CreateLogger("Tickers")));
    }

    [TearDown]
    public async Task Stop() => await _harness.DisposeAsync();

    [Test]
    public async Task StreamAsync_Push_IsGivenAsTicker()
    {
        await using var stream = Open("btc/usdt");
        var next = stream.MoveNextAsync().AsTask();
        await ReadyAsync();

        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "29934.1", 1654166073135));

        Assert.That(await next, Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stream.Current.Symbol, Is.EqualTo("BTC-USDT"));
            Assert.That(stream.Current.Price, Is.EqualTo(29934.1m));
            Assert.That(stream.Current.Volume24h, Is.EqualTo(1000m));
            Assert.That(stream.Current.Timestamp, Is.EqualTo(DateTimeOffset.FromUnixTimeMilliseconds(1654166073135)));
        }
    }

    [Test]
    public async Task StreamAsync_SlowReader_GetsTheNewestOfEachSymbolInTurn()
    {
        using var conflated = _harness.Collect<long>(OkxDataDiagnostics.StreamConflated);
        await using var stream = Open("FAST-USDT", "SLOW-USDT");
        var first = stream.MoveNextAsync().AsTask();
        await ReadyAsync();
        _harness.Socket.Push(TickerFrames.Push("FAST-USDT", "1", 1));
        await first;

        _harness.Socket.Push(TickerFrames.Push("FAST-USDT", "2", 2));
        _harness.Socket.Push(TickerFrames.Push("SLOW-USDT", "7", 1));
        for (var time = 3; time <= 100; time++)
            _harness.Socket.Push(TickerFrames.Push("FAST-USDT", $"{time}", time));
        await StreamHarness.UntilAsync(() => conflated.GetMeasurementSnapshot().Count == 98, "the pushes to be taken");

        var prices = new List<decimal>();
        for (var count = 0; count < 2; count++)
        {
            await stream.MoveNextAsync();
            prices.Add(stream.Current.Price);
        }

        Assert.That(prices, Is.EqualTo(new[] { 100m, 7m }));
    }

    [Test]
    public async Task StreamAsync_OneSymbolThatNeverStops_KeepsNoOtherWaiting()
    {
        await using var stream = Open("FAST-USDT", "SLOW-USDT");
        var next = stream.MoveNextAsync().AsTask();
        await ReadyAsync();
        var seen = new List<string>();
        for (var time = 1; seen.Count(symbol => symbol == "SLOW-USDT") < 3; time++)
        {
            _harness.Socket.Push(TickerFrames.Push("FAST-USDT", "1", time * 2));
            _harness.Socket.Push(TickerFrames.Push("SLOW-USDT", "1", time));
            _harness.Socket.Push(TickerFrames.Push("FAST-USDT", "1", (time * 2) + 1));
            await next;
            seen.Add(stream.Current.Symbol);
            Assert.That(seen, Has.Count.LessThan(20));
            next = seen.Count(symbol => symbol == "SLOW-USDT") < 3 ? stream.MoveNextAsync().AsTask() : Task.FromResult(false);
        }
    }

    [Test]
    public async Task StreamAsync_OlderAndRepeatedRows_AreLeftOut()
    {
        await using var stream = Open("BTC-USDT");
        var next = stream.MoveNextAsync().AsTask();
        await ReadyAsync();
        var prices = new List<decimal>();
        foreach (var (price, time) in new[] { ("5", 500L), ("4", 400L), ("5", 500L), ("6", 500L), ("7", 499L), ("8", 600L) })
        {
            _harness.Socket.Push(TickerFrames.Push("BTC-USDT", price, time));
        }

        await next;
        prices.Add(stream.Current.Price);
        while (prices[^1] != 8m)
        {
            await stream.MoveNextAsync();
            prices.Add(stream.Current.Price);
        }

        // Which of them the reader was fast enough for is not certain; that none is given twice, and the order, are.
        Assert.That(prices, Is.SubsetOf(new[] { 5m, 6m, 8m }).And.Unique.And.Ordered);
    }

    [Test]
    public async Task StreamAsync_OlderRowWhileANewerWaits_DoesNotReplaceIt()
    {
        await using var stream = Open("BTC-USDT", "ETH-USDT");
        var next = stream.MoveNextAsync().AsTask();
        await ReadyAsync();
        _harness.Socket.Push(TickerFrames.Push("ETH-USDT", "1", 1));
        await next;

        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "5", 500));
        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "4", 400));
        _harness.Socket.Push(TickerFrames.Push("ETH-USDT", "2", 2));
        await stream.MoveNextAsync();
        Assert.That(stream.Current.Price, Is.EqualTo(5m));
        await stream.MoveNextAsync();
        Assert.That(stream.Current.Symbol, Is.EqualTo("ETH-USDT"));
    }

    [TestCase("""{"instId":"BTC-USDT","last":"x","ts":"900"}""", "last 'x' is not a number")]
    [TestCase("""{"instId":"BTC-USDT","last":"","ts":"900"}""", "nothing was traded yet")]
    [TestCase("""{"instId":"BTC-USDT","last":"0","ts":"900"}""", "the price 0 is zero or less")]
    [TestCase("""{"instId":"BTC-USDT","last":"1","vol24h":"-1","ts":"900"}""", "volume is less than zero")]
    [TestCase("""{"instId":"ETH-USDT","last":"1","ts":"900"}""", "it is of ETH-USDT")]
    [TestCase("""{"last":"1","ts":"900"}""", "instId is missing")]
    [TestCase("""{"instId":"BTC-USDT","last":"1"}""", "no row of it has a ts")]
    [TestCase("""{"instId":"BTC-USDT","last":"1","ts":"soon"}""", "no row of it has a ts")]
    [TestCase("7", "no row of it has a ts")]
    [TestCase("", "no row of it has a ts")]
    public async Task StreamAsync_RowThatIsOfNoUse_IsLeftOutSaidAndCounted(string row, string reason)
    {
        using var findings = _harness.Collect<long>(OkxDataDiagnostics.ValidationFindings);
        await using var stream = Open("BTC-USDT");
        var next = stream.MoveNextAsync().AsTask();
        await ReadyAsync();

        _harness.Socket.Push(StreamHarness.Push("BTC-USDT", $"[{row}]"));
        await StreamHarness.UntilAsync(() => findings.GetMeasurementSnapshot().Count == 1, "the finding");
        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "5", 500));

        Assert.That(await next, Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(stream.Current.Price, Is.EqualTo(5m), "an earlier one, since the time of the other is not to be trusted");
            Assert.That(_harness.Log.GetSnapshot().Where(line => line.Level == LogLevel.Warning).Select(line => line.Message), Has.One.Contains(reason));
        }
    }

    [Test]
    public async Task StreamAsync_UnknownSymbol_EndsThatStreamWithWhatOkxSaid()
    {
        _harness.Exchange.Unknown.Add("NOPE-USDT");
        await using var other = Open("BTC-USDT");
        var otherNext = other.MoveNextAsync().AsTask();
        await ReadyAsync();

        await using var stream = Open("BTC-USDT", "NOPE-USDT");
        var failure = await Assert.ThrowsAsync<OkxStreamException>(async () =>
        {
            while (await stream.MoveNextAsync())
            {
            }
        });
        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "5", 500));

        Assert.That(await otherNext, Is.True);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure!.Code, Is.EqualTo("60018"));
            Assert.That(failure.OkxMessage, Does.Contain("NOPE-USDT doesn't exist"));
            Assert.That(failure.Message, Does.Contain("NOPE-USDT").And.Contain("GetInstrumentsAsync"));
            Assert.That(_harness.Exchange.Sockets, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task StreamAsync_Cancelled_EndsAtOnceAndUnsubscribes()
    {
        using var cancellation = new CancellationTokenSource();
        await using var stream = _service.StreamAsync(["BTC-USDT"], default).GetAsyncEnumerator(cancellation.Token);
        var next = stream.MoveNextAsync().AsTask();
        await ReadyAsync();

        await cancellation.CancelAsync();

        var thrown = await Assert.CatchAsync<OperationCanceledException>(async () => await next);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(thrown!.CancellationToken, Is.EqualTo(cancellation.Token));
            Assert.That(_harness.Socket.HasClientClosed, Is.True);
            Assert.That(_harness.Socket.IsDisposed, Is.True);
        }
    }

    [Test]
    public async Task StreamAsync_CancelledWhileTickersWait_GivesNoneOfThem()
    {
        using var cancellation = new CancellationTokenSource();
        await using var stream = _service.StreamAsync(["BTC-USDT"], cancellation.Token).GetAsyncEnumerator(default);
        var next = stream.MoveNextAsync().AsTask();
        await ReadyAsync();
        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "5", 500));
        await next;
        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "6", 600));

        await cancellation.CancelAsync();

        await Assert.CatchAsync<OperationCanceledException>(async () => await stream.MoveNextAsync());
    }

    /// <summary>However a stream ends (left, cancelled, refused, never begun): no socket, no timer and nothing that refers to it stays.</summary>
    [Test]
    public async Task StreamAsync_EndedInAnyWay_LeavesNothing()
    {
        _harness.Exchange.Unknown.Add("NOPE-USDT");
        var ended = new List<WeakReference>();
        var timers = _harness.Clock.Timers;
        for (var round = 0; round < 24; round++)
        {
            ended.Add(await EndOneAsync(round % 3));
            await StreamHarness.UntilAsync(() => _harness.Exchange.Sockets.All(socket => socket.IsDisposed), "the sockets to be disposed");
            _harness.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        await StreamHarness.UntilAsync(() => _harness.Clock.Timers == timers, "the timers to be disposed");
        await StreamHarness.UntilAsync(
            () =>
            {
                GC.Collect();
                return ended.Count(reference => reference.IsAlive) <= 1;
            },
            "the streams to be forgotten");
        Assert.That(_harness.Exchange.Sockets, Has.Count.EqualTo(24));
    }

    [Test]
    public async Task StreamAsync_CancelledBeforeItBegins_ConnectsNowhere()
    {
        await using var stream = _service.StreamAsync(["BTC-USDT"], new CancellationToken(canceled: true)).GetAsyncEnumerator();

        await Assert.CatchAsync<OperationCanceledException>(async () => await stream.MoveNextAsync());
        Assert.That(_harness.Exchange.Tries, Is.Zero);
    }

    [Test]
    public async Task StreamAsync_ClientDisposed_EndsAtOnce()
    {
        await using var stream = Open("BTC-USDT");
        var next = stream.MoveNextAsync().AsTask();
        await ReadyAsync();

        await _harness.Hub.DisposeAsync();

        using (Assert.EnterMultipleScope())
        {
            await Assert.ThrowsAsync<ObjectDisposedException>(async () => await next);
            await Assert.ThrowsAsync<ObjectDisposedException>(async () => await Open("BTC-USDT").MoveNextAsync());
        }
    }

    [Test]
    public void StreamAsync_BadArguments_ThrowAtTheCall()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.Throws<ArgumentNullException>(() => _service.StreamAsync(null!, default));
            Assert.Throws<ArgumentException>(() => _service.StreamAsync([], default));
            Assert.Throws<ArgumentException>(() => _service.StreamAsync(["BTC-USDT", "no symbol"], default));
            Assert.Throws<ArgumentNullException>(() => _service.StreamAsync([null!], default));
            Assert.That(_harness.Exchange.Tries, Is.Zero);
        }
    }

    [Test]
    public void StreamAsync_Offline_ThrowsAtTheCall()
    {
        var offline = new TickerStreamService(_harness.Hub, CacheMode.Offline, Times(), new TickerSignals(_harness.Meters, _harness.Clock, _harness.Logs.CreateLogger("Tickers")));

        Assert.That(() => offline.StreamAsync(["BTC-USDT"], default), Throws.TypeOf<OkxCacheException>().With.Message.Contains("Offline"));
    }

    [Test]
    public async Task StreamAsync_SymbolNamedTwice_IsStreamedOnce()
    {
        await using var stream = Open("BTC-USDT", "btc/usdt", "BTC-USDT");
        var next = stream.MoveNextAsync().AsTask();
        await ReadyAsync();
        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "5", 500));
        await next;
        var second = stream.MoveNextAsync().AsTask();
        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "6", 600));
        await second;

        Assert.That(stream.Current.Price, Is.EqualTo(6m));
    }

    [Test]
    public async Task StreamAsync_EnumeratedTwice_EachHasAllTickers()
    {
        var stream = _service.StreamAsync(["BTC-USDT"], default);
        await using var one = stream.GetAsyncEnumerator();
        await using var two = stream.GetAsyncEnumerator();
        var (first, second) = (one.MoveNextAsync().AsTask(), two.MoveNextAsync().AsTask());
        await ReadyAsync();
        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "5", 500));

        Assert.That((await first, await second), Is.EqualTo((true, true)));
        Assert.That((one.Current, two.Current).Item1, Is.EqualTo(two.Current));
    }

    [Test]
    public async Task StreamAsync_ConnectionReplaced_GoesOnWithoutGoingBack()
    {
        await using var stream = Open("BTC-USDT");
        var next = stream.MoveNextAsync().AsTask();
        await ReadyAsync();
        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "5", 500));
        await next;
        next = stream.MoveNextAsync().AsTask();

        _harness.Socket.Break();
        await _harness.AdvanceUntilAsync(() => _harness.Exchange.Sockets.Count == 2, "the next connection");
        await ReadyAsync();
        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "4", 400));
        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "6", 600));

        await next;
        Assert.That(stream.Current.Price, Is.EqualTo(6m));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private async Task<WeakReference> EndOneAsync(int manner)
    {
        using var cancellation = new CancellationTokenSource();
        var stream = _service.StreamAsync(manner == 2 ? ["BTC-USDT", "NOPE-USDT"] : ["BTC-USDT"], cancellation.Token).GetAsyncEnumerator(CancellationToken.None);
        var sockets = _harness.Exchange.Sockets.Count;
        var next = stream.MoveNextAsync().AsTask();
        await StreamHarness.UntilAsync(() => _harness.Exchange.Sockets.Count > sockets && _harness.Socket.Messages.Count > 0, "the subscription");
        if (manner == 0)
        {
            _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "5", 500));
            await next;
        }
        else
        {
            if (manner == 1)
                await cancellation.CancelAsync();
            await Assert.CatchAsync<Exception>(() => next);
        }

        await stream.DisposeAsync();
        return new WeakReference(stream);
    }

    private PushedTimes Times() =>
        new(new HostClock("okx.test", _harness.Clock, _harness.Meters, _harness.Logs.CreateLogger("Clock")), _ => Task.CompletedTask, _harness.Clock);

    private IAsyncEnumerator<Ticker> Open(params string[] symbols) => _service.StreamAsync(symbols, default).GetAsyncEnumerator();

    private Task ReadyAsync() => StreamHarness.UntilAsync(() => _harness.Exchange.Sockets is [.., var last] && last.Messages.Count > 0, "the subscription");
}
