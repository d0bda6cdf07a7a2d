using System.Text.Json;
using NUnit.Framework;
using OkxData.Streaming;

namespace OkxData.Tests.Streaming;

[TestFixture]
internal sealed class StreamRequestTests
{
    private StreamHarness _harness = null!;

    [SetUp]
    public void Start() => _harness = new StreamHarness(options => (options.PingAfter, options.DeadAfter) = (TimeSpan.FromHours(23), TimeSpan.FromHours(24)));

    [TearDown]
    public async Task Stop() => await _harness.DisposeAsync();

    [TestCase(true, true)]
    [TestCase(true, false)]
    [TestCase(false, true)]
    [TestCase(false, false)]
    public async Task Subscribe_UnknownSymbolsAmongMany_AreRefusedAndTheOthersServed(bool echoesIds, bool refusesWholeMessages)
    {
        (_harness.Exchange.EchoesIds, _harness.Exchange.RefusesWholeMessages) = (echoesIds, refusesWholeMessages);
        string[] unknown = ["C7-USDT", "C33-USDT"];
        _harness.Exchange.Unknown.UnionWith(unknown);
        RecordingListener[] listeners = [.. Enumerable.Range(0, 50).Select(_ => new RecordingListener())];
        for (var index = 0; index < listeners.Length; index++)
            _harness.Hub.Subscribe([StreamHarness.Tickers($"C{index}-USDT")], listeners[index]);

        await _harness.AdvanceUntilAsync(() => listeners.All(listener => listener.Heard.Count > 0), "an answer for each", TimeSpan.FromMilliseconds(10));

        using (Assert.EnterMultipleScope())
        {
            for (var index = 0; index < listeners.Length; index++)
            {
                var symbol = $"C{index}-USDT";
                Assert.That(listeners[index].Heard, Is.EqualTo(new[] { unknown.Contains(symbol) ? $"rejected {symbol}" : $"subscribed {symbol}" }));
            }

            Assert.That(listeners[7].Rejection!.Code, Is.EqualTo("60018"));
            Assert.That(listeners[7].Rejection!.Message, Does.Contain("C7-USDT").And.Contain("60018"));
            Assert.That(_harness.Exchange.Sockets, Has.Count.EqualTo(1));
        }
    }

    [Test]
    public async Task Subscribe_ToWhatWasRefused_AsksAgain()
    {
        _harness.Exchange.Unknown.Add("NEW-USDT");
        var (early, late) = (new RecordingListener(), new RecordingListener());
        await using var keeping = _harness.Hub.Subscribe([StreamHarness.Tickers("BTC-USDT")], new RecordingListener());
        await using var refused = _harness.Hub.Subscribe([StreamHarness.Tickers("NEW-USDT")], early);
        await StreamHarness.UntilAsync(() => early.Has("rejected NEW-USDT"), "the refusal");

        _harness.Exchange.Unknown.Clear();
        await using var again = _harness.Hub.Subscribe([StreamHarness.Tickers("NEW-USDT")], late);
        await StreamHarness.UntilAsync(() => late.Has("subscribed NEW-USDT"), "the listing");

        Assert.That(early.Heard, Is.EqualTo(new[] { "rejected NEW-USDT" }));
    }

    [Test]
    public async Task Subscribe_OnlyTopicIsRefused_ClosesTheConnection()
    {
        _harness.Exchange.Unknown.Add("NOPE-USDT");
        var listener = new RecordingListener();

        var subscription = _harness.Hub.Subscribe([StreamHarness.Tickers("NOPE-USDT")], listener);
        await StreamHarness.UntilAsync(() => listener.Has("rejected NOPE-USDT"), "the refusal");

        await StreamHarness.UntilAsync(() => _harness.Socket.IsDisposed, "the connection to be closed");
        await subscription.DisposeAsync();
    }

    [Test]
    public async Task Subscribe_TooFrequent_WaitsAndRefusesNobody()
    {
        var (refusals, listener) = (2, new RecordingListener());
        _harness.Exchange.Script = (socket, message) =>
        {
            if (refusals-- > 0)
                socket.Push("""{"event":"error","msg":"Requests too frequent","code":"60014","connId":"5f3f787a"}""");
            else
                _harness.Exchange.Answer(socket, message);
        };

        await using var subscription = _harness.Hub.Subscribe([StreamHarness.Tickers("A-USDT"), StreamHarness.Tickers("B-USDT")], listener);
        await _harness.AdvanceUntilAsync(() => _harness.Exchange.Sockets is [{ Messages.Count: 3 }], "the third message");
        await StreamHarness.UntilAsync(() => listener.Heard.Count == 2, "the acknowledgements");

        Assert.That(listener.Heard, Is.EquivalentTo(new[] { "subscribed A-USDT", "subscribed B-USDT" }));
    }

