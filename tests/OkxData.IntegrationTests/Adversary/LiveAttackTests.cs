using System.Collections.Concurrent;
using System.Text;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.IntegrationTests.Streaming;
using OkxData.Models;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>Live data from sockets that no simulator of ours would serve, through the public door.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LiveAttackTests
{
    private const int Speed = 20;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);
    private static readonly string[] Symbols = ["BTC-USDT", "ETH-USDT", "BTC-USDT-SWAP"];

    private static IEnumerable<TestCaseData> Manners()
    {
        TestCaseData Of(string name, FakeManner manner, FakeFeedManner feed, double hoursOff = 0) => new TestCaseData(manner, feed, hoursOff).SetArgDisplayNames(name);
        yield return Of("as documented", new(), new());
        yield return Of("no id, no connId, no acks, fragments", new() { EchoesId = false, HasConnId = false, Ack = FakeAck.Never, Fragment = 7 }, new() { JoinsNext = true }, -3);
        yield return Of("odd texts, byte by byte, late acks", new() { IsOdd = true, Write = 11, Fragment = 50, Ack = FakeAck.Late }, new() { ConfirmsTwice = true }, 1);
        yield return Of("never confirmed, acks after data", new() { Ack = FakeAck.AfterData }, new() { NeverConfirms = true, RestLag = 1 }, -3);
        yield return Of("cut at every second push", new() { Ack = FakeAck.Twice }, new() { CutEvery = 2 }, -1);
        yield return Of("cut often, requests lag and fail", new() { Fragment = 1 }, new() { CutEvery = 17, RestLag = 1, RestAnswersOneOf = 3, JoinsNext = true }, 1);
        yield return Of("never confirmed, cut, odd", new() { IsOdd = true, EchoesId = false }, new() { CutEvery = 9, NeverConfirms = true }, 0.5);
    }

    [TestCaseSource(nameof(Manners))]
    public async Task StreamCandlesAsync_WhateverTheManner_GivesEachFinishedCandleOnceInOrder(FakeManner manner, FakeFeedManner feedManner, double hoursOff)
    {
        const int bars = 40, before = 10;
        var clock = new FastClock(AdversaryHost.Now, Speed);
        var start = AdversaryHost.Now.AddHours(hoursOff);
        await using var world = new World(clock, options => options.Resilience.MaxRetries = 1);
        world.Server.Manner = manner;
        var feed = new FakeCandleFeed(world.Server, feedManner, start);
        await using (var reader = new CandleStreamReader(world.Client, new CandleStreamQuery { Symbols = Symbols, Bar = BarSize.OneMinute, From = start.AddMinutes(-before) < AdversaryHost.Now ? start.AddMinutes(-before) : AdversaryHost.Now }))
        {
            await UntilAsync(() => world.Server.Open.Any(socket => socket.Topics.Count == Symbols.Length), "subscriptions");
            await feed.PushAsync(Symbols, bars, () => TimeSpan.FromMilliseconds(10));
            var last = start.AddMinutes(bars - 1);
            while (!reader.Completion.IsCompleted && !Symbols.All(symbol => reader.Of(symbol).LastOrDefault().OpenTime == last) && world.HasTime)
                await feed.LingerAsync(Symbols);

            Assert.That(reader.Completion.Exception, Is.Null);
            foreach (var symbol in Symbols)
            {
                var candles = reader.Of(symbol);
                var first = start.AddMinutes(-before) < AdversaryHost.Now ? start.AddMinutes(-before) : AdversaryHost.Now;
                var expected = Enumerable.Range(0, (int)(last - first).TotalMinutes + 1).Select(minute => first.AddMinutes(minute));
                Assert.That(candles.Select(candle => candle.OpenTime), Is.EqualTo(expected), symbol);
                Assert.That(candles.Select(candle => candle.Close), Is.EqualTo(candles.Select(candle => feed.CloseOf(symbol, candle.OpenTime))), symbol);
                Assert.That(reader.Finished.Select(update => update.MissingBefore), Has.All.Null);
            }
        }

        await world.AssertNothingIsLeftAsync();
        Assert.That(world.Server.Sockets.Select(socket => socket.Path), Has.All.EqualTo("/ws/v5/business"));
    }

    [Test]
    public async Task StreamTickersAsync_SocketsAreRefused_AreTriedUntilOneServes([Values] FakeUpgrade upgrade)
    {
        await using var world = new World(TimeProvider.System, options =>
        {
            options.Streaming.ConnectTimeout = TimeSpan.FromSeconds(1);
            options.Streaming.ReconnectDelay = TimeSpan.FromMilliseconds(10);
        });
        world.Server.UpgradeOf = n => n <= 3 ? upgrade : FakeUpgrade.Accept;
        world.Server.FirstDataOf = (channel, symbol) => FakeLive.Push(channel, symbol, FakeLive.Ticker(symbol, 1780000000000));

        await foreach (var ticker in world.Client.StreamTickersAsync(["BTC-USDT"]).WithCancellation(world.Timeout))
        {
            Assert.That(ticker.Price, Is.EqualTo(100.5m));
            break;
        }

        Assert.That(world.Server.MostUpgradesInASecond(), Is.LessThanOrEqualTo(3));
        await world.AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task StreamTickersAsync_OneOfManySymbolsIsUnknown_EndsOnlyTheStreamThatNamesIt([Values] bool echoesId)
    {
        await using var world = new World(TimeProvider.System);
        world.Server.Manner = new FakeManner { EchoesId = echoesId };
        world.Server.ErrorOf = (_, _, symbol) => symbol == "NONE-USDT" ? "60018" : null;
        world.Server.FirstDataOf = (channel, symbol) => FakeLive.Push(channel, symbol, FakeLive.Ticker(symbol, 1780000000000));
        var good = Enumerable.Range(0, 99).Select(i => $"C{i}-USDT").ToList();
        await using var others = world.Client.StreamTickersAsync(good).GetAsyncEnumerator(world.Timeout);
        var first = others.MoveNextAsync();

        var failure = await Assert.ThrowsAsync<OkxStreamException>(async () =>
        {
            await foreach (var _ in world.Client.StreamTickersAsync([.. good, "NONE-USDT"]).WithCancellation(world.Timeout))
            {
                // Whatever comes before the end.
            }
        });

        Assert.That((failure!.Code, failure.Message), Is.EqualTo(("60018", failure.Message)));
        Assert.That(failure.Message, Does.Contain("NONE-USDT"));
        Assert.That(await first, Is.True);
        var seen = new HashSet<string> { others.Current.Symbol };
        while (seen.Count < good.Count && await others.MoveNextAsync())
            seen.Add(others.Current.Symbol);
        Assert.That(world.Server.Sockets, Has.Count.EqualTo(1), "nothing was opened anew");
    }

    [Test]
    public async Task StreamTickersAsync_TooFrequentAtFirst_AsksAgainUntilAllAreServed()
    {
        await using var world = new World(new FastClock(AdversaryHost.Now, Speed));
        var refusals = 0;
        world.Server.Manner = new FakeManner { EchoesId = false };
        world.Server.ErrorOf = (_, _, _) => Interlocked.Increment(ref refusals) <= 5 ? "60014" : null;
        world.Server.FirstDataOf = (channel, symbol) => FakeLive.Push(channel, symbol, FakeLive.Ticker(symbol, 1780000000000));
        var symbols = Enumerable.Range(0, 20).Select(i => $"C{i}-USDT").ToList();

        await AllAreServedAsync(world, symbols);

        Assert.That(world.Server.Sockets.Sum(socket => socket.Messages.Count), Is.LessThan(40));
    }

    [Test]
    public async Task StreamTickersAsync_ManySymbols_AreAskedForInFewSmallMessages()
    {
        await using var world = new World(TimeProvider.System);
        world.Server.FirstDataOf = (channel, symbol) => FakeLive.Push(channel, symbol, FakeLive.Ticker(symbol, 1780000000000));
        var symbols = Enumerable.Range(0, 1500).Select(i => $"VERYLONGNAMEOFANASSET{i}-USDT-SWAP").ToList();

        await AllAreServedAsync(world, symbols);

        var messages = world.Server.Sockets.Single().Messages.Where(message => message.Contains("\"subscribe\"", StringComparison.Ordinal)).ToList();
        Assert.That(messages.Select(Encoding.UTF8.GetByteCount), Has.All.LessThan(64 * 1024));
        Assert.That(messages, Has.Count.LessThan(20));
    }

    [Test]
    public async Task StreamTickersAsync_ConnectionsEndInEveryWay_GoOn([Values(4004, 1001, 1009, 4008, 0, -1, -2)] int code)
    {
        await using var world = new World(new FastClock(AdversaryHost.Now, Speed), options => options.Streaming.MaxReconnectDelay = TimeSpan.FromSeconds(2));
        var ts = 1780000000000;
        world.Server.FirstDataOf = (channel, symbol) => FakeLive.Push(channel, symbol, FakeLive.Ticker(symbol, Interlocked.Increment(ref ts)));
        await using var tickers = world.Client.StreamTickersAsync(["BTC-USDT"]).GetAsyncEnumerator(world.Timeout);
        for (var round = 0; round < 3; round++)
        {
            Assert.That(await tickers.MoveNextAsync(), Is.True);
            var socket = world.Server.Open[^1];
            switch (code)
            {
                case 0 or -1:
                    socket.Cut(resets: code == 0);
                    break;
                case -2:
                    socket.IsFrozen = true;
                    break;
                default:
                    await socket.CloseAsync(code);
                    break;
            }
        }

        Assert.That(tickers.Current.Timestamp, Is.EqualTo(DateTimeOffset.FromUnixTimeMilliseconds(1780000000003)));
    }

    [Test]
    public async Task StreamTickersAsync_UpgradeIsAnnounced_MovesWithoutAGap()
    {
        await using var world = new World(TimeProvider.System);
        var ts = 1780000000000;
        world.Server.FirstDataOf = (channel, symbol) => FakeLive.Push(channel, symbol, FakeLive.Ticker(symbol, Interlocked.Increment(ref ts)));
        await using var tickers = world.Client.StreamTickersAsync(["BTC-USDT"]).GetAsyncEnumerator(world.Timeout);
        await tickers.MoveNextAsync();
        var old = world.Server.Open.Single();
        await old.SendAsync("""{"event":"notice","code":"64008","msg":"The connection will soon be closed for a service upgrade. Please reconnect.","connId":"a"}""");

        Assert.That(await tickers.MoveNextAsync(), Is.True);
        await UntilAsync(() => !old.IsOpen, "the old connection to go");
        Assert.That((world.Server.Open.Count, world.Server.Sockets.Count), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task Streams_ConsumersOfEveryKind_LeaveNothingBehind()
    {
        await using var world = new World(TimeProvider.System);
        var ts = 1780000000000;
        world.Server.FirstDataOf = (channel, symbol) => channel == "tickers"
            ? FakeLive.Push(channel, symbol, FakeLive.Ticker(symbol, Interlocked.Increment(ref ts)))
            : FakeLive.Push(channel, symbol, $"""["{AdversaryHost.Now.ToUnixTimeMilliseconds()}","1","1","1","1","1","1","1","0"]""");
        world.Server.Rest = _ => (200, """{"code":"0","msg":"","data":[]}""");
        var random = new Random(5);
        var delays = Enumerable.Range(0, 50).Select(_ => TimeSpan.FromMilliseconds(random.Next(0, 300))).ToList();
        var endings = new ConcurrentBag<string>();

        await Task.WhenAll(delays.Select(async (delay, i) =>
        {
            using var stop = new CancellationTokenSource(delay);
            try
            {
                if (i % 2 == 0)
                {
                    await foreach (var ticker in world.Client.StreamTickersAsync(Symbols, stop.Token))
                    {
                        if (i % 10 == 0)
                            break;
                        if (i % 10 == 2)
                            throw new InvalidOperationException("the reader's own");
                    }
                }
                else
                {
                    await foreach (var update in world.Client.StreamCandlesAsync(new CandleStreamQuery { Symbols = Symbols, Bar = BarSize.OneMinute, IncludeUnfinished = true }, stop.Token))
                    {
                        if (i % 10 == 1)
                            break;
                        if (i % 10 == 3)
                            throw new InvalidOperationException("the reader's own");
                    }
                }

                endings.Add("left");
            }
            catch (Exception exception) when (exception is OperationCanceledException or InvalidOperationException)
            {
                endings.Add(exception.GetType().Name);
            }
        }));

        Assert.That(endings, Has.Count.EqualTo(50));
        await world.AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task StreamTickersAsync_EnumeratedTwice_AreTwoStreams()
    {
        await using var world = new World(TimeProvider.System);
        world.Server.FirstDataOf = (channel, symbol) => FakeLive.Push(channel, symbol, FakeLive.Ticker(symbol, 1780000000000));
        var stream = world.Client.StreamTickersAsync(["BTC-USDT"]);
        for (var i = 0; i < 2; i++)
        {
            await foreach (var ticker in stream.WithCancellation(world.Timeout))
                break;
        }

        await world.AssertNothingIsLeftAsync();
    }

    [Test]
    public async Task Dispose_InTheMiddleOfStreams_EndsThemAndLeavesNothing()
    {
        await using var world = new World(TimeProvider.System);
        world.Server.FirstDataOf = (channel, symbol) => channel == "tickers" ? FakeLive.Push(channel, symbol, FakeLive.Ticker(symbol, 1780000000000)) : null;
        var tickers = world.Client.StreamTickersAsync(["BTC-USDT"]).GetAsyncEnumerator(world.Timeout);
        await tickers.MoveNextAsync();
        var next = tickers.MoveNextAsync();
        var candles = world.Client.StreamCandlesAsync(new CandleStreamQuery { Symbols = Symbols, Bar = BarSize.OneMinute }).GetAsyncEnumerator(world.Timeout);
        var candle = candles.MoveNextAsync();
        await UntilAsync(() => world.Server.Open.Count == 2, "both connections");

        await world.Client.DisposeAsync();

        await Assert.ThatAsync(async () => await next, Throws.InstanceOf<ObjectDisposedException>());
        await Assert.ThatAsync(async () => await candle, Throws.InstanceOf<ObjectDisposedException>());
        await tickers.DisposeAsync();
        await candles.DisposeAsync();
        await UntilAsync(() => world.Server.Connections == 0, "all connections to be closed");
    }

    private static async Task AllAreServedAsync(World world, List<string> symbols)
    {
        var seen = new HashSet<string>();
        await foreach (var ticker in world.Client.StreamTickersAsync(symbols).WithCancellation(world.Timeout))
        {
            seen.Add(ticker.Symbol);
            if (seen.Count == symbols.Count)
                break;
        }

        Assert.That(seen, Is.EquivalentTo(symbols));
    }

    private static async Task UntilAsync(Func<bool> condition, string what)
    {
        for (var waits = 0; !condition() && waits < 2_000; waits++)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        Assert.That(condition(), Is.True, what);
    }

    private sealed class World : IAsyncDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("okxdata-live-").FullName;
        private readonly CancellationTokenSource _timeout = new(Patience);

        public World(TimeProvider clock, Action<OkxMarketDataOptions>? configure = null) => Client = Server.Client(_folder, clock, configure);

        public FakeLive Server { get; } = new();

        public OkxMarketClient Client { get; }

        public CancellationToken Timeout => _timeout.Token;

        public bool HasTime => !_timeout.IsCancellationRequested;

        /// <summary>No socket is open, as the server sees it, and none is asked for any more.</summary>
        public async Task AssertNothingIsLeftAsync()
        {
            await UntilAsync(() => Server.Open.Count == 0, "every socket to be closed");
            await UntilAsync(() => Server.Connections == 0, "every connection to be closed");
        }

        public async ValueTask DisposeAsync()
        {
            await Client.DisposeAsync();
            await Server.DisposeAsync();
            _timeout.Dispose();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
