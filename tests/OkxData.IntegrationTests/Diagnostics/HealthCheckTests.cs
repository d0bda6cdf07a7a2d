using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Diagnostics;

/// <summary>The health check as a host sees it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HealthCheckTests
{
    [Test]
    public async Task Check_NothingAskedYet_IsHealthyAndSendsNothing()
    {
        await using var host = await Host.StartAsync();
        Assert.That(await host.CheckAsync(), Is.EqualTo((HealthStatus.Healthy, "nothing was asked yet")));
        Assert.That(host.Simulator.TotalRequests, Is.Zero);
    }

    [Test]
    public async Task Check_OkxAnswers_IsHealthy()
    {
        await using var host = await Host.StartAsync();
        await host.Client.GetTickersAsync();
        Assert.That(await host.CheckAsync(), Is.EqualTo((HealthStatus.Healthy, "OKX answers")));
    }

    [Test]
    public async Task Check_AnsweredFromTheCacheDuringAnOutage_IsDegradedUntilOkxAnswers()
    {
        await using var host = await Host.StartAsync();
        await host.Client.GetCandlesAsync(Days(50, "BTC-USDT"));
        host.Simulator.Outage = OutageMode.Close;
        await host.Client.GetCandlesAsync(Days(60, "BTC-USDT"));
        var requests = host.Simulator.TotalRequests;
        var (status, reasons) = await host.CheckAsync();

        Assert.That(status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(reasons, Does.Contain("answered from the cache").And.Contain("127.0.0.1"));
        Assert.That(host.Simulator.TotalRequests, Is.EqualTo(requests), "a check costs no request");

        host.Simulator.Outage = OutageMode.None;
        await host.Client.GetInstrumentsAsync();
        Assert.That((await host.CheckAsync()).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    [Test]
    public async Task Check_CallsFailWithNothingToStandIn_IsUnhealthy()
    {
        await using var host = await Host.StartAsync();
        host.Simulator.Outage = OutageMode.Close;
        await Assert.CatchAsync<OkxException>(() => host.Client.GetTickersAsync());
        var (status, reasons) = await host.CheckAsync();

        Assert.That(status, Is.EqualTo(HealthStatus.Unhealthy));
        Assert.That(reasons, Does.Contain("calls fail"));
    }

    [Test]
    public async Task Check_RefusedArgument_IsHealthy()
    {
        await using var host = await Host.StartAsync();
        await Assert.CatchAsync<OkxApiException>(() => host.Client.GetCandlesAsync(new CandleQuery { Symbol = "NO-SUCH", From = Today.AddDays(-3) }));
        Assert.That((await host.CheckAsync()).Status, Is.EqualTo(HealthStatus.Healthy), "whoever says no is there");
    }

    [Test]
    public async Task Check_UnderMaintenance_NamesIt()
    {
        await using var host = await Host.StartAsync();
        host.Simulator.Announce(new MaintenanceWindow { Begin = Now.AddMinutes(-1), End = Now.AddHours(1), Title = "Upgrade" });
        await host.Client.GetSystemStatusAsync();
        var (status, reasons) = await host.CheckAsync();

        Assert.That(status, Is.EqualTo(HealthStatus.Degraded));
        Assert.That(reasons, Does.Contain("\"Upgrade\" until 2026-06-15 11:30:00Z"));
    }

    [Test]
    public async Task Check_StreamsNotServed_SaysSoUntilTheyAre()
    {
        await using var host = await Host.StartAsync(options => options.Streaming.InterruptedAfter = TimeSpan.FromMilliseconds(1));
        host.Simulator.RefuseSockets = true;
        await using var tickers = host.Client.StreamTickersAsync(["BTC-USDT"]).GetAsyncEnumerator();
        var first = tickers.MoveNextAsync();
        while ((await host.CheckAsync()).Status != HealthStatus.Degraded)
            await Task.Yield();

        Assert.That((await host.CheckAsync()).Reasons, Does.Contain("the public streams have not been served"));
        host.Simulator.RefuseSockets = false;
        Assert.That(await first);
        Assert.That((await host.CheckAsync()).Status, Is.EqualTo(HealthStatus.Healthy));
    }

    private sealed class Host(OkxSimulator simulator, ServiceProvider services, string folder) : IAsyncDisposable
    {
        public OkxSimulator Simulator => simulator;

        public IOkxMarketClient Client { get; } = services.GetRequiredService<IOkxMarketClient>();

        public static async Task<Host> StartAsync(Action<OkxMarketDataOptions>? configure = null)
        {
            var simulator = await OkxSimulator.StartAsync(options => options.StartAt = Now);
            var folder = Directory.CreateTempSubdirectory("okxdata-test-").FullName;
            var services = new ServiceCollection();
            services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.None));
            services.AddOkxMarketData(options =>
            {
                options.Caching.Directory = folder;
                options.Resilience.MaxRetries = 1;
                options.Resilience.RetryDelay = TimeSpan.FromMilliseconds(10);
                configure?.Invoke(options);
            }).UseSimulator(simulator).AddHealthCheck(tags: "ready");
            return new Host(simulator, services.BuildServiceProvider(), folder);
        }

        public async Task<(HealthStatus Status, string Reasons)> CheckAsync()
        {
            var report = await services.GetRequiredService<HealthCheckService>().CheckHealthAsync();
            var entry = report.Entries["OkxData"];
            Assert.That(entry.Tags, Is.EqualTo(new[] { "ready" }));
            return (entry.Status, entry.Description!);
        }

        public async ValueTask DisposeAsync()
        {
            await services.DisposeAsync();
            await simulator.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }
}
