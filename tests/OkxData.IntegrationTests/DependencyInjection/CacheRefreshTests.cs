using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Diagnostics;
using OkxData.Models;
using OkxData.Testing;

namespace OkxData.IntegrationTests.DependencyInjection;

/// <summary>A host that keeps series current, against a simulator and by a clock whose days pass in seconds.</summary>
[NonParallelizable]
public sealed class CacheRefreshTests
{
    private static readonly DateTimeOffset Start = new(2026, 6, 15, 10, 30, 0, TimeSpan.Zero);
    private static readonly string[] Symbols = SimulatedClient.OldSymbols(4);

    [Test]
    public async Task AddCacheRefresh_ThreeDaysPass_EachDayIsInTheCacheForOneRequestASymbol()
    {
        await using var world = await World.StartAsync();
        await world.UntilLoggedAsync(LogEventIds.RefreshDone, 1);
        await world.AssertHeldAsync(new DateTimeOffset(2026, 6, 15, 0, 0, 0, TimeSpan.Zero));
        for (var day = 16; day < 19; day++)
        {
            var (close, requests) = (new DateTimeOffset(2026, 6, day, 0, 0, 0, TimeSpan.Zero), world.Requests);
            await world.PassAsync(close + TimeSpan.FromSeconds(59) - world.Clock.GetUtcNow());
            Assert.That(world.Requests, Is.EqualTo(requests), "not before the delay is over");
            await world.UntilLoggedAsync(LogEventIds.RefreshDone, day - 14);

            Assert.That(world.Clock.GetUtcNow() - close, Is.LessThan(TimeSpan.FromMinutes(10)));
            await world.AssertHeldAsync(close);
            Assert.That(world.Requests - requests, Is.EqualTo(Symbols.Length), "one a symbol and day");
        }
    }

    [Test]
    public async Task AddCacheRefresh_OutageOverTheClose_IsMadeUpForAndToldOfOnce()
    {
        await using var world = await World.StartAsync();
        await world.UntilLoggedAsync(LogEventIds.RefreshDone, 1);
        var close = new DateTimeOffset(2026, 6, 16, 0, 0, 0, TimeSpan.Zero);
        world.Simulator.Outage = OutageMode.Unavailable;
        await world.PassAsync(close - world.Clock.GetUtcNow());
        await world.UntilLoggedAsync(LogEventIds.RefreshFailing, 1);
        await world.PassAsync(TimeSpan.FromHours(1));

        world.Simulator.Outage = OutageMode.None;
        await world.UntilLoggedAsync(LogEventIds.RefreshDone, 2);

        await world.AssertHeldAsync(close);
        Assert.That((world.Logged(LogEventIds.RefreshFailing), world.Logged(LogEventIds.RefreshBack)), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task AddCacheRefresh_NothingChosen_FailsWhenTheHostStarts()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddOkxMarketData().AddCacheRefresh(_ => { });
        using var host = builder.Build();

        await Assert.ThatAsync(() => host.StartAsync(), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("neither Symbols nor Top"));
    }

    private sealed class World : IAsyncDisposable
    {
        private readonly string _folder = Directory.CreateTempSubdirectory("okxdata-test-").FullName;
        private readonly FakeLogCollector _log = new();
        private IHost _host = null!;

        public VirtualClock Clock { get; } = new(Start);

        public OkxSimulator Simulator { get; private set; } = null!;

        public int Requests => Simulator.RequestCount(SimulatorPaths.Candles) + Simulator.RequestCount(SimulatorPaths.HistoryCandles);

        public static async Task<World> StartAsync()
        {
            var world = new World();
            world.Simulator = await OkxSimulator.StartAsync(options =>
            {
                options.Clock = world.Clock;
                SimulatedClient.ListOldSymbols(options, Symbols.Length);
            });
            var builder = Host.CreateApplicationBuilder();
            builder.Logging.ClearProviders().AddProvider(new FakeLoggerProvider(world._log));
            builder.Services.AddOkxMarketData(options => options.Caching.Directory = world._folder)
                .UseSimulator(world.Simulator, SimulatorConnection.InMemory)
                .AddCacheRefresh(options =>
                {
                    options.History = TimeSpan.FromDays(100);
                    foreach (var symbol in Symbols)
                        options.Symbols.Add(symbol);
                })
                .AddCacheRefresh(options => options.Spread = TimeSpan.FromMinutes(1));
            world._host = builder.Build();
            await world._host.StartAsync();
            return world;
        }

        public Task PassAsync(TimeSpan time) => Clock.AdvanceAsync(time);

        public int Logged(int id) => _log.GetSnapshot().Count(record => record.Id.Id == id);

        /// <summary>Lets time pass until a line was logged so often; what is read from files and computed takes real time, too.</summary>
        public async Task UntilLoggedAsync(int id, int times)
        {
            for (var real = 0; Logged(id) < times && real < 10_000; real++)
            {
                if (real % 10 == 9)
                    await Clock.AdvanceAsync(TimeSpan.FromSeconds(5));
                await Task.Delay(TimeSpan.FromMilliseconds(2), TimeProvider.System);
            }

            Assert.That(Logged(id), Is.EqualTo(times));
        }

        public async Task AssertHeldAsync(DateTimeOffset close)
        {
            await using var offline = OkxMarketClient.Create(
                options => (options.Caching.Directory, options.Caching.Mode) = (_folder, CacheMode.Offline),
                builder => builder.UseSimulator(Simulator, SimulatorConnection.InMemory));
            var batch = await offline.GetCandlesAsync(new CandleBatchQuery { Symbols = Symbols, From = close.AddDays(-90), To = close });
            batch.ThrowIfAnyFailed();
            Assert.That(batch.Series.Values.Select(series => (series.Count, series[^1].OpenTime)), Is.All.EqualTo((90, close.AddDays(-1))));
        }

        public async ValueTask DisposeAsync()
        {
            await _host.StopAsync();
            _host.Dispose();
            await Simulator.DisposeAsync();
            Directory.Delete(_folder, recursive: true);
        }
    }
}
