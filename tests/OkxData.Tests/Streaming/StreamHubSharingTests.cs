using NUnit.Framework;
using OkxData.Streaming;

namespace OkxData.Tests.Streaming;

[TestFixture]
internal sealed class StreamHubSharingTests
{
    private static readonly StreamTopic Bitcoin = StreamHarness.Tickers("BTC-USDT");
    private static readonly StreamTopic Ether = StreamHarness.Tickers("ETH-USDT");
    private static readonly StreamTopic Candles = new(StreamPath.Business, "candle1m", "BTC-USDT");

    [Test]
    public async Task Subscribe_SecondListenerOfATopic_IsToldAtOnceAndNothingIsSent()
    {
        await using var harness = new StreamHarness();
        var (first, late) = (new RecordingListener(), new RecordingListener());
        await using var one = harness.Hub.Subscribe([Bitcoin], first);
        await StreamHarness.UntilAsync(() => first.Has("subscribed BTC-USDT"), "the acknowledgement");

        await using var two = harness.Hub.Subscribe([Bitcoin], late);

        Assert.That(late.Heard, Is.EqualTo(new[] { "subscribed BTC-USDT" }), "before Subscribe has returned");
        harness.Socket.Push(StreamHarness.Push("BTC-USDT", "[1]"));
        await StreamHarness.UntilAsync(() => first.Has("push BTC-USDT [1]") && late.Has("push BTC-USDT [1]"), "the push");
        Assert.That(harness.Socket.Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Dispose_OneOfTwoListeners_KeepsTheTopicForTheOther()
    {
        await using var harness = new StreamHarness();
        var (leaving, staying) = (new RecordingListener(), new RecordingListener());
        var one = harness.Hub.Subscribe([Bitcoin, Ether], leaving);
        await using var two = harness.Hub.Subscribe([Bitcoin], staying);
        await StreamHarness.UntilAsync(() => leaving.Heard.Count == 2 && staying.Heard.Count == 1, "the acknowledgements");

        await one.DisposeAsync();

        await StreamHarness.UntilAsync(() => harness.Socket.Messages.Any(message => message.Contains("\"unsubscribe\"", StringComparison.Ordinal)), "the message");
        harness.Socket.Push(StreamHarness.Push("BTC-USDT", "[1]"));
        await StreamHarness.UntilAsync(() => staying.Has("push BTC-USDT [1]"), "the push");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(harness.Socket.Messages[^1], Does.Contain("ETH-USDT").And.Not.Contain("BTC-USDT"));
            Assert.That(leaving.Has("push BTC-USDT [1]"), Is.False);
            Assert.That(harness.Socket.IsDisposed, Is.False);
        }
    }

    [Test]
    public async Task Dispose_SameListenerSubscribedTwice_LeavesTheOtherSubscription()
    {
        await using var harness = new StreamHarness();
        var listener = new RecordingListener();
        var one = harness.Hub.Subscribe([Bitcoin, Bitcoin], listener);
        await using var two = harness.Hub.Subscribe([Bitcoin], listener);
        await StreamHarness.UntilAsync(() => listener.Heard.Count == 2, "the acknowledgements");

        await one.DisposeAsync();
        await one.DisposeAsync();
        harness.Socket.Push(StreamHarness.Push("BTC-USDT", "[1]"));
        await StreamHarness.UntilAsync(() => listener.Has("push BTC-USDT [1]"), "the push");

        Assert.That(listener.Count("push BTC-USDT [1]"), Is.EqualTo(1));
    }

    [Test]
    public async Task Subscribe_BothPaths_HaveAConnectionEach()
    {
        await using var harness = new StreamHarness();
        var listener = new RecordingListener();
        var subscription = harness.Hub.Subscribe([Bitcoin, Candles], listener);
        await StreamHarness.UntilAsync(() => listener.Count("subscribed BTC-USDT") == 2, "the acknowledgements");

        Assert.That(harness.Exchange.Sockets.Select(socket => socket.Address.ToString()), Is.EquivalentTo(new[] { "wss://ws.okx.test/ws/v5/public", "wss://ws.okx.test/ws/v5/business" }));

        await subscription.DisposeAsync();
        Assert.That(harness.Exchange.Sockets.Select(socket => socket.IsDisposed), Is.All.True);
    }

    [TestCase("wss://ws.okx.com", "wss://ws.okx.com/ws/v5/public")]
    [TestCase("wss://ws.okx.com:8443", "wss://ws.okx.com:8443/ws/v5/public")]
    [TestCase("ws://127.0.0.1:5000", "ws://127.0.0.1:5000/ws/v5/public")]
    [TestCase("wss://proxy.example/okx/", "wss://proxy.example/okx/ws/v5/public")]
    [TestCase("wss://proxy.example/okx?key=1", "wss://proxy.example/okx/ws/v5/public?key=1")]
    public void AddressOf_Host_KeepsPortAndPathAndAddsNone(string host, string expected) =>
        Assert.That(StreamPaths.AddressOf(new Uri(host), StreamPath.Public).ToString(), Is.EqualTo(expected));

    [Test]
    public async Task Subscribe_AfterTheLastTopicHasLeft_ConnectsAnew()
    {
        await using var harness = new StreamHarness();
        for (var round = 1; round <= 3; round++)
        {
            var listener = new RecordingListener();
            var subscription = harness.Hub.Subscribe([Bitcoin], listener);
            await StreamHarness.UntilAsync(() => listener.Has("subscribed BTC-USDT"), "the acknowledgement");
            await subscription.DisposeAsync();
            Assert.That(harness.Exchange.Sockets, Has.Count.EqualTo(round));
        }
    }

    [Test]
    public async Task Dispose_WhileConnecting_GivesUpAtOnce()
    {
        await using var harness = new StreamHarness();
        var isCancelled = false;
        harness.Exchange.OnConnect = async (_, token) =>
        {
            try
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, token);
            }
            finally
            {
                isCancelled = true;
            }
        };
        var subscription = harness.Hub.Subscribe([Bitcoin], new RecordingListener());
        await StreamHarness.UntilAsync(() => harness.Exchange.Tries == 1, "the try");

