using System.Globalization;
using OkxData.Models;
using OkxData.Testing;

namespace OkxData.Benchmarks;

/// <summary>A simulated OKX that is 40 ± 20 ms away, and an empty cache folder that is removed in the end.</summary>
internal sealed class SimulatedMarket : IAsyncDisposable
{
    /// <summary>The mean time from a request to its answer.</summary>
    public static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(40);

    private static readonly DateTimeOffset Midnight = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly string _folder = Directory.CreateTempSubdirectory("OkxData.Benchmarks-").FullName;
    private readonly string[] _symbols;
    private readonly int _days;

    private SimulatedMarket(OkxSimulator simulator, string[] symbols, int days) => (Simulator, _symbols, _days) = (simulator, symbols, days);

    public OkxSimulator Simulator { get; }

    public int Symbols => _symbols.Length;

    public int Days => _days;

    public int Bars => _symbols.Length * _days;

    /// <summary>Every candle file of the cache, as a glob.</summary>
    public string Files => Path.Combine(_folder, Simulator.Name, "candles", "bar=1Dutc", "*", "*.parquet");

    public CandleBatchQuery Query => new() { Symbols = _symbols, From = Midnight.AddDays(-_days), To = Midnight };

    public static async Task<SimulatedMarket> StartAsync(int symbols, int days)
    {
        var names = Enumerable.Range(1, symbols).Select(i => string.Create(CultureInfo.InvariantCulture, $"COIN{i:00}-USDT")).ToArray();
        var simulator = await OkxSimulator.StartAsync(options =>
        {
            options.StartAt = Midnight.AddHours(12);
            options.IncludeDefaultSymbols = false;
            options.Latency = Delay / 2; // each way
            options.Jitter = Delay / 4;
            foreach (var (name, i) in names.Select((name, i) => (name, i)))
                options.Symbols.Add(new SimulatedSymbol { Symbol = name, Price = 50_000m / (1 + i * i) });
        });
        return new SimulatedMarket(simulator, names, days);
    }

    public OkxMarketClient CreateClient() =>
        OkxMarketClient.Create(options => options.Caching.Directory = _folder, builder => builder.UseSimulator(Simulator));

    public async ValueTask DisposeAsync()
    {
        await Simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}
