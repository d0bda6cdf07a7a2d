using System.Net.WebSockets;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Simulator;

/// <summary>Both halves without a network, by a clock that stands.</summary>
public sealed class InMemoryTests
{
    private static readonly DateTimeOffset Start = new(2024, 6, 15, 12, 0, 30, TimeSpan.Zero);

    private VirtualClock _clock = null!;
    private SimulatedClient _simulated = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _clock = new VirtualClock(Start);
        _simulated = await SimulatedClient.StartAsync(
            options => options.Clock = _clock, options => options.Resilience.AttemptTimeout = TimeSpan.FromSeconds(10), connection: SimulatorConnection.InMemory);
    }

    [TearDown]
    public async Task StopAsync() => await _simulated.DisposeAsync();

    [Test]
    public async Task Get_OverMemory_SameAsOverTheNetwork()
    {
        using var memory = new HttpClient(_simulated.Simulator.CreateHttpHandler()) { BaseAddress = _simulated.Simulator.BaseAddress };
        using var network = new SimulatorClient(_simulated.Simulator);
        foreach (var query in (string[])["/api/v5/market/candles?instId=BTC-USDT&bar=1H", "/api/v5/market/tickers?instType=SPOT", "/api/v5/nothing", "/api/v5/market/candles?instId=NONE"])
        {
            using var here = await memory.GetAsync(new Uri(query, UriKind.Relative));
            using var there = await network.GetAsync(query);
            Assert.That(await here.Content.ReadAsStringAsync(), Is.EqualTo(await there.Content.ReadAsStringAsync()));
            Assert.That((here.StatusCode, here.Content.Headers.ContentType), Is.EqualTo((there.StatusCode, there.Content.Headers.ContentType)));
        }
    }

    [TestCase(FaultKind.ConnectionReset)]
    [TestCase(FaultKind.ConnectionClosed)]
    [TestCase(FaultKind.CutTransfer)]
    [TestCase(FaultKind.TruncatedJson)]
    [TestCase(FaultKind.NoAnswer)]
    [TestCase(FaultKind.SlowDrip)]
    [TestCase(FaultKind.TooManyRequestsRetryAfter)]
    [TestCase(FaultKind.BadGateway)]
    public async Task GetTickers_AFault_SeenByTheClientAndHealed(FaultKind kind)
    {
        _simulated.Simulator.FailNext(kind);
        var asking = _simulated.Client.GetTickersAsync();
        for (var i = 0; i < 60 && !asking.IsCompleted; i++)
            await _clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.That((await asking).Single(ticker => ticker.Symbol == "BTC-USDT").Price, Is.GreaterThan(0));
        Assert.That(_simulated.Simulator.Requests.Select(request => request.Fault), Is.EqualTo(new FaultKind?[] { kind, null }));
        Assert.That(_simulated.Simulator.IsQuiet, Is.True);
    }

    [Test]
    public void GetTickers_OversizedBody_GivenUp()
    {
        _simulated.Simulator.FailNext(FaultKind.OversizedBody);

        Assert.That(() => _simulated.Client.GetTickersAsync(), Throws.InstanceOf<OkxPayloadException>());
        Assert.That(_simulated.Simulator.IsQuiet, Is.True);
    }

    [Test]
    public async Task Latency_OfRequests_PassesByTheClockOnly()
    {
        (_simulated.Simulator.Latency, _simulated.Simulator.Jitter) = (TimeSpan.FromSeconds(2), TimeSpan.Zero);
        var asking = _simulated.Client.GetTickersAsync();
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(3.9));
        Assert.That(asking.IsCompleted, Is.False);

        await _clock.AdvanceAsync(TimeSpan.FromSeconds(0.2));
        Assert.That(await asking, Is.Not.Empty);
        Assert.That(_simulated.Simulator.Requests[0].Arrival, Is.EqualTo(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task Outage_Hang_NeitherHalfAnswers()
    {
        _simulated.Simulator.Outage = OutageMode.Hang;
        var asking = _simulated.Client.GetInstrumentsAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5), _clock);
        var connecting = _simulated.Simulator.CreateSocketConnector().ConnectAsync(new Uri("ws://any/ws/v5/public"), patience.Token);
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(6));
        Assert.That(() => connecting, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(asking.IsCompleted, Is.False);

        await _clock.AdvanceAsync(TimeSpan.FromMinutes(5));
        Assert.That(() => asking, Throws.InstanceOf<OkxTransportException>());
    }

    [Test]
    public void Connect_AnotherPath_404() => Assert.That(
        () => _simulated.Simulator.CreateSocketConnector().ConnectAsync(new Uri("wss://ws.okx.com/ws/v5/private")),
        Throws.InstanceOf<WebSocketException>().With.Message.Contains("404"));

    [Test]
    public async Task Socket_UsedAsAnyWebSocket_BehavesLikeOne()
    {
        using var client = await SocketClient.ConnectAsync(_simulated.Simulator, SimulatorPaths.PublicSocket, SimulatorConnection.InMemory);
        await client.Socket.SendAsync("pi"u8.ToArray().AsMemory(), WebSocketMessageType.Text, endOfMessage: false, CancellationToken.None);
        await client.Socket.SendAsync("ng"u8.ToArray().AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        var first = await client.Socket.ReceiveAsync(new byte[3].AsMemory(), CancellationToken.None);
        var second = await client.Socket.ReceiveAsync(new byte[3].AsMemory(), CancellationToken.None);
        Assert.That((first.Count, first.EndOfMessage, second.Count, second.EndOfMessage), Is.EqualTo((3, false, 1, true)));

        var reading = client.Socket.ReceiveAsync(new ArraySegment<byte>(new byte[10]), CancellationToken.None);
        Assert.That(() => client.Socket.ReceiveAsync(new byte[3].AsMemory(), CancellationToken.None).AsTask(), Throws.InvalidOperationException);
        await client.Socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        Assert.That((await reading).MessageType, Is.EqualTo(WebSocketMessageType.Close));
        Assert.That((client.Socket.State, client.Socket.CloseStatus), Is.EqualTo((WebSocketState.Closed, WebSocketCloseStatus.NormalClosure)));
        Assert.That(() => client.SendAsync("ping"), Throws.InstanceOf<WebSocketException>());
    }

    [Test]
    public async Task Read_GivenUp_EndsTheConnection()
    {
        using var client = await SocketClient.ConnectAsync(_simulated.Simulator, SimulatorPaths.PublicSocket, SimulatorConnection.InMemory);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1), _clock);
        var reading = client.Socket.ReceiveAsync(new byte[10].AsMemory(), patience.Token).AsTask();
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.That(() => reading, Throws.InstanceOf<OperationCanceledException>());
        Assert.That(client.Socket.State, Is.EqualTo(WebSocketState.Aborted));
        await _clock.AdvanceAsync(TimeSpan.Zero);
        Assert.That(_simulated.Simulator.OpenSockets, Is.Zero);
    }

    [Test]
    public async Task Cancel_WhileCandlesStream_LeavesNothingBehind()
    {
        var query = new CandleStreamQuery { Symbols = ["BTC-USDT", "ETH-USDT"], Bar = BarSize.OneMinute };
        await using var stream = new Streaming.StreamedCandles(_simulated.Client, query);
        await _clock.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.That(_simulated.Simulator.Subscriptions, Has.Count.EqualTo(2));

        await stream.StopAsync();
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.That(_simulated.Simulator.Subscriptions, Is.Empty);
        Assert.That(_simulated.Simulator.OpenSockets, Is.Zero);
    }
}
