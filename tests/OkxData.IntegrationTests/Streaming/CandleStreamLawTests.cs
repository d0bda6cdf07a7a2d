using System.Globalization;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Models;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Streaming;

/// <summary>Over a network that does all that a network can do: each finished candle exactly once, in order, without a hole.</summary>
/// <remarks>A run is repeated with the seed that it prints: OKXDATA_SEED=123. Alone, since virtual time waits for the thread pool to rest.</remarks>
[NonParallelizable]
public sealed class CandleStreamLawTests
{
    private static readonly DateTimeOffset Start = new(2024, 6, 15, 12, 0, 30, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>At the end, for what is late: a candle that the exchange lacks is given up only after a while.</summary>
    private static readonly TimeSpan CalmTime = TimeSpan.FromMinutes(15);

    private static int Seed => int.TryParse(Environment.GetEnvironmentVariable("OKXDATA_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : Random.Shared.Next(1, 1_000_000);

    [Test]
    public async Task StreamCandles_TenHoursOfTrouble_EveryCandleOnceInOrder()
    {
        var run = await RunAsync(Seed, Query(20), TimeSpan.FromHours(10));

        Assert.That(run.Sum(candles => candles.Length), Is.GreaterThanOrEqualTo(20 * 600));
    }

    [Test]
    public async Task StreamCandles_TheSameSeed_TheSameRun()
    {
        var seed = Seed;
        var one = await RunAsync(seed, Query(20), TimeSpan.FromMinutes(30));
        var again = await RunAsync(seed, Query(20), TimeSpan.FromMinutes(30));

        Assert.That(again, Is.EqualTo(one));
    }

    [TestCase(BarSize.OneMinute, CacheMode.Normal, 15)]
    [TestCase(BarSize.OneMinute, CacheMode.Off, 60)]
    [TestCase(BarSize.FiveMinutes, CacheMode.Normal, 60)]
    public async Task StreamCandles_WithHistoryAndHolesAtTheExchange_EveryCandleOnceAndHolesNamed(BarSize bar, CacheMode mode, int minutes)
    {
        var query = Query(5) with { Bar = bar, From = Start.AddSeconds(-30).AddHours(-9), IncludeUnfinished = true };

        await RunAsync(Seed, query, TimeSpan.FromMinutes(minutes), mode, options =>
        {
            var random = new Random(options.Seed);
            for (var i = 0; i < 30; i++)
            {
                options.Defects.Add(new CandleDefect
                {
                    Kind = CandleDefectKind.Missing,
                    Symbol = query.Symbols[random.Next(query.Symbols.Count)],
                    From = query.From.Value.AddMinutes(5 * random.Next(12 * 10)),
                });
            }
        });
    }

    private static CandleStreamQuery Query(int symbols) => new() { Symbols = SimulatedClient.OldSymbols(symbols), Bar = BarSize.OneMinute };

    private static async Task<Candle[][]> RunAsync(int seed, CandleStreamQuery query, TimeSpan time, CacheMode mode = CacheMode.Off, Action<OkxSimulatorOptions>? configure = null)
    {
        var name = $"OKXDATA_SEED={seed}";
        TestContext.Out.WriteLine(name);
        var begun = TimeProvider.System.GetTimestamp();
        var clock = new VirtualClock(Start);
        await using var simulated = await SimulatedClient.StartAsync(
            options =>
            {
                (options.Clock, options.Seed) = (clock, seed);
                SimulatedClient.ListOldSymbols(options, query.Symbols.Count);
                MakeTrouble(options);
                configure?.Invoke(options);
            },
            options => options.Caching.Mode = mode,
            connection: SimulatorConnection.InMemory);
        var simulator = simulated.Simulator;
        await using var stream = new StreamedCandles(simulated.Client, query);
        await clock.AdvanceAsync(time);
        simulator.SetSocketFaults(EndTrouble);
        await clock.AdvanceAsync(CalmTime);
        await stream.StopAsync();
        TestContext.Out.WriteLine($"{time} in {TimeProvider.System.GetElapsedTime(begun)}: {simulator.Sockets.Count} connections, {simulator.PushCounts}, {stream.LiveCount} live and {stream.FetchedCount} fetched, {simulator.TotalRequests} requests");

        var end = Start + time + CalmTime - 2 * Minute;
        stream.Judge(simulator, query.Bar, query.From ?? Start.AddSeconds(-30), end, name);
        Assert.That(simulator.Sockets, Has.Count.GreaterThan(time / TimeSpan.FromMinutes(6)));
        Assert.That(stream.FetchedCount, Is.GreaterThan(query.Symbols.Count));
        Assert.That(stream.LiveCount, Is.GreaterThan(query.Symbols.Count));
        JudgePoliteness(simulator);
        return [.. query.Symbols.Select(symbol => stream.Updates[symbol].Select(update => update.Candle).Where(candle => candle.OpenTime < end).ToArray())];
    }

    private static void MakeTrouble(OkxSimulatorOptions options)
    {
        var faults = options.Sockets.Faults;
        faults.MeanTimeBetweenDrops = TimeSpan.FromSeconds(90);
        (faults.Loss, faults.Repetition, faults.Reordering, faults.Delay) = (0.05, 0.05, 0.05, 0.02);
        (faults.ConfirmationLoss, faults.ConfirmationDelay) = (0.1, 0.1);
        (faults.Malformed, faults.Binary, faults.Splitting, faults.LateAcknowledgement) = (0.001, 0.001, 0.05, 0.2);
        options.Sockets.PushOnSubscribe = options.Seed % 2 == 0;
        options.HistoryLag = TimeSpan.FromSeconds(options.Seed % 3);
        options.CandlesLag = TimeSpan.FromSeconds(options.Seed % 4 / 2.0);
        options.Faults.Probability = 0.02;
    }

    private static void EndTrouble(SimulatorSocketFaultOptions faults)
    {
        faults.MeanTimeBetweenDrops = null;
        (faults.Loss, faults.Repetition, faults.Reordering, faults.Delay, faults.ConfirmationLoss, faults.ConfirmationDelay) = (0, 0, 0, 0, 0, 0);
    }

    private static void JudgePoliteness(OkxSimulator simulator)
    {
        Assert.That(simulator.MaxSocketsInAnyWindow(TimeSpan.FromSeconds(1)), Is.LessThanOrEqualTo(3));
        Assert.That(simulator.MaxSocketRequestsInAnyWindow(TimeSpan.FromHours(1)), Is.LessThanOrEqualTo(480));
        Assert.That(simulator.MaxRequestsInAnyWindow(SimulatorPaths.Candles, TimeSpan.FromSeconds(2)), Is.LessThanOrEqualTo(40));
        Assert.That(simulator.MaxRequestsInAnyWindow(SimulatorPaths.HistoryCandles, TimeSpan.FromSeconds(2)), Is.LessThanOrEqualTo(20));
    }
}
