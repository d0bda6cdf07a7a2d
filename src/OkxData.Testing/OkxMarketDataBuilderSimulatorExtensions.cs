using Microsoft.Extensions.DependencyInjection;

namespace OkxData.Testing;

/// <summary>Points a client at a simulator.</summary>
public static class OkxMarketDataBuilderSimulatorExtensions
{
    /// <summary>Makes the client call a simulator in place of OKX, and live by the simulator's clock.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="simulator">A running simulator; the caller disposes it.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// Sets <see cref="OkxMarketDataOptions.Environment"/> and the addresses of CoinGecko and CoinPaprika, keeps to its limits within this process, and registers the clock as a <see cref="TimeProvider"/> keyed by
    /// the client's name. The environment is called <see cref="OkxSimulator.Name"/>, and the cache keeps its data under that
    /// name, apart from the real.
    /// </remarks>
    public static IOkxMarketDataBuilder UseSimulator(this IOkxMarketDataBuilder builder, OkxSimulator simulator) =>
        builder.UseSimulator(simulator, SimulatorConnection.Network);

    /// <summary>Makes the client call a simulator in place of OKX, and live by the simulator's clock.</summary>
    /// <param name="builder">The client.</param>
    /// <param name="simulator">A running simulator; the caller disposes it.</param>
    /// <param name="connection">Whether real sockets of the loopback are used, or none.</param>
    /// <returns>The same builder.</returns>
    /// <remarks>
    /// In memory, everything takes place by the simulator's clock, latency included, so that virtual time can pass as fast as
    /// the processor allows: see <see cref="VirtualClock"/>. CoinGecko and CoinPaprika are called over the network either way.
    /// </remarks>
    public static IOkxMarketDataBuilder UseSimulator(this IOkxMarketDataBuilder builder, OkxSimulator simulator, SimulatorConnection connection)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(simulator);

        var environment = OkxEnvironment.Custom(simulator.Name, simulator.BaseAddress, simulator.WebSocketAddress);
        builder.Services.Configure<OkxMarketDataOptions>(builder.Name, options =>
        {
            options.Environment = environment;
            options.Rankings.CoinGeckoBaseAddress = simulator.BaseAddress;
            options.Rankings.CoinPaprikaBaseAddress = simulator.BaseAddress;

            // It lives in this process, and another may have had its port a moment ago.
            options.RateLimiting.MachineWide = false;
        });
        builder.Services.AddKeyedSingleton(builder.Name, simulator.Clock);
        if (connection == SimulatorConnection.InMemory)
        {
            builder.AddWebSocketConnector(simulator.CreateSocketConnector());
            builder.HttpClient.ConfigurePrimaryHttpMessageHandler(simulator.CreateHttpHandler);
        }

        return builder;
    }
}
