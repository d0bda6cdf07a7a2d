using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using OkxData.Diagnostics;

namespace OkxData.Tests.Streaming;

[TestFixture]
internal sealed class StreamReceiveTests
{
    private StreamHarness _harness = null!;
    private RecordingListener _listener = null!;

    [SetUp]
    public async Task Start()
    {
        (_harness, _listener) = (new StreamHarness(), new RecordingListener());
        _harness.Hub.Subscribe([StreamHarness.Tickers("BTC-USDT")], _listener);
        await StreamHarness.UntilAsync(() => _listener.Has("subscribed BTC-USDT"), "the acknowledgement");
    }

    [TearDown]
    public async Task Stop() => await _harness.DisposeAsync();

    [TestCase("nonsense", "malformed")]
    [TestCase("", "malformed")]
    [TestCase("""{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":[{"last":"1""", "malformed")]
    [TestCase("""{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":"x"}""", "malformed")]
    [TestCase("""{"arg":{"channel":"tickers","instId":"ETH-USDT"},"data":[1]}""", "unknown")]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"data":[1]}""", "unknown")]
    [TestCase("""{"arg":{"channel":"tickers"},"data":[1]}""", "unknown")]
    public async Task Frame_OfNoUse_IsCountedSaidAndSurvived(string frame, string reason)
    {
        using var unusable = _harness.Collect<long>(OkxDataDiagnostics.StreamUnusableFrames);

        _harness.Socket.Push(frame);
        await AssertServedOnAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(unusable.GetMeasurementSnapshot().Select(measured => (measured.Tags["path"], measured.Tags["reason"])), Is.EqualTo(new[] { ("public", reason) }));
            Assert.That(Warnings(), Has.Count.EqualTo(1));
            Assert.That(Warnings()[0], Does.Contain(reason));
        }
    }

    [Test]
    public async Task Frame_Binary_IsCountedAndSurvived()
    {
        using var unusable = _harness.Collect<long>(OkxDataDiagnostics.StreamUnusableFrames);

        _harness.Socket.Push(Encoding.UTF8.GetBytes(StreamHarness.Push("BTC-USDT", "[9]")), WebSocketMessageType.Binary);
        await AssertServedOnAsync();

        Assert.That(unusable.GetMeasurementSnapshot().Select(measured => measured.Tags["reason"]), Is.EqualTo(new[] { "binary" }));
        Assert.That(_listener.Has("push BTC-USDT [9]"), Is.False);
    }

    [TestCase(4096)]
    [TestCase(3 << 20)]
    public async Task Frame_OfTwoMegabytes_IsReadToItsEndAndSurvived(int piece)
    {
        using var unusable = _harness.Collect<long>(OkxDataDiagnostics.StreamUnusableFrames);
        var frame = Encoding.UTF8.GetBytes(StreamHarness.Push("BTC-USDT", $"[\"{new string('x', 2 << 20)}\"]"));

        _harness.Socket.PushInPieces(frame, piece);
        await AssertServedOnAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(unusable.GetMeasurementSnapshot().Select(measured => measured.Tags["reason"]), Is.EqualTo(new[] { "oversized" }));
            Assert.That(_harness.Exchange.Sockets, Has.Count.EqualTo(1));
            Assert.That(_listener.Heard, Has.Count.EqualTo(2));
        }
    }

    [Test]
    public async Task Frame_JustBelowTheLimit_IsPassed()
    {
        var text = new string('x', (1 << 20) - 200);

        _harness.Socket.PushInPieces(Encoding.UTF8.GetBytes(StreamHarness.Push("BTC-USDT", $"[\"{text}\"]")), 70_000);

        await StreamHarness.UntilAsync(() => _listener.Has($"push BTC-USDT [\"{text}\"]"), "the push");
    }

    [Test]
    public async Task Frame_CutInTheMiddleByTheNetwork_LeadsToTheNextConnection()
    {
        _harness.Socket.PushPiece("""{"arg":{"channel":"tickers","in"""u8.ToArray(), isLast: false);
        _harness.Socket.Break();

        await _harness.AdvanceUntilAsync(() => _listener.Count("subscribed BTC-USDT") == 2, "the next connection");
        await AssertServedOnAsync();
        Assert.That(Warnings(), Is.Empty, "the half frame is not blamed on OKX");
    }

    [Test]
    public async Task Frames_InPiecesOfAnySize_ArePutTogether()
    {
        var seed = TestContext.CurrentContext.Random.Next();
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        List<string> sent = [];
        for (var index = 0; index < 300; index++)
        {
            var data = $"[{index},\"{new string('é', random.Next(index % 20 == 0 ? 40_000 : 100))}\"]";
            sent.Add($"push BTC-USDT {data}");
            var frame = Encoding.UTF8.GetBytes(StreamHarness.Push("BTC-USDT", data));
            _harness.Socket.PushInPieces(frame, random.Next(1, frame.Length + 1));
        }

        await StreamHarness.UntilAsync(() => _listener.Heard.Count == sent.Count + 1, "the pushes");

        Assert.That(_listener.Heard.Skip(1), Is.EqualTo(sent));
    }

    [Test]
    public async Task Frames_WithEmptyPieces_ArePutTogether()
    {
        _harness.Socket.PushPiece([], isLast: false);
        _harness.Socket.PushPiece(Encoding.UTF8.GetBytes(StreamHarness.Push("BTC-USDT", "[7]")), isLast: false);
        _harness.Socket.PushPiece([], isLast: true);

        await StreamHarness.UntilAsync(() => _listener.Has("push BTC-USDT [7]"), "the push");
    }

    [Test]
    public async Task Flood_OfUselessFrames_IsSaidOncePerMinute()
    {
        using var unusable = _harness.Collect<long>(OkxDataDiagnostics.StreamUnusableFrames);
        for (var count = 0; count < 5000; count++)
            _harness.Socket.Push("nonsense");
        await StreamHarness.UntilAsync(() => unusable.GetMeasurementSnapshot().Count == 5000, "the frames");
        Assert.That(Warnings(), Has.Count.EqualTo(1));

        await _harness.AdvanceAsync(TimeSpan.FromMinutes(1), TimeSpan.FromSeconds(10));
        _harness.Socket.Push("nonsense");
        await StreamHarness.UntilAsync(() => Warnings().Count == 2, "the second line");

        Assert.That(Warnings()[1], Does.Contain("5000"));
    }

    [Test]
    public async Task Warning_OfAFrameWithControlCharacters_IsOneLine()
    {
        _harness.Socket.Push("first\r\nsecond\u001b[31m");
        await StreamHarness.UntilAsync(() => Warnings().Count == 1, "the warning");

        Assert.That(Warnings()[0], Has.None.Matches<char>(char.IsControl));
    }

    [TestCase("""{"event":"login","code":"0"}""")]
    [TestCase("""{"event":"channel-conn-count","channel":"orders","connCount":"2"}""")]
    [TestCase("""{"event":"notice","code":"1","msg":"hello"}""")]
    [TestCase("""{"event":"error","code":"60012","msg":"about nothing that was asked"}""")]
    [TestCase("""{"event":"subscribe","arg":{"channel":"tickers","instId":"NEVER-ASKED"}}""")]
    [TestCase("""{"event":"unsubscribe","arg":{"channel":"tickers","instId":"BTC-USDT"}}""")]
    [TestCase("pong")]
    public async Task Frame_ThatIsOfNoInterest_ChangesNothing(string frame)
    {
        _harness.Socket.Push(frame);
        await AssertServedOnAsync();

        Assert.That(_listener.Heard, Has.Count.EqualTo(2));
        Assert.That(_harness.Exchange.Sockets, Has.Count.EqualTo(1));
    }

    private async Task AssertServedOnAsync()
    {
        _harness.Socket.Push(StreamHarness.Push("BTC-USDT", "[1]"));
        await StreamHarness.UntilAsync(() => _listener.Has("push BTC-USDT [1]"), "the next push");
    }

    private List<string> Warnings() => [.. _harness.Log.GetSnapshot().Where(line => line.Level == LogLevel.Warning).Select(line => line.Message)];
}
