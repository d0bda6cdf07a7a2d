using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Streaming;

/// <summary>Tickers over real sockets, by the platform's own WebSocket.</summary>
[TestFixture]
internal sealed class TickerSocketTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private SimulatedClient _world = null!;

    [SetUp]
    public async Task Start() => _world = await SimulatedClient.StartAsync(
        options => options.Sockets.TickerInterval = TimeSpan.FromMilliseconds(20),
        options =>
        {
            options.Streaming.PingAfter = TimeSpan.FromSeconds(0.4);
            options.Streaming.DeadAfter = TimeSpan.FromSeconds(0.8);
            options.Streaming.ReconnectDelay = TimeSpan.FromMilliseconds(20);
            options.Streaming.MaxReconnectDelay = TimeSpan.FromMilliseconds(200);
        });

    [TearDown]
    public async Task Stop() => await _world.DisposeAsync();

    [Test]
    public async Task StreamTickers_SpotAndSwap_ComeInOrderAndLeavingUnsubscribes()
    {
        string[] symbols = ["BTC-USDT", "ETH-USDT", "BTC-USDT-SWAP"];
        var seen = symbols.ToDictionary(symbol => symbol, _ => new List<Ticker>());
        await foreach (var ticker in _world.Client.StreamTickersAsync(symbols))
        {
            seen[ticker.Symbol].Add(ticker);
            if (seen.Values.All(tickers => tickers.Count >= 10))
                break;
        }

        using (Assert.EnterMultipleScope())
        {
            foreach (var tickers in seen.Values)
                Assert.That(tickers.Select(ticker => ticker.Timestamp), Is.Ordered);
            Assert.That(seen["BTC-USDT"][0].Volume24h, Is.Not.Null);
            Assert.That(seen["BTC-USDT-SWAP"][0].Contracts24h, Is.Not.Null);
            Assert.That(_world.Simulator.Sockets, Has.Count.EqualTo(1));
        }

        await UntilAsync(() => _world.Simulator.OpenSockets == 0, "the connection to be closed");
        Assert.That(_world.Simulator.Subscriptions, Is.Empty);
    }

    [Test]
    public async Task StreamTickers_SecondStreamLeaves_OnlyItsOwnSymbolIsUnsubscribed()
    {
        await using var staying = _world.Client.StreamTickersAsync(["BTC-USDT"]).GetAsyncEnumerator();
        await staying.MoveNextAsync();
        await foreach (var ticker in _world.Client.StreamTickersAsync(["BTC-USDT", "ETH-USDT"]))
        {
            if (ticker.Symbol == "ETH-USDT")
                break;
        }

        await UntilAsync(() => _world.Simulator.Subscriptions.Count == 1, "the symbol to be unsubscribed");
        Assert.That(_world.Simulator.Subscriptions.Single().Symbol, Is.EqualTo("BTC-USDT"));
        Assert.That(await staying.MoveNextAsync(), Is.True);
    }

    [Test]
    public async Task StreamTickers_UnknownSymbol_EndsThatStreamAlone()
    {
        await using var other = _world.Client.StreamTickersAsync(["BTC-USDT"]).GetAsyncEnumerator();
        await other.MoveNextAsync();

        var failure = await Assert.ThrowsAsync<OkxStreamException>(async () =>
        {
            await foreach (var ticker in _world.Client.StreamTickersAsync(["ETH-USDT", "NOSUCH-USDT"]))
                TestContext.Out.WriteLine(ticker.Symbol);
        });

        using (Assert.EnterMultipleScope())
        {
            Assert.That(failure!.Code, Is.EqualTo("60018"));
            Assert.That(failure.OkxMessage, Is.Not.Empty);
            Assert.That(failure.Message, Does.Contain("NOSUCH-USDT"));
            Assert.That(await other.MoveNextAsync(), Is.True);
            Assert.That(_world.Simulator.Sockets, Has.Count.EqualTo(1));
        }
    }

    /// <summary>Everything at once that a network does: nobody sees time go back, nothing ends, and OKX's limit of connections holds.</summary>
    [Test]
    public async Task StreamTickers_OverAFoulNetwork_GoOn()
    {
        _world.Simulator.SetSocketFaults(faults =>
        {
            faults.MeanTimeBetweenDrops = TimeSpan.FromSeconds(1);
            (faults.Malformed, faults.Binary, faults.Oversized, faults.Splitting) = (0.05, 0.05, 0.01, 0.5);
            (faults.StaleTicker, faults.Repetition, faults.Reordering, faults.LateAcknowledgement) = (0.1, 0.1, 0.1, 0.3);
            faults.LongestAcknowledgementDelay = TimeSpan.FromMilliseconds(200);
        });
        var newest = new Dictionary<string, DateTimeOffset>();
        var (watch, count) = (Stopwatch.StartNew(), 0);
        await foreach (var ticker in _world.Client.StreamTickersAsync(["BTC-USDT", "ETH-USDT", "SOL-USDT"]))
        {
            Assert.That(ticker.Timestamp, Is.GreaterThanOrEqualTo(newest.GetValueOrDefault(ticker.Symbol)));
            newest[ticker.Symbol] = ticker.Timestamp;
            count++;
            if (watch.Elapsed > TimeSpan.FromSeconds(3) && _world.Simulator.Sockets.Count > 2)
                break;
            Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(60)));
        }

        TestContext.Out.WriteLine($"{count} tickers over {_world.Simulator.Sockets.Count} connections");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(newest, Has.Count.EqualTo(3));
            Assert.That(count, Is.GreaterThan(50));
            Assert.That(_world.Simulator.MaxSocketsInAnyWindow(TimeSpan.FromSeconds(1)), Is.LessThanOrEqualTo(3));
        }

        await UntilAsync(() => _world.Simulator.OpenSockets == 0, "the connections to be closed");
    }

    [Test]
    public async Task StreamTickers_ServiceUpgrade_IsNotInterrupted()
    {
        await using var stream = _world.Client.StreamTickersAsync(["BTC-USDT"]).GetAsyncEnumerator();
        await stream.MoveNextAsync();

        _world.Simulator.SendServiceUpgradeNotice(notice: TimeSpan.FromSeconds(20));
        for (var watch = Stopwatch.StartNew(); _world.Simulator.Sockets is not [{ EndedAt: not null }, { EndedAt: null }];)
        {
            Assert.That(await stream.MoveNextAsync(), Is.True);
            Assert.That(watch.Elapsed, Is.LessThan(Patience), "the old connection outlives the new one's first push");
        }

        Assert.That(await stream.MoveNextAsync(), Is.True);
        Assert.That(_world.Log.GetSnapshot().Select(line => line.Message), Has.Some.Contains("nothing was interrupted"));
    }

    [Test]
    public async Task StreamTickers_RefusedHandshakes_AreSurvived()
    {
        _world.Simulator.RefuseSockets = true;
        await using var stream = _world.Client.StreamTickersAsync(["BTC-USDT"]).GetAsyncEnumerator();
        var first = stream.MoveNextAsync().AsTask();
        await UntilAsync(() => _world.Simulator.Sockets.Count >= 3, "the tries");

        _world.Simulator.RefuseSockets = false;

        Assert.That(await first, Is.True);
        Assert.That(_world.Log.GetSnapshot().Where(line => line.Level == LogLevel.Information).Select(line => line.Message), Has.Some.Contains("503"));
    }

    [Test]
    public async Task DisposeAsync_StreamsAndCallsInFlight_EndsAtOnce()
    {
        await using var stream = _world.Client.StreamTickersAsync(["BTC-USDT"]).GetAsyncEnumerator();
        await stream.MoveNextAsync();
        _world.Simulator.Outage = OutageMode.Hang;
        var call = _world.Client.GetTickersAsync();
        var reading = Task.Run(async () =>
        {
            while (await stream.MoveNextAsync())
                continue;
        });
        await UntilAsync(() => _world.Simulator.TotalRequests > 0, "the call");

        var watch = Stopwatch.StartNew();
        await _world.Client.DisposeAsync();

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => reading);
        await UntilAsync(() => _world.Simulator.OpenSockets == 0, "the connection to be closed");
        await Assert.ThrowsAsync<OkxTransportException>(() => call.WaitAsync(Patience));
    }

    private static async Task UntilAsync(Func<bool> holds, string what)
    {
        for (var watch = Stopwatch.StartNew(); !holds();)
        {
            Assert.That(watch.Elapsed, Is.LessThan(Patience), $"Waited in vain: {what}");
            await Task.Yield();
        }
    }
}
