using System.Text.Json;
using OkxData.Testing;

using NUnit.Framework;

namespace OkxData.IntegrationTests.Simulator;

/// <summary>A simulator whose clock stands half a minute past noon of 15 June 2024, UTC, until a test lets time pass.</summary>
[TestFixture(SimulatorConnection.Network)]
[TestFixture(SimulatorConnection.InMemory)]
public abstract class SocketFixture(SimulatorConnection connection)
{
    protected const string Btc = "BTC-USDT";
    protected const string Eth = "ETH-USDT";

    private readonly List<SocketClient> _clients = [];

    protected static DateTimeOffset Noon { get; } = new(2024, 6, 15, 12, 0, 30, TimeSpan.Zero);

    protected VirtualClock Clock { get; private set; } = null!;

    protected OkxSimulator Simulator { get; private set; } = null!;

    private protected SimulatorClient Rest { get; private set; } = null!;

    [SetUp]
    public async Task StartAsync()
    {
        // Most tests read only after time has passed.
        Clock = new VirtualClock(Noon) { Patience = TimeSpan.FromMilliseconds(20) };
        Simulator = await OkxSimulator.StartAsync(options =>
        {
            options.Clock = Clock;
            Configure(options);
        });
        Rest = new SimulatorClient(Simulator);
    }

    [TearDown]
    public async Task StopAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        _clients.Clear();
        Rest.Dispose();
        await Simulator.DisposeAsync();
    }

    protected virtual void Configure(OkxSimulatorOptions options)
    {
        options.Limits.Enabled = false;
        options.Sockets.PushOnSubscribe = false;
    }

    private protected async Task<SocketClient> ConnectAsync(string path)
    {
        var client = await SocketClient.ConnectAsync(Simulator, path, connection);
        _clients.Add(client);
        return client;
    }

    /// <summary>A connection whose subscription was acknowledged.</summary>
    private protected async Task<SocketClient> SubscribeAsync(string path, params (string Channel, string Symbol)[] topics)
    {
        var client = await ConnectAsync(path);
        await client.AskAsync("subscribe", topics);
        foreach (var _ in topics)
            Assert.That(await client.ReceiveAsync(), Does.Contain("\"event\":\"subscribe\""));
        return client;
    }

    /// <summary>Lets time pass; what was pushed meanwhile.</summary>
    private protected async Task<List<string>> PassAsync(SocketClient client, TimeSpan time)
    {
        await Clock.AdvanceAsync(time);
        return await client.ReceiveAllAsync();
    }

    private protected static string Code(string message) => SocketClient.Json(message).GetProperty("code").GetString()!;
}
