using Microsoft.Extensions.Time.Testing;
using OkxData.Testing;

using NUnit.Framework;

namespace OkxData.IntegrationTests.Simulator;

/// <summary>A simulator whose clock stands at noon of 15 June 2024, UTC, a Saturday.</summary>
public abstract class SimulatorFixture
{
    protected const string Candles = SimulatorPaths.Candles;
    protected const string History = SimulatorPaths.HistoryCandles;
    protected const long Minute = 60_000;
    protected const long Hour = 60 * Minute;
    protected const long Day = 24 * Hour;

    protected static DateTimeOffset Noon { get; } = new(2024, 6, 15, 12, 0, 30, TimeSpan.Zero);

    protected static long Today { get; } = new DateTimeOffset(2024, 6, 15, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    protected FakeTimeProvider Clock { get; private set; } = null!;

    protected OkxSimulator Simulator { get; private set; } = null!;

    private protected SimulatorClient Client { get; private set; } = null!;

    [SetUp]
    public async Task StartAsync()
    {
        Clock = new FakeTimeProvider(Noon);
        Simulator = await OkxSimulator.StartAsync(options =>
        {
            options.Clock = Clock;
            Configure(options);
        });
        Client = new SimulatorClient(Simulator);
    }

    [TearDown]
    public async Task StopAsync()
    {
        Client.Dispose();
        await Simulator.DisposeAsync();
    }

    protected virtual void Configure(OkxSimulatorOptions options) => options.Limits.Enabled = false;

    protected static string At(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
