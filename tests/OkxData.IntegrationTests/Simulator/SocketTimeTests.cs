using System.Globalization;
using System.IO.Hashing;
using System.Net.WebSockets;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Simulator;

/// <summary>Virtual time over connections in memory.</summary>
public sealed class SocketTimeTests
{
    private static readonly DateTimeOffset Start = new(2024, 6, 15, 12, 0, 0, TimeSpan.Zero);

    [Test]
    public async Task Advance_TwentyMinutesOfTwentySymbols_EveryPushIsTaken()
    {
        var (frames, _, counts) = await RunAsync(1, TimeSpan.FromMinutes(20), _ => { });

        Assert.That(frames, Is.EqualTo(counts.Due + 20).And.EqualTo(20 * (1200 + 20 + 1)).Within(60));
    }

    [Test]
    public async Task Advance_SameSeed_SameFramesAndAnotherSeedOthers()
    {
        var one = await RunAsync(5, TimeSpan.FromMinutes(10), Trouble);
        var again = await RunAsync(5, TimeSpan.FromMinutes(10), Trouble);
        var other = await RunAsync(6, TimeSpan.FromMinutes(10), Trouble);

        Assert.That((again.Frames, again.Hash, again.Counts), Is.EqualTo((one.Frames, one.Hash, one.Counts)));
        Assert.That(other.Hash, Is.Not.EqualTo(one.Hash));
        Assert.That(new[] { one.Counts.Lost, one.Counts.Repeated, one.Counts.Delayed, one.Counts.Junk }, Is.All.GreaterThan(0));
    }

    [Test]
    public async Task Advance_FakeTimeProviderThatJumps_EveryPushWithTheFiguresOfItsInstant()
    {
        var clock = new FakeTimeProvider(Start);
        await using var simulator = await OkxSimulator.StartAsync(options =>
        {
            options.Clock = clock;
            options.Sockets.PushOnSubscribe = false;
        });
        using var client = await SocketClient.ConnectAsync(simulator, SimulatorPaths.BusinessSocket, SimulatorConnection.InMemory);
        await client.AskAsync("subscribe", ("candle1m", "BTC-USDT"));
        Assert.That(await client.ReceiveAsync(), Does.Contain("\"event\""));
        clock.Advance(TimeSpan.FromMinutes(10) + TimeSpan.FromSeconds(1));
        var rows = SocketClient.Rows(await client.ReceiveAllAsync());

        Assert.That(rows.Count(row => row[8] == "1"), Is.EqualTo(10));
        Assert.That(rows, Has.Length.EqualTo(10 * 61 + 1).Within(1));
        Assert.That(rows.Where(row => row[8] == "1").Select(row => decimal.Parse(row[5], CultureInfo.InvariantCulture)), Is.EqualTo(
            simulator.FinishedCandles("BTC-USDT", "1m", Start, Start.AddMinutes(10)).Select(candle => candle.Volume)));
    }

    [Test]
    public async Task Latency_EachWay_TheAnswerTakesBothAndOrderHolds()
    {
        var clock = new VirtualClock(Start) { Patience = TimeSpan.FromMilliseconds(20) };
        await using var simulator = await OkxSimulator.StartAsync(options =>
        {
            options.Clock = clock;
            (options.Latency, options.Jitter) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(150));
        });
        var connecting = SocketClient.ConnectAsync(simulator, SimulatorPaths.BusinessSocket, SimulatorConnection.InMemory);
        await clock.AdvanceAsync(TimeSpan.FromMilliseconds(100));
        Assert.That(connecting.IsCompleted, Is.False);
        await clock.AdvanceAsync(TimeSpan.FromMilliseconds(600));
        using var client = await connecting;
        await client.AskAsync("subscribe", ("candle1m", "BTC-USDT"));
        await clock.AdvanceAsync(TimeSpan.FromMilliseconds(50));
        Assert.That(simulator.SocketMessages, Is.Empty);
        await clock.AdvanceAsync(TimeSpan.FromMilliseconds(300));
        Assert.That(simulator.SocketMessages, Has.Count.EqualTo(1));

        await clock.AdvanceAsync(TimeSpan.FromMinutes(2));
        await client.SendAsync("ping");
        await clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        var messages = new List<string>();
        while (await client.ReceiveAsync() is var message && message != "pong")
            messages.Add(message);
        Assert.That(messages[0], Does.Contain("\"event\""));
        Assert.That(SocketClient.Rows(messages).Select(row => row[0]), Is.Ordered);
        Assert.That(messages, Has.Count.EqualTo(124).Within(2));
    }

    private static void Trouble(SimulatorSocketFaultOptions faults)
    {
        (faults.Loss, faults.Repetition, faults.Reordering, faults.Delay) = (0.05, 0.05, 0.05, 0.05);
        (faults.ConfirmationLoss, faults.ConfirmationDelay, faults.LateAcknowledgement) = (0.2, 0.2, 0.5);
        (faults.Malformed, faults.Binary, faults.Splitting) = (0.02, 0.02, 0.2);
        faults.MeanTimeBetweenDrops = TimeSpan.FromSeconds(90);
        faults.DropKinds.Remove(SocketDropKind.Silence);
    }

    private static async Task<(long Frames, ulong Hash, SimulatedPushCounts Counts)> RunAsync(int seed, TimeSpan time, Action<SimulatorSocketFaultOptions> trouble)
    {
        var clock = new VirtualClock(Start);
        await using var simulator = await OkxSimulator.StartAsync(options =>
        {
            (options.Clock, options.Seed) = (clock, seed);
            SimulatedClient.ListOldSymbols(options, 20);
            trouble(options.Sockets.Faults);
        });
        var hash = new XxHash3();
        var frames = 0L;
        using var ending = new CancellationTokenSource();
        var reading = ReadAsync();
        await clock.AdvanceAsync(time);
        await ending.CancelAsync();
        await reading;
        return (frames, hash.GetCurrentHashAsUInt64(), simulator.PushCounts);

        async Task ReadAsync()
        {
            var topics = string.Join(',', SimulatedClient.OldSymbols(20).Select(symbol => $$"""{"channel":"candle1m","instId":"{{symbol}}"}"""));
            var request = System.Text.Encoding.UTF8.GetBytes($$"""{"op":"subscribe","args":[{{topics}}]}""");
            var buffer = new byte[64 * 1024];
            while (!ending.IsCancellationRequested)
            {
                try
                {
                    using var socket = await simulator.CreateSocketConnector().ConnectAsync(new Uri(simulator.WebSocketAddress, SimulatorPaths.BusinessSocket), ending.Token).ConfigureAwait(false);
                    await socket.SendAsync(request.AsMemory(), WebSocketMessageType.Text, true, ending.Token).ConfigureAwait(false);
                    while (await socket.ReceiveAsync(buffer.AsMemory(), ending.Token).ConfigureAwait(false) is var result && result.MessageType != WebSocketMessageType.Close)
                    {
                        hash.Append(buffer.AsSpan(0, result.Count));
                        frames += result.EndOfMessage ? 1 : 0;
                    }
                }
                catch (Exception exception) when (exception is WebSocketException or OperationCanceledException)
                {
                    if (!ending.IsCancellationRequested)
                        await Task.Delay(TimeSpan.FromSeconds(1), clock, CancellationToken.None).ConfigureAwait(false);
                }
            }
        }
    }
}
