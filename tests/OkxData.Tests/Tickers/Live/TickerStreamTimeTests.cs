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

    private HostClock _clock = null!;

    // When it says so; null for at once.
    private TaskCompletionSource? _answer;

    [SetUp]
    public void Start()
    {
        (_okxTime, _asked, _answer) = (null, 0, null);
        _harness = new StreamHarness();
        _clock = new HostClock("okx.test", _harness.Clock, _harness.Meters, _harness.Logs.CreateLogger("Clock"));
        var times = new PushedTimes(_clock, _ => Ask(_clock), _harness.Clock);
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

    /// <summary>Two streams of one client take the same push while OKX is asked for its time only once.</summary>
    [Test]
    public async Task StreamAsync_PushOfTheFutureToTwoStreamsAtOnce_KeepsNoOtherOutOfEither()
    {
        _okxTime = Now;
        using var findings = _harness.Collect<long>(OkxDataDiagnostics.ValidationFindings);
        _answer = new TaskCompletionSource();
        await using var first = Open("BTC-USDT");
        await using var second = Open("BTC-USDT");
        Task<bool>[] next = [first.MoveNextAsync().AsTask(), second.MoveNextAsync().AsTask()];
        await ReadyAsync();

        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "99", 4_102_444_800_000));
        await StreamHarness.UntilAsync(() => _asked >= 1, "the question");
        await StreamHarness.UntilAsync(() => _asked >= 2 || next.Any(one => one.IsCompleted), "the other stream");
        _answer.SetResult();
        await StreamHarness.UntilAsync(() => findings.GetMeasurementSnapshot().Count == 2 || next.Any(one => one.IsCompleted), "the findings");
        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "5", Now));

        Assert.That(await Task.WhenAll(next), Is.All.True);
        Assert.That(new[] { first.Current.Price, second.Current.Price }, Is.All.EqualTo(5m));
    }

    [Test]
    public async Task StreamAsync_PushOfTheFutureLetThroughForLackOfAnAnswer_KeepsNoOtherOutOnceOkxHasToldItsTime()
    {
        await using var stream = Open("BTC-USDT");
        var next = stream.MoveNextAsync().AsTask();
        await ReadyAsync();
        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "99", 4_102_444_800_000));
        Assert.That((await next, stream.Current.Price), Is.EqualTo((true, 99m)), "nobody knows better yet");

        _okxTime = Now;
        await Ask(_clock);
        next = stream.MoveNextAsync().AsTask();
        _harness.Socket.Push(TickerFrames.Push("BTC-USDT", "5", Now));

        Assert.That((await next, stream.Current.Price), Is.EqualTo((true, 5m)));
    }

    private async Task Ask(HostClock clock)
    {
        _asked++;
        if (_answer is { } answer)
            await answer.Task;
        if (_okxTime is { } told)
            clock.NoteTime(DateTimeOffset.FromUnixTimeMilliseconds(told), _harness.Clock.GetUtcNow(), _harness.Clock.GetUtcNow());
    }

    private IAsyncEnumerator<Ticker> Open(params string[] symbols) => _service.StreamAsync(symbols, default).GetAsyncEnumerator();

    private Task ReadyAsync() => StreamHarness.UntilAsync(() => _harness.Exchange.Sockets is [.., var last] && last.Messages.Count > 0, "the subscription");
}