        await subscription.DisposeAsync();

        await StreamHarness.UntilAsync(() => isCancelled, "the connector to be told");
    }

    [Test]
    public async Task Dispose_ConnectorThatDoesNotListen_IsNotWaitedForAndItsSocketDisposed()
    {
        await using var harness = new StreamHarness();
        var answer = new TaskCompletionSource();
        harness.Exchange.OnConnect = (_, _) => answer.Task;
        var subscription = harness.Hub.Subscribe([Bitcoin], new RecordingListener());
        await StreamHarness.UntilAsync(() => harness.Exchange.Tries == 1, "the try");

        await subscription.DisposeAsync();
        answer.SetResult();

        await StreamHarness.UntilAsync(() => harness.Exchange.Sockets is [{ IsDisposed: true }], "the late socket to be disposed");
    }

    [Test]
    public async Task Dispose_SocketThatTakesNoMoreBytes_IsWaitedForASecond()
    {
        await using var harness = new StreamHarness();
        var listener = new RecordingListener();
        var subscription = harness.Hub.Subscribe([Bitcoin], listener);
        await StreamHarness.UntilAsync(() => listener.Has("subscribed BTC-USDT"), "the acknowledgement");
        harness.Socket.BeforeSend = token => Task.Delay(Timeout.InfiniteTimeSpan, token);
        await using var second = harness.Hub.Subscribe([Ether], new RecordingListener());
        await second.DisposeAsync();

        var leaving = subscription.DisposeAsync().AsTask();
        await harness.AdvanceUntilAsync(() => leaving.IsCompleted, "the end");

        Assert.That(harness.Socket.IsDisposed, Is.True);
    }

    [Test]
    public async Task DisposeAsync_Hub_TellsEveryListenerOnceAndClosesEverything()
    {
        var harness = new StreamHarness();
        var (one, two) = (new RecordingListener(), new RecordingListener());
        var first = harness.Hub.Subscribe([Bitcoin, Ether, Candles], one);
        _ = harness.Hub.Subscribe([Ether], two);
        await StreamHarness.UntilAsync(() => one.Heard.Count == 3 && two.Heard.Count == 1, "the acknowledgements");

        await harness.Hub.DisposeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(one.Heard.Skip(3), Is.All.EqualTo("disposed").And.Not.Empty);
            Assert.That(two.Count("disposed"), Is.EqualTo(1));
            Assert.That(harness.Exchange.Sockets.Select(socket => (socket.IsDisposed, socket.HasClientClosed)), Is.All.EqualTo((true, true)));
            Assert.That(harness.Clock.Timers, Is.LessThanOrEqualTo(1), "the limiter of connections, which the process keeps");
            Assert.That(() => harness.Hub.Subscribe([Bitcoin], one), Throws.TypeOf<ObjectDisposedException>());
        }

        await first.DisposeAsync();
        await harness.DisposeAsync();
    }

    [Test]
    public async Task Listener_ThatThrows_DoesNotDisturbOthers()
    {
        await using var harness = new StreamHarness();
        var (bad, good) = (new RecordingListener { OnAny = () => throw new InvalidOperationException("a bug") }, new RecordingListener());
        await using var one = harness.Hub.Subscribe([Bitcoin], bad);
        await using var two = harness.Hub.Subscribe([Bitcoin], good);
        await StreamHarness.UntilAsync(() => good.Has("subscribed BTC-USDT"), "the acknowledgement");

        harness.Socket.Push(StreamHarness.Push("BTC-USDT", "[1]"));
        harness.Socket.Push(StreamHarness.Push("BTC-USDT", "[2]"));

        await StreamHarness.UntilAsync(() => good.Has("push BTC-USDT [2]"), "the push");
        Assert.That(bad.Has("push BTC-USDT [2]"), Is.True);
        Assert.That(harness.Exchange.Sockets, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Listener_ThatLeavesWhileItIsTold_HearsNothingMore()
    {
        await using var harness = new StreamHarness();
        var (leaving, staying) = (new RecordingListener(), new RecordingListener());
        var one = harness.Hub.Subscribe([Bitcoin], leaving);
        await using var two = harness.Hub.Subscribe([Bitcoin], staying);
        await StreamHarness.UntilAsync(() => staying.Heard.Count == 1 && leaving.Heard.Count == 1, "the acknowledgements");
        Task? left = null;
        leaving.OnAny = () => left ??= one.DisposeAsync().AsTask();

        harness.Socket.Push(StreamHarness.Push("BTC-USDT", "[1]"));
        harness.Socket.Push(StreamHarness.Push("BTC-USDT", "[2]"));
        await StreamHarness.UntilAsync(() => staying.Has("push BTC-USDT [2]"), "the push");

        await left!;
        Assert.That(leaving.Heard, Is.EqualTo(new[] { "subscribed BTC-USDT", "push BTC-USDT [1]" }));
    }

    /// <summary>Many come and go at once: whatever happens, in the end there is no socket, no timer and no task that goes on.</summary>
    [Test]
    public async Task SubscribeAndDispose_ByManyAtOnce_LeaveNothing()
    {
        await using var harness = new StreamHarness(limiters: new UnlimitedLimiters());
        var timers = harness.Clock.Timers;
        var seed = TestContext.CurrentContext.Random.Next();
        TestContext.Out.WriteLine($"seed {seed}");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            var random = new Random(seed + worker);
            for (var round = 0; round < 100; round++)
            {
                StreamTopic[] topics = [.. new[] { Bitcoin, Ether, Candles }.Where(_ => random.Next(2) == 0), StreamHarness.Tickers($"C{random.Next(5)}-USDT")];
                var subscription = harness.Hub.Subscribe(topics, new RecordingListener());
                for (var turn = random.Next(30); turn > 0; turn--)
                    await Task.Yield();
                await subscription.DisposeAsync();
            }
        })));

        await StreamHarness.UntilAsync(() => harness.Exchange.Sockets.All(socket => socket.IsDisposed), "all sockets to be disposed");
        await StreamHarness.UntilAsync(() => harness.Clock.Timers == timers, $"{harness.Clock.Timers - timers} timers to be disposed");
        Assert.That(harness.Exchange.Sockets, Is.Not.Empty);
    }
}
