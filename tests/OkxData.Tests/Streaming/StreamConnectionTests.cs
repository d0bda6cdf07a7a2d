using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using OkxData.Diagnostics;
using OkxData.RateLimiting;
using OkxData.Streaming;

namespace OkxData.Tests.Streaming;

[TestFixture]
internal sealed class StreamConnectionTests
{
    private const string Notice = """{"event":"notice","code":"64008","msg":"The connection will soon be closed for a service upgrade. Please reconnect.","connId":"a4d3ae55"}""";

    private static readonly StreamTopic Bitcoin = StreamHarness.Tickers("BTC-USDT");
    private static readonly StreamTopic Ether = StreamHarness.Tickers("ETH-USDT");

    private StreamHarness _harness = null!;
    private RecordingListener _listener = null!;

    [SetUp]
    public void Start() => (_harness, _listener) = (new StreamHarness(), new RecordingListener());

    [TearDown]
    public async Task Stop() => await _harness.DisposeAsync();

    [Test]
    public async Task Connect_Refused_IsTriedLaterAndLater()
    {
        _harness.Exchange.OnConnect = (_, _) => throw new WebSocketException("The server returned status code '403' when status code '101' was expected.");
        await using var subscription = _harness.Hub.Subscribe([Bitcoin], _listener);

        await _harness.AdvanceUntilAsync(() => _harness.Exchange.Tries == 10, "ten tries", TimeSpan.FromMilliseconds(100));

        var waits = _harness.ReconnectWaits;
        using (Assert.EnterMultipleScope())
        {
            Assert.That(waits[0], Is.InRange(0.5, 0.75));
            Assert.That(waits[1], Is.InRange(1.0, 1.5));
            Assert.That(waits[2], Is.InRange(2.0, 3.0));
            Assert.That(waits[5], Is.InRange(16.0, 24.0));
            Assert.That(waits.Skip(6), Is.All.InRange(20.0, 30.0));
            Assert.That(waits.Skip(6).Distinct().Count(), Is.GreaterThan(1), "they are spread");
            Assert.That(_listener.Heard, Is.Empty, "what was never served is not interrupted");
            Assert.That(Messages(LogLevel.Information), Has.Some.Contains("403"));
        }
    }

    [Test]
    public async Task Connect_ThatTakesTooLong_IsGivenUpAndTriedAgain()
    {
        var cancelled = 0;
        _harness.Exchange.OnConnect = async (attempt, token) =>
        {
            if (attempt > 1)
                return;
            await using var registration = token.Register(() => cancelled++);
            await new TaskCompletionSource().Task;
        };
        await using var subscription = _harness.Hub.Subscribe([Bitcoin], _listener);
        await StreamHarness.UntilAsync(() => _harness.Exchange.Tries == 1, "the try");

        await _harness.AdvanceAsync(TimeSpan.FromSeconds(9.9));
        Assert.That(_harness.Exchange.Tries, Is.EqualTo(1));
        await _harness.AdvanceUntilAsync(() => _listener.Has("subscribed BTC-USDT"), "the second try");

        Assert.That(cancelled, Is.EqualTo(1));
        Assert.That(Messages(LogLevel.Information), Has.Some.Contains("no connection within 10 s"));
    }

