using System.Net.WebSockets;
using System.Text;
using NUnit.Framework;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Simulator;

public sealed class SocketFaultTests(SimulatorConnection connection) : SocketFixture(connection)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [TestCase(SocketDropKind.Abort, "broken")]
    [TestCase(SocketDropKind.CutFrame, "broken")]
    [TestCase(SocketDropKind.Close, "close 1001")]
    public async Task DropSockets_OfAPath_EndThatWayAndTheOthersStay(SocketDropKind kind, string end)
    {
        var lost = await SubscribeAsync(SocketClient.Public, ("tickers", Btc));
        await SubscribeAsync(SocketClient.Business, ("candle1m", Btc));
        Simulator.DropSockets(kind, SocketClient.Public);

        Assert.That(await lost.ReceiveToTheEndAsync(), Is.EqualTo(new[] { end }));
        Assert.That(Simulator.Subscriptions.Single().Channel, Is.EqualTo("candle1m"));
        Assert.That(Simulator.OpenSockets, Is.EqualTo(1));
    }

    [Test]
    public async Task DropSockets_Silence_OpenAndDead()
    {
        var client = await SubscribeAsync(SocketClient.Public, ("tickers", Btc));
        Simulator.DropSockets(SocketDropKind.Silence);
        await Clock.AdvanceAsync(Minute);
        await client.SendAsync("ping");
        await Clock.AdvanceAsync(Minute);

        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Assert.That(async () => await client.Socket.ReceiveAsync(new byte[100].AsMemory(), patience.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(Simulator.Subscriptions, Is.Empty);
    }

    [Test]
    public async Task MeanTimeBetweenDrops_NinetySeconds_AboutThat()
    {
        Simulator.SetSocketFaults(faults =>
        {
            faults.MeanTimeBetweenDrops = TimeSpan.FromSeconds(90);
            faults.DropKinds.Clear();
            faults.DropKinds.Add(SocketDropKind.Abort);
        });
        for (var i = 0; i < 30; i++)
        {
            await SubscribeAsync(SocketClient.Business, ("candle1m", Btc));
            while (Simulator.OpenSockets > 0)
                await Clock.AdvanceAsync(TimeSpan.FromSeconds(30));
        }

        var ends = Simulator.Sockets.Select(socket => socket.EndedAt!.Value).ToArray();
        Assert.That((ends[^1] - Noon).TotalSeconds / ends.Length, Is.EqualTo(90).Within(45));
        Assert.That(Simulator.Sockets.Select(socket => socket.CloseCode), Is.All.Null);
    }

    [Test]
    public async Task Loss_AThird_AboutAThirdIsMissingAndCounted()
    {
        Simulator.SetSocketFaults(faults => faults.Loss = 0.33);
        var client = await SubscribeAsync(SocketClient.Business, ("candle1m", Btc));
        var rows = SocketClient.Rows(await PassAsync(client, 10 * Minute));

        Assert.That(rows, Has.Length.EqualTo(400).Within(50));
        Assert.That(Simulator.PushCounts.Due - Simulator.PushCounts.Lost, Is.EqualTo(rows.Length));
        Assert.That(Simulator.PushCounts.Confirmations - Simulator.PushCounts.ConfirmationsLost, Is.EqualTo(rows.Count(row => row[8] == "1")));
        Assert.That(Simulator.PushCounts.Confirmations, Is.EqualTo(10));
    }

    [Test]
    public async Task Repetition_AndReordering_ComeTwiceAndBehindTheNext()
    {
        Simulator.SetSocketFaults(faults => (faults.Repetition, faults.Reordering) = (0.2, 0.2));
        var client = await SubscribeAsync(SocketClient.Public, ("tickers", Btc));
        var times = (await PassAsync(client, 10 * Minute)).Select(TimeOf).ToArray();

        Assert.That(times.Length - times.Distinct().Count(), Is.EqualTo(Simulator.PushCounts.Repeated).And.InRange(60, 180));
        Assert.That(times.Zip(times.Skip(1)).Count(pair => pair.Second < pair.First), Is.InRange(60, 180));
        Assert.That(times.Distinct().Count(), Is.EqualTo(600).Within(1));
    }

    [Test]
    public async Task Delay_Half_LateByNoMoreThanStated()
    {
        Simulator.SetSocketFaults(faults => (faults.Delay, faults.LongestDelay) = (0.5, TimeSpan.FromSeconds(3)));
        var client = await SubscribeAsync(SocketClient.Public, ("tickers", Btc));
        await Clock.AdvanceAsync(Minute);
        await client.ReceiveAllAsync();
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        var now = Clock.GetUtcNow().ToUnixTimeMilliseconds();
        Assert.That((await client.ReceiveAllAsync()).Select(message => now - TimeOf(message)), Is.All.InRange(0, 4000));
        Assert.That(Simulator.PushCounts.Delayed, Is.InRange(15, 45));
    }

    [Test]
    public async Task ConfirmationLoss_All_NoCandleIsConfirmedAndRestHasThem()
    {
        Simulator.SetSocketFaults(faults => faults.ConfirmationLoss = 1);
        var client = await SubscribeAsync(SocketClient.Business, ("candle1m", Btc));
        var rows = SocketClient.Rows(await PassAsync(client, 5 * Minute));

        Assert.That(rows.Select(row => row[8]), Is.All.EqualTo("0"));
        Assert.That(rows.Select(row => row[0]).Distinct().Count(), Is.EqualTo(6));
        Assert.That(Simulator.FinishedCandles(Btc, "1m", Noon.AddSeconds(-30), Noon.AddHours(1)), Has.Count.EqualTo(5));
    }

    [Test]
    public async Task ConfirmationDelay_All_TheNextCandleGoesOnMeanwhile()
    {
        Simulator.SetSocketFaults(faults => faults.ConfirmationDelay = 1);
        var client = await SubscribeAsync(SocketClient.Business, ("candle1m", Btc));
        var rows = SocketClient.Rows(await PassAsync(client, TimeSpan.FromSeconds(60)));

        var place = Array.FindIndex(rows, row => row[8] == "1");
        Assert.That(place, Is.GreaterThan(0));
        Assert.That(long.Parse(rows[place - 1][0], System.Globalization.CultureInfo.InvariantCulture), Is.GreaterThan(long.Parse(rows[place][0], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Test]
    public async Task Junk_OfEveryKind_ComesBesideThePushes()
    {
        Simulator.SetSocketFaults(faults => (faults.Malformed, faults.Binary, faults.Oversized, faults.StaleTicker, faults.Splitting) = (0.3, 0.3, 0.1, 0.3, 0.5));
        var client = await SubscribeAsync(SocketClient.Public, ("tickers", Btc));
        var messages = await PassAsync(client, Minute);

        Assert.That(messages.Count(message => message.Length == 2 << 20), Is.InRange(1, 10));
        Assert.That(messages.Count(message => message.EndsWith("\"17", StringComparison.Ordinal)), Is.InRange(5, 35));
        Assert.That(messages.Count(message => message.Contains('\uFFFD', StringComparison.Ordinal)), Is.InRange(3, 35));
        var times = messages.Where(message => message.EndsWith("]}", StringComparison.Ordinal)).Select(TimeOf).ToArray();
        Assert.That(times.Distinct().Count(), Is.EqualTo(60));
        Assert.That(times, Has.Length.GreaterThan(65));
    }

    [Test]
    public async Task LateAcknowledgement_All_PushesComeFirst()
    {
        Simulator.SetSocketFaults(faults => faults.LateAcknowledgement = 1);
        var client = await ConnectAsync(SocketClient.Public);
        foreach (var symbol in (string[])["BTC-USDT", "ETH-USDT", "SOL-USDT", "XRP-USDT"])
            await client.AskAsync("subscribe", ("tickers", symbol));
        await client.ReceiveAllAsync();
        var messages = await PassAsync(client, TimeSpan.FromSeconds(3));

        Assert.That(messages.Count(message => message.Contains("\"event\"", StringComparison.Ordinal)), Is.LessThanOrEqualTo(4).And.GreaterThan(0));
        Assert.That(messages.FindIndex(message => message.Contains("\"data\"", StringComparison.Ordinal)), Is.LessThan(messages.FindLastIndex(message => message.Contains("\"event\"", StringComparison.Ordinal))));
    }

    [Test]
    public async Task SendServiceUpgradeNotice_AMinuteAhead_SaidAndThenClosed()
    {
        var client = await SubscribeAsync(SocketClient.Public, ("tickers", Btc));
        Simulator.SendServiceUpgradeNotice();
        await Clock.AdvanceAsync(TimeSpan.Zero);
        var later = await SubscribeAsync(SocketClient.Public, ("tickers", Btc));
        Assert.That(await client.ReceiveAsync(), Does.StartWith("""{"event":"notice","code":"64008","msg":"The connection will soon be closed for a service upgrade. Please reconnect.","connId":"acc"""));

        Assert.That(await PassAsync(client, TimeSpan.FromSeconds(59)), Has.Count.EqualTo(59));
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.That((await client.ReceiveToTheEndAsync())[^1], Is.EqualTo("close 1001"));
        Assert.That(later.Socket.State, Is.EqualTo(WebSocketState.Open));
        Assert.That(Simulator.OpenSockets, Is.EqualTo(1));
    }

    [Test]
    public async Task SendToSockets_AnyContent_ArrivesAsItIs()
    {
        var client = await ConnectAsync(SocketClient.Business);
        await client.ReceiveAllAsync();
        Simulator.SendToSockets(Encoding.UTF8.GetBytes("null"));

        Assert.That(await client.ReceiveAsync(), Is.EqualTo("null"));
    }

    [TestCase(OutageMode.Unavailable)]
    [TestCase(OutageMode.Close)]
    public async Task Outage_OfTheExchange_BreaksAndRefusesUntilItEnds(OutageMode mode)
    {
        var client = await SubscribeAsync(SocketClient.Public, ("tickers", Btc));
        Simulator.Outage = mode;
        Assert.That(await client.ReceiveToTheEndAsync(), Is.EqualTo(new[] { "broken" }));
        Assert.That(() => ConnectAsync(SocketClient.Public), Throws.InstanceOf<WebSocketException>());

        Simulator.Outage = OutageMode.None;
        await ConnectAsync(SocketClient.Public);
    }

    [Test]
    public void SetSocketFaults_OutOfRange_Refused()
    {
        Assert.That(() => Simulator.SetSocketFaults(faults => faults.Loss = 1.1), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Simulator.SetSocketFaults(faults => (faults.Loss, faults.MeanTimeBetweenDrops) = (0, TimeSpan.Zero)), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    private static long TimeOf(string push) =>
        long.Parse(SocketClient.Json(push).GetProperty("data")[0].GetProperty("ts").GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
