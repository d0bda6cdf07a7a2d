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
    /// Sets <see cref="OkxMarketDataOptions.Environment"/> and the addresses of CoinGecko and CoinPaprika, and registers the clock as a <see cref="TimeProvider"/> keyed by
    /// the client's name. The environment is called <see cref="OkxSimulator.Name"/>, and the cache keeps its data under that
    /// name, apart from the real.
    /// </remarks>
    public static IOkxMarketDataBuilder UseSimulator(this IOkxMarketDataBuilder builder, OkxSimulator simulator)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(simulator);

        var environment = OkxEnvironment.Custom(simulator.Name, simulator.BaseAddress, simulator.WebSocketAddress);
        builder.Services.Configure<OkxMarketDataOptions>(builder.Name, options =>
        {
            options.Environment = environment;
            options.Rankings.CoinGeckoBaseAddress = simulator.BaseAddress;
            options.Rankings.CoinPaprikaBaseAddress = simulator.BaseAddress;
        });
        builder.Services.AddKeyedSingleton(builder.Name, simulator.Clock);
        return builder;
    }
}
