using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using OkxData.Models;
using OkxData.Testing;

namespace OkxData.IntegrationTests;

/// <summary>A client of the library against a simulator, with a cache folder of its own that goes with it.</summary>
internal sealed class SimulatedClient : IAsyncDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 6, 15, 10, 30, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Today = new(2026, 6, 15, 0, 0, 0, TimeSpan.Zero);

    private readonly bool _ownsSimulator;
    private readonly bool _ownsFolder;

    private SimulatedClient(OkxSimulator simulator, string folder, bool ownsSimulator, bool ownsFolder, Action<OkxMarketDataOptions>? configure, Action<IOkxMarketDataBuilder>? build, SimulatorConnection connection = SimulatorConnection.Network)
    {
        (Simulator, Folder, _ownsSimulator, _ownsFolder) = (simulator, folder, ownsSimulator, ownsFolder);
        Client = OkxMarketClient.Create(
            options =>
            {
                options.Caching.Directory = folder;
                options.Resilience.RetryDelay = TimeSpan.FromMilliseconds(20);
                options.Resilience.MaxRetryDelay = TimeSpan.FromMilliseconds(200);
                configure?.Invoke(options);
            },
            builder =>
            {
                builder.UseSimulator(simulator, connection);
                builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(Log)));
                build?.Invoke(builder);
            });
    }

    public OkxMarketClient Client { get; }

    public OkxSimulator Simulator { get; }

    public string Folder { get; }

    public FakeLogCollector Log { get; } = new();

    /// <summary>The requests for candles, whichever endpoint they went to.</summary>
    public int PageRequests => Simulator.RequestCount(SimulatorPaths.Candles) + Simulator.RequestCount(SimulatorPaths.HistoryCandles);

    public static async Task<SimulatedClient> StartAsync(Action<OkxSimulatorOptions>? simulator = null, Action<OkxMarketDataOptions>? client = null, Action<IOkxMarketDataBuilder>? build = null, SimulatorConnection connection = SimulatorConnection.Network)
    {
        var started = await OkxSimulator.StartAsync(options =>
        {
            options.StartAt = Now;
            simulator?.Invoke(options);
        });
        return new SimulatedClient(started, Directory.CreateTempSubdirectory("okxdata-test-").FullName, true, true, client, build, connection);
    }

    /// <summary>Another client, as of a later run of the program: the same simulator and the same folder.</summary>
    public SimulatedClient Again(Action<OkxMarketDataOptions>? client = null, Action<IOkxMarketDataBuilder>? build = null, SimulatorConnection connection = SimulatorConnection.Network) => new(Simulator, Folder, false, false, client, build, connection);

    public static CandleBatchQuery Days(int days, params IReadOnlyList<string> symbols) => new()
    {
        Symbols = symbols,
        From = Today.AddDays(-days),
        To = Today,
    };

    /// <summary>Spot pairs that the simulator lists since 2018.</summary>
    public static string[] OldSymbols(int count) => [.. Enumerable.Range(1, count).Select(index => $"OLD{index}-USDT")];

    public static void ListOldSymbols(OkxSimulatorOptions options, int count)
    {
        foreach (var symbol in OldSymbols(count))
            options.Symbols.Add(new SimulatedSymbol { Symbol = symbol });
    }

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        if (_ownsSimulator)
            await Simulator.DisposeAsync();
        if (_ownsFolder)
            Directory.Delete(Folder, recursive: true);
    }
}
