using NUnit.Framework;
using OkxData.Streaming;

namespace OkxData.Tests.Streaming;

[TestFixture]
internal sealed class StreamHubTests
{
    [Test]
    public async Task Subscribe_FirstTopic_ConnectsSubscribesAndPasses()
    {
        await using var harness = new StreamHarness();
        var listener = new RecordingListener();

        await using var subscription = harness.Hub.Subscribe([StreamHarness.Tickers("BTC-USDT")], listener);
        await StreamHarness.UntilAsync(() => listener.Has("subscribed BTC-USDT"), "the acknowledgement");
        harness.Socket.Push(StreamHarness.Push("BTC-USDT", "[1]"));
        await StreamHarness.UntilAsync(() => listener.Has("push BTC-USDT [1]"), "the push");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(listener.Heard, Is.EqualTo(new[] { "subscribed BTC-USDT", "push BTC-USDT [1]" }));
            Assert.That(harness.Socket.Address.ToString(), Is.EqualTo("wss://ws.okx.test/ws/v5/public"));
            Assert.That(harness.Socket.Messages, Is.EqualTo(new[] { """{"id":"1","op":"subscribe","args":[{"channel":"tickers","instId":"BTC-USDT"}]}""" }));
        }
    }

    [Test]
    public async Task Subscribe_PushBeforeTheAcknowledgement_CountsAsOne()
    {
        await using var harness = new StreamHarness();
        harness.Exchange.Script = (socket, _) => socket.Push(StreamHarness.Push("BTC-USDT", "[1]"));
        var listener = new RecordingListener();

        await using var subscription = harness.Hub.Subscribe([StreamHarness.Tickers("BTC-USDT")], listener);
        await StreamHarness.UntilAsync(() => listener.Heard.Count == 2, "the push");

        Assert.That(listener.Heard, Is.EqualTo(new[] { "subscribed BTC-USDT", "push BTC-USDT [1]" }));
    }

    [Test]
    public async Task Connection_Lost_IsOpenedAgainAndEverythingSubscribed()
    {
        await using var harness = new StreamHarness(options => (options.PingAfter, options.DeadAfter) = (TimeSpan.FromHours(1), TimeSpan.FromHours(2)));
        var listener = new RecordingListener();
        await using var subscription = harness.Hub.Subscribe([StreamHarness.Tickers("BTC-USDT"), StreamHarness.Tickers("ETH-USDT")], listener);
        await StreamHarness.UntilAsync(() => listener.Heard.Count == 2, "the acknowledgements");

        harness.Socket.Break();
        await harness.AdvanceUntilAsync(() => listener.Heard.Count == 6, "the new acknowledgements");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(listener.Heard.Skip(2), Is.EquivalentTo(new[] { "interrupted BTC-USDT", "interrupted ETH-USDT", "subscribed BTC-USDT", "subscribed ETH-USDT" }));
            Assert.That(harness.Exchange.Sockets, Has.Count.EqualTo(2));
            Assert.That(harness.Exchange.Sockets[0].IsDisposed, Is.True);
        }
    }

    [Test]
    public async Task Dispose_LastSubscription_ClosesAndLeavesNothing()
    {
        await using var harness = new StreamHarness();
        var timers = harness.Clock.Timers;
        var listener = new RecordingListener();
        var subscription = harness.Hub.Subscribe([StreamHarness.Tickers("BTC-USDT")], listener);
        await StreamHarness.UntilAsync(() => listener.Has("subscribed BTC-USDT"), "the acknowledgement");

        await subscription.DisposeAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(harness.Socket.HasClientClosed, Is.True);
            Assert.That(harness.Socket.IsDisposed, Is.True);
            Assert.That(harness.Clock.Timers, Is.EqualTo(timers));
        }
    }

    [Test]
    public async Task Connection_Quiet_IsAskedAndThenGivenUp()
    {
        await using var harness = new StreamHarness();
        harness.Exchange.AnswersPings = false;
        var listener = new RecordingListener();
        await using var subscription = harness.Hub.Subscribe([StreamHarness.Tickers("BTC-USDT")], listener);
        await StreamHarness.UntilAsync(() => listener.Has("subscribed BTC-USDT"), "the acknowledgement");
        var socket = harness.Socket;

        await harness.AdvanceAsync(TimeSpan.FromSeconds(24.9));
        Assert.That(socket.Messages, Has.None.EqualTo("ping"));

        await harness.AdvanceAsync(TimeSpan.FromSeconds(0.2));
        await StreamHarness.UntilAsync(() => socket.Messages.Contains("ping"), "the ping");
        Assert.That(listener.Has("interrupted BTC-USDT"), Is.False);

        await harness.AdvanceAsync(TimeSpan.FromSeconds(5));
        await StreamHarness.UntilAsync(() => listener.Has("interrupted BTC-USDT"), "the loss");
        Assert.That(socket.Messages.Count(message => message == "ping"), Is.EqualTo(1));
    }
}