    [Test]
    public async Task Subscribe_LateAcknowledgement_IsTakenAndTheTopicAskedForAgainMeanwhile()
    {
        _harness.Exchange.Script = (_, _) => { };
        var listener = new RecordingListener();
        await using var subscription = _harness.Hub.Subscribe([StreamHarness.Tickers("A-USDT")], listener);
        await StreamHarness.UntilAsync(() => _harness.Exchange.Sockets is [{ Messages.Count: 1 }], "the question");

        await _harness.AdvanceUntilAsync(() => _harness.Socket.Messages.Count == 2, "the question again");
        _harness.Socket.Push("""{"id":"1","event":"subscribe","arg":{"channel":"tickers","instId":"A-USDT"}}""");
        await StreamHarness.UntilAsync(() => listener.Has("subscribed A-USDT"), "the acknowledgement");
        _harness.Socket.Push("""{"id":"2","event":"subscribe","arg":{"channel":"tickers","instId":"A-USDT"}}""");
        _harness.Socket.Push(StreamHarness.Push("A-USDT", "[1]"));
        await StreamHarness.UntilAsync(() => listener.Has("push A-USDT [1]"), "the push");

        Assert.That(listener.Heard, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task Subscribe_OneTopicThatIsNeverAnswered_LeavesOthersUntouched()
    {
        _harness.Exchange.Ignored.Add("MUTE-USDT");
        var (listener, mute) = (new RecordingListener(), new RecordingListener());
        await using var one = _harness.Hub.Subscribe([StreamHarness.Tickers("A-USDT")], listener);
        await using var two = _harness.Hub.Subscribe([StreamHarness.Tickers("MUTE-USDT")], mute);

        await StreamHarness.UntilAsync(() => _harness.Exchange.Sockets is [{ Messages.Count: > 0 }] && Requests().Exists(request => request.ToString().Contains("MUTE", StringComparison.Ordinal)), "the questions");
        _harness.Socket.Push(StreamHarness.Push("A-USDT"));
        await StreamHarness.UntilAsync(() => listener.Has("push A-USDT [{}]"), "the push");

        await _harness.AdvanceUntilAsync(() => Requests().Count >= 8, "the question again and again", TimeSpan.FromSeconds(1));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(_harness.Exchange.Sockets, Has.Count.EqualTo(1));
            Assert.That(listener.Has("interrupted A-USDT"), Is.False);
            Assert.That(mute.Heard, Is.Empty);
        }
    }

    [Test]
    public async Task Subscribe_ManyCallsAtOnce_GoInFewMessages()
    {
        var gate = new TaskCompletionSource();
        _harness.Exchange.OnConnect = (_, _) => gate.Task;
        var listener = new RecordingListener();
        for (var index = 0; index < 200; index++)
            _harness.Hub.Subscribe([StreamHarness.Tickers($"C{index}-USDT")], listener);

        gate.SetResult();
        await StreamHarness.UntilAsync(() => listener.Heard.Count == 200, "the acknowledgements");

        Assert.That(_harness.Socket.Messages, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Messages_Always_HaveAnIdThatOkxTakes()
    {
        var listener = new RecordingListener();
        for (var index = 0; index < 20; index++)
        {
            await using var subscription = _harness.Hub.Subscribe([StreamHarness.Tickers("A-USDT"), StreamHarness.Tickers($"C{index}-USDT")], listener);
            await StreamHarness.UntilAsync(() => listener.Has($"subscribed C{index}-USDT"), "the acknowledgement");
            if (index == 0)
                _harness.Hub.Subscribe([StreamHarness.Tickers("KEEP-USDT")], listener);
        }

        var ids = Requests().ConvertAll(request => request.GetProperty("id").GetString()!);
        Assert.That(ids, Is.Unique.And.All.Match("^[A-Za-z0-9]{1,32}$"));
        Assert.That(ids, Has.Count.GreaterThan(20));
    }

    /// <summary>However often a program subscribes and unsubscribes: no hour sees more than 480 messages on a connection.</summary>
    [Test]
    public async Task Messages_OfAnyHour_AreAtMost480()
    {
        await using var harness = new StreamHarness(options => (options.PingAfter, options.DeadAfter) = (TimeSpan.FromHours(23), TimeSpan.FromHours(24)));
        var times = new List<DateTimeOffset>();
        harness.Exchange.Script = (socket, message) =>
        {
            times.Add(harness.Clock.GetUtcNow());
            harness.Exchange.Answer(socket, message);
        };
        await using var keeping = harness.Hub.Subscribe([StreamHarness.Tickers("KEEP-USDT")], new RecordingListener());
        await StreamHarness.UntilAsync(() => times.Count == 1, "the connection");

        while (times.Count < 480)
        {
            var count = times.Count;
            var subscription = harness.Hub.Subscribe([StreamHarness.Tickers($"C{count}-USDT")], new RecordingListener());
            await StreamHarness.UntilAsync(() => times.Count > count, "the message");
            if (times.Count < 480)
                await subscription.DisposeAsync();
            await StreamHarness.UntilAsync(() => times.Count > count + 1 || times.Count == 480, "the message");
        }

        await using var late = harness.Hub.Subscribe([StreamHarness.Tickers("LATE-USDT")], new RecordingListener());
        await harness.AdvanceAsync(TimeSpan.FromMinutes(60));
        Assert.That(times, Has.Count.EqualTo(480));
        await harness.AdvanceUntilAsync(() => times.Count > 480, "the message of the next hour", TimeSpan.FromSeconds(30));

        Assert.That(times[480] - times[0], Is.GreaterThanOrEqualTo(TimeSpan.FromHours(1)));
        Assert.That(harness.Exchange.Sockets, Has.Count.EqualTo(1));
    }

    private List<JsonElement> Requests() => [.. _harness.Socket.Messages.Where(message => message != "ping").Select(message => JsonDocument.Parse(message).RootElement)];
}
