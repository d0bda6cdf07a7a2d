using System.Diagnostics.Metrics;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Diagnostics;
using OkxData.Models;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Streaming;

/// <summary>Candle streams over connections that fail.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class CandleStreamFaultTests
{
    private static readonly DateTimeOffset Minute = CandleStreamWorld.Minute;

    [Test]
    public async Task StreamCandlesAsync_DroppedInMidBar_MissesNothingAndAsksNothing()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        await using var reader = world.Read(CandleStreamWorld.Query("BTC-USDT", "ETH-USDT"), world.Client(options => options.Caching.Mode = CacheMode.Off));
        for (var minute = 0; minute < 5; minute++)
        {
            await world.PassAsync(Minute.AddMinutes(minute).AddSeconds(25) - world.Clock.GetUtcNow());
            world.Simulator.DropSockets(SocketDropKind.Abort);
            await world.PassAsync(TimeSpan.FromSeconds(38));
            await reader.HasAsync(2 * (minute + 1));
        }

        Assert.That(reader.Of("BTC-USDT"), Is.EqualTo(world.Simulator.FinishedCandles("BTC-USDT", "1m", Minute, Minute.AddMinutes(5))));
        Assert.That(world.PageRequests, Is.Zero);
        Assert.That(world.Simulator.Sockets, Has.Count.EqualTo(6));
    }

    [TestCase(1)]
    [TestCase(8)]
    public async Task StreamCandlesAsync_BoundariesPassWhileOffline_OneRequestForEachSymbolFillsThem(int minutes)
    {
        string[] symbols = ["BTC-USDT", "ETH-USDT", "SOL-USDT"];
        await using var world = await CandleStreamWorld.StartAsync();
        await using var reader = world.Read(CandleStreamWorld.Query(symbols), world.Client(options => options.Caching.Mode = CacheMode.Off));
        await world.PassAsync(TimeSpan.FromSeconds(45));
        await reader.HasAsync(3);

        // REST is away as well, or it would be asked minute by minute.
        world.Simulator.RefuseSockets = true;
        world.Simulator.SetFaults(1, FaultKind.Unavailable);
        world.Simulator.DropSockets(SocketDropKind.Abort);
        await world.PassAsync(TimeSpan.FromMinutes(minutes));
        world.Simulator.SetFaults(0);
        world.Simulator.RefuseSockets = false;
        var before = world.PageRequests;
        await world.PassUntilAsync(reader, 3 * (minutes + 1), TimeSpan.FromSeconds(50));

        foreach (var symbol in symbols)
            Assert.That(reader.Of(symbol), Is.EqualTo(world.Simulator.FinishedCandles(symbol, "1m", Minute, Minute.AddMinutes(minutes + 1))), symbol);
        Assert.That(world.PageRequests - before, Is.InRange(3, 6));
    }

    [Test]
    public async Task StreamCandlesAsync_EveryConfirmationIsLost_IsFetchedWithOneRequestEach()
    {
        await using var world = await CandleStreamWorld.StartAsync(options => options.Sockets.Faults.ConfirmationLoss = 1);
        await using var reader = world.Read(CandleStreamWorld.Query("BTC-USDT"), world.Client(options => options.Caching.Mode = CacheMode.Off));
        for (var minute = 1; minute <= 20; minute++)
        {
            await world.PassAsync(TimeSpan.FromMinutes(1));
            await reader.HasAsync(minute);
        }

        Assert.That(reader.Of("BTC-USDT"), Is.EqualTo(world.Simulator.FinishedCandles("BTC-USDT", "1m", Minute, Minute.AddMinutes(20))));
        Assert.That(reader.Finished, Has.All.Matches<CandleUpdate>(update => !update.IsLive));
        Assert.That(world.PageRequests, Is.InRange(20, 22));
    }

    [TestCase("no snapshot")]
    [TestCase("pushes only what changes")]
    [TestCase("late confirmations")]
    [TestCase("one instrument in silence")]
    [TestCase("history lags by minutes")]
    [TestCase("history serves forming candles")]
    [TestCase("a hundred rows a page")]
    [TestCase("terse frames")]
    public async Task StreamCandlesAsync_HabitsThatNobodyPromised_EachFinishedCandleOnceAndInOrder(string habit)
    {
        await using var world = await CandleStreamWorld.StartAsync(options => Acquire(habit, options));
        var from = Minute.AddMinutes(-150);
        await using var reader = world.Read(CandleStreamWorld.Query("BTC-USDT", "ETH-USDT") with { From = from });
        await using var live = world.Read(CandleStreamWorld.Query("BTC-USDT", "ETH-USDT"), world.Client(options => options.Caching.Mode = CacheMode.Off));
        await world.PassUntilAsync(reader, 2 * 150);
        for (var minute = 1; minute <= 8; minute++)
        {
            world.Simulator.DropSockets(SocketDropKind.Close);
            await world.PassAsync(Minute.AddMinutes(minute).AddSeconds(30) - world.Clock.GetUtcNow());
            await live.HasAsync(2 * minute);
        }

        await world.PassUntilAsync(reader, 2 * 158);
        foreach (var symbol in new[] { "BTC-USDT", "ETH-USDT" })
        {
            var candles = reader.Of(symbol);
            Assert.That(candles, Has.Length.GreaterThanOrEqualTo(158), symbol);
            Assert.That(candles, Is.EqualTo(world.Simulator.FinishedCandles(symbol, "1m", from, from.AddMinutes(candles.Length))), symbol);
            Assert.That(live.Of(symbol), Is.EqualTo(candles.Skip(150).Take(live.Of(symbol).Length)), symbol);
        }

        Assert.That(reader.Finished.Concat(live.Finished).Select(update => update.MissingBefore), Has.All.Null);
    }

    private static void Acquire(string habit, OkxSimulatorOptions options)
    {
        switch (habit)
        {
            case "no snapshot":
                options.Sockets.PushOnSubscribe = false;
                break;
            case "pushes only what changes":
                options.Sockets.PushUnchanged = false;
                break;
            case "late confirmations":
                options.Sockets.ConfirmDelay = TimeSpan.FromSeconds(8);
                break;
            case "one instrument in silence":
                options.Sockets.QuietSymbols.Add("ETH-USDT");
                break;
            case "history lags by minutes":
                options.HistoryLag = TimeSpan.FromMinutes(4);
                options.Sockets.Faults.ConfirmationLoss = 0.5;
                break;
            case "history serves forming candles":
                options.HistoryServesForming = true;
                options.Sockets.Faults.ConfirmationLoss = 0.5;
                break;
            case "a hundred rows a page":
                options.PageCaps[SimulatorPaths.Candles] = options.PageCaps[SimulatorPaths.HistoryCandles] = 100;
                break;
            case "terse frames":
                (options.Sockets.EchoRequestId, options.Sockets.SendConnectionId) = (false, false);
                options.Sockets.Faults.Splitting = 0.5;
                break;
            default:
                throw new ArgumentException($"'{habit}' is not known.", nameof(habit));
        }
    }

    [Test]
    public async Task StreamCandlesAsync_EverythingGoesWrongAtOnce_EachFinishedCandleOnceAndInOrder()
    {
        var symbols = Enumerable.Range(1, 10).Select(index => $"OLD{index}-USDT").ToArray();
        await using var world = await CandleStreamWorld.StartAsync(options =>
        {
            SimulatedClient.ListOldSymbols(options, 10);
            options.Sockets.CandleInterval = TimeSpan.FromSeconds(5);
            var faults = options.Sockets.Faults;
            faults.MeanTimeBetweenDrops = TimeSpan.FromSeconds(90);
            (faults.Loss, faults.Repetition, faults.Reordering, faults.Delay) = (0.03, 0.1, 0.1, 0.1);
            (faults.ConfirmationLoss, faults.ConfirmationDelay, faults.Malformed, faults.LateAcknowledgement) = (0.03, 0.1, 0.01, 0.3);
            options.Faults.Probability = 0.1;
        });
        var from = Minute.AddMinutes(-30);
        await using var reader = world.Read(CandleStreamWorld.Query(symbols) with { From = from });
        await world.PassUntilAsync(reader, 10 * 30);
        for (var minute = 1; minute <= 20; minute++)
            await world.PassAsync(Minute.AddMinutes(minute).AddSeconds(20) - world.Clock.GetUtcNow());
        await world.PassUntilAsync(reader, 10 * 50, TimeSpan.FromMinutes(2));

        foreach (var symbol in symbols)
        {
            var candles = reader.Of(symbol);
            Assert.That(candles, Is.EqualTo(world.Simulator.FinishedCandles(symbol, "1m", from, from.AddMinutes(candles.Length))), symbol);
            Assert.That(candles, Has.Length.GreaterThanOrEqualTo(50), symbol);
        }

        var late = reader.Finished.Count(update => !update.IsLive) - 10 * 30;
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{world.Simulator.Sockets.Count} connections, {late} candles fetched late, {world.PageRequests} requests in all"));
        Assert.That(reader.Finished, Has.All.Matches<CandleUpdate>(update => update.MissingBefore is null));
        Assert.That(world.PageRequests, Is.LessThan(1.6 * late + 40));
    }

    [Test]
    public async Task StreamCandlesAsync_ManyStreamsComeAndGo_NothingIsLeft()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        var client = world.Client();
        for (var round = 0; round < 10; round++)
        {
            await using var first = world.Read(CandleStreamWorld.Query("BTC-USDT"), client);
            await using var second = world.Read(CandleStreamWorld.Query("BTC-USDT", "ETH-USDT") with { From = Minute.AddMinutes(-3) }, client);
            await world.PassUntilAsync(second, 6);
            await world.PassAsync(TimeSpan.FromSeconds(1));
            Assert.That(world.Simulator.OpenSockets, Is.EqualTo(1));
        }

        await world.PassAsync(TimeSpan.FromSeconds(1));
        Assert.That(world.Simulator.Subscriptions, Is.Empty);
        Assert.That(world.Simulator.OpenSockets, Is.Zero);
    }

    [Test]
    public async Task StreamCandlesAsync_Given_IsCountedBySource()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        MetricCollector<long>? candles = null;
        var client = world.Client(build: builder => builder.Services.AddSingleton<IMeterFactory>(provider =>
        {
            var factory = new SoleMeterFactory();
            candles = new MetricCollector<long>(factory, OkxDataDiagnostics.MeterName, OkxDataDiagnostics.StreamCandles);
            return factory;
        }));
        await using var reader = world.Read(CandleStreamWorld.Query("BTC-USDT") with { From = Minute.AddMinutes(-3) }, client);
        await world.PassUntilAsync(reader, 3);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        await reader.HasAsync(5);
        Assert.That(candles!.GetMeasurementSnapshot().Select(one => one.Tags["source"]), Is.EqualTo(new[] { "history", "history", "history", "live", "live" }));
        candles.Dispose();
    }

    private sealed class SoleMeterFactory : IMeterFactory
    {
        private readonly List<Meter> _meters = [];

        public Meter Create(MeterOptions options)
        {
            options.Scope = this;
            var meter = new Meter(options);
            _meters.Add(meter);
            return meter;
        }

        public void Dispose() => _meters.ForEach(meter => meter.Dispose());
    }
}
