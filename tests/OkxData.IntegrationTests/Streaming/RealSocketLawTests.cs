using System.Globalization;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Models;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Streaming;

/// <summary>The law of candle streams over sockets of the loopback, in real time; only the clock runs faster, for client and exchange alike.</summary>
/// <remarks>Twenty seconds by default, three minutes with OKXDATA_SOAK=1; OKXDATA_SEED=123 repeats a run's data and faults.</remarks>
[Category("Soak")]
public sealed class RealSocketLawTests
{
    private const int Speed = 15;

    private static readonly DateTimeOffset Start = new(2024, 6, 15, 12, 0, 30, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public async Task StreamCandles_RealSocketsInTrouble_EveryCandleOnceInOrder()
    {
        var seed = int.TryParse(Environment.GetEnvironmentVariable("OKXDATA_SEED"), CultureInfo.InvariantCulture, out var given) ? given : Random.Shared.Next(1, 1_000_000);
        var length = TimeSpan.FromSeconds(Environment.GetEnvironmentVariable("OKXDATA_SOAK") is null ? 20 : 180);
        var run = $"OKXDATA_SEED={seed}, {length}";
        TestContext.Out.WriteLine(run);
        var first = Start.AddSeconds(-30);
        var goal = first + Minute * Math.Floor(length * Speed / Minute);
        var query = new CandleStreamQuery { Symbols = SimulatedClient.OldSymbols(20), Bar = BarSize.OneMinute };
        await using var simulated = await SimulatedClient.StartAsync(
            options =>
            {
                (options.Clock, options.Seed) = (new FastClock(Start, Speed), seed);
                SimulatedClient.ListOldSymbols(options, query.Symbols.Count);
                MakeTrouble(options);
            },
            options => options.Caching.Mode = CacheMode.Off);
        var simulator = simulated.Simulator;
        await using var stream = new StreamedCandles(simulated.Client, query, goal);

        // Trouble goes on to the end, so the last candles may be late.
        await stream.ReachedAsync(length + TimeSpan.FromMinutes(1));
        await stream.StopAsync();

        TestContext.Out.WriteLine($"{simulator.Sockets.Count} connections, {simulator.PushCounts}, {stream.LiveCount} live and {stream.FetchedCount} fetched, {simulator.TotalRequests} requests");
        stream.Judge(simulator, query.Bar, first, goal + Minute, run);
        Assert.That(simulator.Sockets, Is.Not.Empty, "drops come by chance, so a short run may see none");
        Assert.That(simulator.MaxSocketsInAnyWindow(TimeSpan.FromSeconds(1)), Is.LessThanOrEqualTo(3));
        Assert.That(simulator.Requests.Count(request => request.IsRefused), Is.Zero);
    }

    private static void MakeTrouble(OkxSimulatorOptions options)
    {
        var faults = options.Sockets.Faults;
        faults.MeanTimeBetweenDrops = TimeSpan.FromSeconds(60);
        (faults.Loss, faults.Repetition, faults.Reordering, faults.Delay) = (0.05, 0.05, 0.05, 0.02);
        (faults.ConfirmationLoss, faults.ConfirmationDelay) = (0.1, 0.1);
        (faults.Malformed, faults.Binary, faults.Oversized, faults.Splitting, faults.LateAcknowledgement) = (0.002, 0.002, 0.0005, 0.05, 0.2);
        options.Faults.Probability = 0.02;
    }
}