    [Test]
    public async Task Connect_ManyClientsAtOnce_NeverMoreThanThreeASecond()
    {
        var limiters = new ProcessRateLimiterFactory();
        var exchange = _harness.Exchange;
        List<StreamHub> hubs = [.. Enumerable.Range(0, 4).Select(_ => new StreamHub(
            new StreamSettings { BaseAddress = new("wss://ws.okx.test"), Options = new(), Share = 1 }, exchange, limiters, _harness.Clock, _harness.Meters, _harness.Logs.CreateLogger<StreamHub>()))];
        exchange.OnConnect = (_, _) => throw new WebSocketException("no");
        foreach (var hub in hubs)
            hub.Subscribe([Bitcoin, new(StreamPath.Business, "candle1m", "BTC-USDT")], _listener);

        await _harness.AdvanceUntilAsync(() => exchange.Tries >= 24, "the tries", TimeSpan.FromMilliseconds(20));

        var times = exchange.TryTimes;
        for (var first = 0; first + 3 < times.Count; first++)
            Assert.That(times[first + 3] - times[first], Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
        foreach (var hub in hubs)
            await hub.DisposeAsync();
    }

    [TestCase(4004, "no data in 30 s")]
    [TestCase(1001, "going away")]
    [TestCase(1006, "")]
    public async Task Connection_ClosedByOkx_IsOpenedAgain(int status, string description)
    {
        using var reconnects = _harness.Collect<long>(OkxDataDiagnostics.StreamReconnects);
        await using var subscription = await ServedAsync(Bitcoin);

        _harness.Socket.CloseByServer(status, description);
        await _harness.AdvanceUntilAsync(() => _listener.Count("subscribed BTC-USDT") == 2, "the new connection");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_listener.Heard, Is.EqualTo(new[] { "subscribed BTC-USDT", "interrupted BTC-USDT", "subscribed BTC-USDT" }));
            Assert.That(_harness.ReconnectWaits, Has.Count.EqualTo(1).And.All.InRange(0.5, 0.75));
            Assert.That(_harness.Exchange.Sockets[0].HasClientClosed, Is.True, "the close is answered");
            Assert.That(_harness.Exchange.Sockets[0].IsDisposed, Is.True);
            Assert.That(Messages(LogLevel.Information), Has.Some.Contains($"status {status}"));
            Assert.That(reconnects.GetMeasurementSnapshot().Select(measured => measured.Tags["path"]), Is.EqualTo(new[] { "public" }));
        }
    }

    [Test]
    public async Task Connection_ThatProvedItself_IsOpenedAgainSoonEveryTime()
    {
        await using var subscription = await ServedAsync(Bitcoin);
        for (var round = 2; round <= 6; round++)
        {
            await _harness.AdvanceAsync(TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(1));
            _harness.Socket.Break();
            await _harness.AdvanceUntilAsync(() => _listener.Count("subscribed BTC-USDT") == round, "the next");
        }

        Assert.That(_harness.ReconnectWaits, Has.Count.EqualTo(5).And.All.InRange(0.5, 0.75));
    }

    [Test]
    public async Task Connection_ThatFallsAtOnceEveryTime_IsTriedLaterAndLater()
    {
        _harness.Exchange.Script = (socket, message) =>
        {
            _harness.Exchange.Answer(socket, message);
            socket.Break();
        };
        await using var subscription = _harness.Hub.Subscribe([Bitcoin], _listener);

        await _harness.AdvanceUntilAsync(() => _harness.Exchange.Tries == 6, "six tries", TimeSpan.FromMilliseconds(200));

        Assert.That(_harness.ReconnectWaits[4], Is.InRange(8.0, 12.0));
    }

    [Test]
    public async Task Connection_ThatIsQuietButAnswersPings_IsKept()
    {
        await using var subscription = await ServedAsync(Bitcoin);

        using var frames = _harness.Collect<long>(OkxDataDiagnostics.StreamFrames);
        for (var ping = 1; ping <= 20; ping++)
        {
            await _harness.AdvanceAsync(TimeSpan.FromSeconds(25));
            await StreamHarness.UntilAsync(() => frames.GetMeasurementSnapshot().Count == ping, "the answer to the ping");
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_harness.Exchange.Sockets, Has.Count.EqualTo(1));
            Assert.That(_harness.Socket.Messages.Count(message => message == "ping"), Is.EqualTo(20));
            Assert.That(_listener.Heard, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task Connection_ThatPushesAlways_IsNeverAsked()
    {
        await using var subscription = await ServedAsync(Bitcoin);

        for (var second = 0; second < 120; second++)
        {
            _harness.Socket.Push(StreamHarness.Push("BTC-USDT"));
            await StreamHarness.UntilAsync(() => _listener.Heard.Count == second + 2, "the push");
            await _harness.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        Assert.That(_harness.Socket.Messages, Has.None.EqualTo("ping"));
    }

    [Test]
    public async Task Connection_ThatTakesNoMoreBytes_IsGivenUpInTime()
    {
        await using var subscription = await ServedAsync(Bitcoin);
        _harness.Socket.BeforeSend = token => Task.Delay(Timeout.InfiniteTimeSpan, token);

        await _harness.AdvanceUntilAsync(() => _listener.Has("interrupted BTC-USDT"), "the loss", TimeSpan.FromMilliseconds(500));
    }

    [Test]
    public async Task Connection_ThatNeverAnswers_IsAskedAgainAndThenReplaced()
    {
        await using var harness = new StreamHarness(options => (options.PingAfter, options.DeadAfter) = (TimeSpan.FromHours(1), TimeSpan.FromHours(2)));
        harness.Exchange.Script = (_, _) => { };
        await using var subscription = harness.Hub.Subscribe([Bitcoin], _listener);
        await StreamHarness.UntilAsync(() => harness.Exchange.Sockets is [{ Messages.Count: 1 }], "the question");
        var silent = harness.Socket;
        harness.Exchange.Script = null;

        await harness.AdvanceUntilAsync(() => _listener.Has("subscribed BTC-USDT"), "the next connection", TimeSpan.FromMilliseconds(250));

        Assert.That(silent.Messages, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Notice_ServiceUpgrade_NewConnectionIsServedBeforeTheOldIsClosed()
    {
        await using var subscription = await ServedAsync(Bitcoin, Ether);
        var old = _harness.Socket;
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(15));
        _harness.Exchange.Script = (_, _) => { };

        old.Push(Notice);
        await StreamHarness.UntilAsync(() => _harness.Exchange.Sockets is [_, { Messages.Count: 1 }], "the new connection");
        var successor = _harness.Socket;
        old.Push(StreamHarness.Push("BTC-USDT", "[1]"));
        await StreamHarness.UntilAsync(() => _listener.Has("push BTC-USDT [1]"), "the old to serve on");
        Assert.That(old.HasClientClosed, Is.False);

        successor.Push("""{"event":"subscribe","arg":{"channel":"tickers","instId":"BTC-USDT"}}""");
        successor.Push(StreamHarness.Push("BTC-USDT", "[2]"));
        await StreamHarness.UntilAsync(() => _listener.Has("push BTC-USDT [2]"), "the new to serve");
        Assert.That(old.HasClientClosed, Is.False, "the other topic is not there yet");

        successor.Push("""{"event":"subscribe","arg":{"channel":"tickers","instId":"ETH-USDT"}}""");
        await StreamHarness.UntilAsync(() => old.IsDisposed, "the old to go");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(old.HasClientClosed, Is.True);
            Assert.That(_listener.Heard.Where(heard => !heard.StartsWith("push", StringComparison.Ordinal)), Is.EquivalentTo(new[] { "subscribed BTC-USDT", "subscribed ETH-USDT" }));
        }

        await subscription.DisposeAsync();
        Assert.That(successor.IsDisposed, Is.True);
    }

    [Test]
    public async Task Notice_OldConnectionCutBeforeTheNewOneServes_IsAnInterruption()
    {
        await using var subscription = await ServedAsync(Bitcoin);
        var old = _harness.Socket;
        await _harness.AdvanceAsync(TimeSpan.FromSeconds(15));
        _harness.Exchange.Script = (_, _) => { };
        old.Push(Notice);
        await StreamHarness.UntilAsync(() => _harness.Exchange.Sockets is [_, { Messages.Count: 1 }], "the new connection");

        old.Break();
        await StreamHarness.UntilAsync(() => _listener.Has("interrupted BTC-USDT"), "the interruption");
        _harness.Socket.Push("""{"event":"subscribe","arg":{"channel":"tickers","instId":"BTC-USDT"}}""");
        await StreamHarness.UntilAsync(() => _listener.Count("subscribed BTC-USDT") == 2, "the new to serve");

        Assert.That(_harness.Exchange.Sockets, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Notice_NewConnectionFails_IsTriedAgainWhileTheOldServes()
    {
        await using var subscription = await ServedAsync(Bitcoin);
        var old = _harness.Socket;
        _harness.Exchange.OnConnect = (attempt, _) => attempt <= 3 ? throw new WebSocketException("no") : Task.CompletedTask;

        old.Push(Notice);
        await _harness.AdvanceUntilAsync(() => old.IsDisposed, "the old to be replaced");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_harness.Exchange.Tries, Is.EqualTo(4));
            Assert.That(_listener.Heard, Is.EqualTo(new[] { "subscribed BTC-USDT" }));
        }
    }

    [Test]
    public async Task Notice_AgainAndAgain_DoesNotMakeItReconnectWithoutPause()
    {
        _harness.Exchange.Script = (socket, message) =>
        {
            _harness.Exchange.Answer(socket, message);
            socket.Push(Notice);
        };
        await using var subscription = _harness.Hub.Subscribe([Bitcoin], _listener);

        await _harness.AdvanceUntilAsync(() => _harness.Exchange.Tries == 3, "three connections", TimeSpan.FromMilliseconds(100));

        Assert.That(_harness.ReconnectWaits[0], Is.InRange(0.5, 0.75));
        Assert.That(_listener.Heard, Is.EqualTo(new[] { "subscribed BTC-USDT" }));
    }

    [Test]
    public async Task Outage_LongerThanTheStatedTime_IsSaidOnceAndTakenBack()
    {
        using var interrupted = _harness.Collect<int>(OkxDataDiagnostics.StreamInterrupted);
        await using var subscription = await ServedAsync(Bitcoin);
        _harness.Exchange.OnConnect = (_, _) => throw new WebSocketException("Connection refused");
        _harness.Socket.Break();
        await StreamHarness.UntilAsync(() => _harness.ReconnectWaits.Count == 1, "the wait before the next try");

        await _harness.AdvanceAsync(TimeSpan.FromSeconds(59), TimeSpan.FromMilliseconds(500));
        Assert.That(Messages(LogLevel.Warning), Is.Empty);
        await StreamHarness.UntilAsync(() => Messages(LogLevel.Information).Any(message => message.Contains("Connection refused", StringComparison.Ordinal)), "a try");

        await _harness.AdvanceAsync(TimeSpan.FromMinutes(5), TimeSpan.FromSeconds(1));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Messages(LogLevel.Warning).ToList(), Has.Count.EqualTo(1));
            Assert.That(Messages(LogLevel.Warning).Single(), Does.Contain("public").And.Contain("Connection refused"));
            Assert.That(interrupted.GetMeasurementSnapshot().Sum(measured => measured.Value), Is.EqualTo(1));
        }

        _harness.Exchange.OnConnect = null;
        await _harness.AdvanceUntilAsync(() => _listener.Count("subscribed BTC-USDT") == 2, "the end of the outage", TimeSpan.FromSeconds(1));
        Assert.That(interrupted.GetMeasurementSnapshot().Sum(measured => measured.Value), Is.Zero);
        Assert.That(Messages(LogLevel.Information), Has.Some.Contains("served again"));
    }

    [Test]
    public async Task Outage_StreamLeftMeanwhile_IsTakenBackToo()
    {
        using var interrupted = _harness.Collect<int>(OkxDataDiagnostics.StreamInterrupted);
        _harness.Exchange.OnConnect = (_, _) => throw new WebSocketException("Connection refused");
        var subscription = _harness.Hub.Subscribe([Bitcoin], _listener);
        await _harness.AdvanceUntilAsync(() => interrupted.GetMeasurementSnapshot().Count == 1, "the outage", TimeSpan.FromMilliseconds(500));

        await subscription.DisposeAsync();

        Assert.That(interrupted.GetMeasurementSnapshot().Sum(measured => measured.Value), Is.Zero);
    }

    private async Task<StreamSubscription> ServedAsync(params StreamTopic[] topics)
    {
        var subscription = _harness.Hub.Subscribe(topics, _listener);
        await StreamHarness.UntilAsync(() => _listener.Heard.Count == topics.Length, "the acknowledgements");
        return subscription;
    }

    private IEnumerable<string> Messages(LogLevel level) => _harness.Log.GetSnapshot().Where(line => line.Level == level).Select(line => line.Message);
}
