using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using OkxData.Caching;
using OkxData.Models;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Streaming;

/// <summary>An exchange and clients of it that live by a clock of the test's; candle streams are read in the background.</summary>
internal sealed class CandleStreamWorld : IAsyncDisposable
{
    public static readonly DateTimeOffset Start = new(2026, 6, 15, 10, 30, 20, TimeSpan.Zero);
    public static readonly DateTimeOffset Minute = new(2026, 6, 15, 10, 30, 0, TimeSpan.Zero);

    private readonly List<OkxMarketClient> _clients = [];
    private readonly string _folder = Directory.CreateTempSubdirectory("okxdata-test-").FullName;

    private CandleStreamWorld(VirtualClock clock, OkxSimulator simulator) => (Clock, Simulator) = (clock, simulator);

    public VirtualClock Clock { get; }

    public OkxSimulator Simulator { get; }

    public FakeLogCollector Log { get; } = new();

    /// <summary>The requests for candles, whichever endpoint they went to.</summary>
    public int PageRequests => Simulator.RequestCount(SimulatorPaths.Candles) + Simulator.RequestCount(SimulatorPaths.HistoryCandles);

    public static async Task<CandleStreamWorld> StartAsync(Action<OkxSimulatorOptions>? configure = null, DateTimeOffset? start = null)
    {
        var clock = new VirtualClock(start ?? Start);
        var simulator = await OkxSimulator.StartAsync(options =>
        {
            options.Clock = clock;
            configure?.Invoke(options);
        });
        return new CandleStreamWorld(clock, simulator);
    }

    public OkxMarketClient Client(Action<OkxMarketDataOptions>? configure = null, TimeSpan localError = default, Action<IOkxMarketDataBuilder>? build = null)
    {
        var client = OkxMarketClient.Create(
            options =>
            {
                options.Caching.Directory = _folder;
                configure?.Invoke(options);
            },
            builder =>
            {
                builder.UseSimulator(Simulator, SimulatorConnection.InMemory);
                builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Debug).AddProvider(new FakeLoggerProvider(Log)));
                build?.Invoke(builder);
                if (localError != default)
                    builder.Services.AddKeyedSingleton<TimeProvider>(builder.Name, new WrongClock(Clock, localError));
            });
        _clients.Add(client);
        return client;
    }

    public CandleStreamReader Read(CandleStreamQuery query, OkxMarketClient? client = null) => new(client ?? Client(), query);

    public static CandleStreamQuery Query(params IReadOnlyList<string> symbols) => new() { Symbols = symbols, Bar = BarSize.OneMinute };

    public Task PassAsync(TimeSpan time) => Clock.AdvanceAsync(time);

    /// <summary>Lets time pass until a reader has so many finished candles; what is read from files and computed takes real time, too.</summary>
    public async Task PassUntilAsync(CandleStreamReader reader, int finished, TimeSpan? atMost = null)
    {
        var left = atMost ?? TimeSpan.FromSeconds(30);
        for (var real = 0; reader.Finished.Count < finished && real < 5_000; real++)
        {
            if (real % 50 == 0 && left > TimeSpan.Zero)
            {
                await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
                left -= TimeSpan.FromSeconds(1);
            }

            await Task.WhenAny(reader.Completion, Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System));
        }
    }

    /// <summary>What the exchange itself has of a range, asked by a client of its own.</summary>
    public async Task<Candle[]> TruthAsync(string symbol, DateTimeOffset from, DateTimeOffset to, BarSize bar = BarSize.OneMinute)
    {
        var series = await Client(options => options.Caching.Mode = CacheMode.Off).GetCandlesAsync(new CandleQuery { Symbol = symbol, Bar = bar, From = from, To = to });
        return [.. series];
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await Simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private sealed class WrongClock(TimeProvider clock, TimeSpan error) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow() + error;

        public override long GetTimestamp() => clock.GetTimestamp();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);
    }
}
