using System.Diagnostics;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Diagnostics;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Outages;

/// <summary>Maintenance that OKX has announced.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MaintenanceTests
{
    private static readonly MaintenanceWindow Window = new() { Begin = Now.AddMinutes(-10), End = Now.AddMinutes(50), Title = "Upgrade of the engine" };

    [Test]
    public async Task GetSystemStatusAsync_NothingAnnounced_IsEmpty()
    {
        await using var host = await StartAsync();
        var status = await host.Client.GetSystemStatusAsync();
        Assert.That(status.Events, Is.Empty);
        Assert.That(status.Current, Is.Null);
    }

    [Test]
    public async Task GetSystemStatusAsync_Announced_IsWhatOkxSaysOfThisEnvironment()
    {
        await using var host = await StartAsync();
        host.Simulator.Announce(Window);
        host.Simulator.Announce(Window with { Begin = Now.AddDays(1), End = Now.AddDays(1).AddHours(1), Title = "Later" });
        host.Simulator.Announce(Window with { Environment = "2", Title = "Demo only" });

        var status = await host.Client.GetSystemStatusAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(status.Events.Select(one => (one.Title, one.State, one.Begin, one.End)), Is.EqualTo(new (string, SystemEventState, DateTimeOffset, DateTimeOffset?)[]
            {
                (Window.Title, SystemEventState.Ongoing, Window.Begin, Window.End),
                ("Later", SystemEventState.Scheduled, Now.AddDays(1), Now.AddDays(1).AddHours(1)),
            }));
            Assert.That(status.Current?.Title, Is.EqualTo(Window.Title));
            Assert.That(status.Events[0].Kind, Is.EqualTo(SystemEventKind.Scheduled));
        }
    }

    [Test]
    public async Task GetSystemStatusAsync_ManyCallers_AskOnce()
    {
        await using var host = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => host.Client.GetSystemStatusAsync()));
        await host.Client.GetSystemStatusAsync();
        Assert.That(host.Simulator.RequestCount(SimulatorPaths.Status), Is.EqualTo(1));
    }

    [Test]
    public async Task GetSystemStatusAsync_Offline_SaysSoAndSendsNothing()
    {
        await using var host = await StartAsync(client: options => options.Caching.Mode = CacheMode.Offline);
        Assert.That(async () => await host.Client.GetSystemStatusAsync(), Throws.InstanceOf<OkxCacheException>().With.Message.Contains("Caching.Mode"));
        Assert.That(host.Simulator.TotalRequests, Is.Zero);
    }

    [Test]
    public async Task GetCandlesAsync_UnderMaintenance_FailsFastWithItsEnd()
    {
        await using var host = await StartAsync();
        host.Simulator.Announce(Window);

        var started = Stopwatch.StartNew();
        var failure = (await Assert.ThrowsAsync<OkxMaintenanceException>(async () => await host.Client.GetCandlesAsync(new CandleQuery { Symbol = "BTC-USDT", From = Today.AddDays(-10) })))!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(started.Elapsed, Is.LessThan(TimeSpan.FromSeconds(3)));
            Assert.That((failure.Until, failure.Title), Is.EqualTo((Window.End, Window.Title)));
            Assert.That(failure.Message, Does.Contain("2026-06-15 11:20:00Z").And.Contain(Window.Title).And.Contain("WaitForMaintenance"));
            Assert.That(failure.InnerException, Is.InstanceOf<OkxException>());
            Assert.That(host.PageRequests, Is.EqualTo(1), "what is known to last is not repeated");
        }
    }

    [Test]
    public async Task GetCandlesAsync_ManyCallsUnderMaintenance_AskForTheStatusOnce()
    {
        await using var host = await StartAsync();
        host.Simulator.Announce(Window);

        var batch = await host.Client.GetCandlesAsync(Days(1_000, "BTC-USDT", "ETH-USDT", "SOL-USDT", "XRP-USDT", "ADA-USDT"));

        Assert.That(batch.Failures.Values, Has.Exactly(5).InstanceOf<OkxMaintenanceException>());
        Assert.That(host.Simulator.RequestCount(SimulatorPaths.Status), Is.EqualTo(1));
        Assert.That(host.Log.GetSnapshot().Count(record => record.Id.Id == LogEventIds.StatusMaintenance), Is.EqualTo(1));
    }

    [Test]
    public async Task GetCandlesAsync_UnderMaintenanceAndHeld_IsStaleAtOnce()
    {
        await using var host = await StartAsync();
        await host.Client.GetCandlesAsync(Days(50, "BTC-USDT"));
        host.Simulator.Announce(Window);

        var batch = await host.Client.GetCandlesAsync(Days(60, "BTC-USDT"));

        Assert.That(batch.Series["BTC-USDT"].Origin, Is.EqualTo(DataOrigin.StaleCache));
        Assert.That(batch.Series["BTC-USDT"].Coverage.Issues[0].Message, Does.Contain(Window.Title));
    }

    [Test]
    public async Task GetCandlesAsync_UnavailableAndNothingAnnounced_IsTheFailureItself()
    {
        await using var host = await StartAsync(client: options => options.Resilience.MaxRetries = 1);
        host.Simulator.Announce(Window with { Environment = "2" });
        host.Simulator.FailNext(FaultKind.ServiceUnavailable, 100, SimulatorPaths.Candles);
        host.Simulator.FailNext(FaultKind.ServiceUnavailable, 100, SimulatorPaths.HistoryCandles);

        var failure = await Assert.CatchAsync<OkxException>(async () => await host.Client.GetCandlesAsync(new CandleQuery { Symbol = "BTC-USDT", From = Today.AddDays(-10) }));

        Assert.That(failure, Is.Not.InstanceOf<OkxMaintenanceException>());
    }

    [Test]
    public async Task GetCandlesAsync_WaitForMaintenance_AnswersWhenItIsOver()
    {
        await using var host = await StartAsync(client: options => options.Resilience.WaitForMaintenance = TimeSpan.FromHours(2));
        host.Simulator.Announce(new MaintenanceWindow { Begin = Now.AddMinutes(-10), End = Now.AddSeconds(2) });

        var series = await host.Client.GetCandlesAsync(new CandleQuery { Symbol = "BTC-USDT", From = Today.AddDays(-10), To = Today });

        Assert.That(series.Count, Is.EqualTo(10));
        Assert.That(series.Coverage.IsComplete);
    }

    [Test]
    public async Task GetCandlesAsync_WaitForMaintenance_EndsWithItsBound()
    {
        await using var host = await StartAsync(client: options => options.Resilience.WaitForMaintenance = TimeSpan.FromSeconds(1));
        host.Simulator.Announce(Window);

        var started = Stopwatch.StartNew();
        await Assert.ThrowsAsync<OkxMaintenanceException>(async () => await host.Client.GetCandlesAsync(new CandleQuery { Symbol = "BTC-USDT", From = Today.AddDays(-10) }));

        Assert.That(started.Elapsed, Is.InRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(6)));
    }
}
