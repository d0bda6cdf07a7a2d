using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;
using OkxData.Validation;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Outages;

/// <summary>OKX is away: what is held answers, soon and marked.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StaleOnOutageTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    [Test]
    [Retry(3)] // the promise is in real time, and the machine may be busy with something else
    public async Task GetCandlesAsync_HeldAndOkxIsAway_IsAnsweredFromTheCacheSoon([Values(OutageMode.Unavailable, OutageMode.Close, OutageMode.Hang)] OutageMode outage, [Values] bool isFreshProcess)
    {
        await using var host = await StartAsync();
        var held = await host.Client.GetCandlesAsync(new CandleQuery { Symbol = "BTC-USDT", From = Today.AddDays(-100), To = Today.AddDays(-10) });
        host.Simulator.Outage = outage;
        await using var fresh = host.Again();

        var started = Stopwatch.StartNew();
        var series = await (isFreshProcess ? fresh : host).Client.GetCandlesAsync(new CandleQuery { Symbol = "BTC-USDT", From = Today.AddDays(-100), To = Today });

        Assert.That(started.Elapsed, Is.LessThan(Soon));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(series.Origin, Is.EqualTo(DataOrigin.StaleCache));
            Assert.That(series.AsSpan().SequenceEqual(held.AsSpan()), "exactly what is held");
            Assert.That(series.RetrievedAt, Is.EqualTo(held.RetrievedAt).Within(TimeSpan.FromMinutes(1)), "it says how old it is");
            Assert.That((series.Coverage.Expected, series.Coverage.Observed, series.Coverage.IsComplete), Is.EqualTo((100, 90, false)), "what could not be asked for is missing");
            Assert.That(series.Coverage.Gaps, Is.EqualTo(new[] { new Time.UtcRange(Today.AddDays(-10), Today) }));
            Assert.That(series.Coverage.Issues.Select(issue => issue.Rule), Is.EqualTo(new[] { ValidationRules.CandleNotAsked }), "it is no gap of OKX's");
        }

        Assert.That((isFreshProcess ? fresh : host).Log.GetSnapshot().Count(record => record.Level == LogLevel.Warning && record.Message.Contains("come from the cache", StringComparison.Ordinal)), Is.EqualTo(1));
    }

    [Test]
    [Retry(3)] // the promise is in real time, and the machine may be busy with something else
    public async Task GetCandlesAsync_SomeHeldAndOkxIsAway_EverySymbolIsSettledSoon([Values(OutageMode.Unavailable, OutageMode.Hang)] OutageMode outage)
    {
        await using var host = await StartAsync();
        await host.Client.GetCandlesAsync(Days(50, "BTC-USDT", "ETH-USDT"));
        host.Simulator.Outage = outage;

        var started = Stopwatch.StartNew();
        var batch = await host.Client.GetCandlesAsync(Days(60, "BTC-USDT", "ETH-USDT", "SOL-USDT"));

        Assert.That(started.Elapsed, Is.LessThan(Soon));
        Assert.That(batch.Series.Keys, Is.EquivalentTo(new[] { "BTC-USDT", "ETH-USDT" }));
        Assert.That(batch.Series.Values.Select(series => series.Origin), Has.All.EqualTo(DataOrigin.StaleCache));
        Assert.That(batch.Failures["SOL-USDT"], Is.InstanceOf<OkxException>().With.Property(nameof(OkxException.IsTransient)).True);
    }

    [Test]
    public async Task GetCandlesAsync_OutageEnds_TheNextCallIsWhole()
    {
        var clock = new FakeTimeProvider(Now);
        await using var host = await StartAsync(options => options.Clock = clock);
        await host.Client.GetCandlesAsync(Days(50, "BTC-USDT"));
        host.Simulator.Outage = OutageMode.Hang;
        var call = host.Client.GetCandlesAsync(Days(60, "BTC-USDT"));
        while (!call.IsCompleted)
        {
            // Time that passes while the call still computes would make the silence an old one.
            clock.Advance(TimeSpan.FromMilliseconds(100));
            for (var yields = 0; yields < 500 && !call.IsCompleted; yields++)
                await Task.Yield();
        }

        Assert.That((await call).Series["BTC-USDT"].Origin, Is.EqualTo(DataOrigin.StaleCache));
        host.Simulator.Outage = OutageMode.None;
        Assert.That((await host.Client.GetCandlesAsync(Days(60, "BTC-USDT"))).Series["BTC-USDT"].Origin, Is.EqualTo(DataOrigin.StaleCache), "the silence is fresh, and nobody waits through it twice");

        clock.Advance(TimeSpan.FromSeconds(10));
        var after = (await host.Client.GetCandlesAsync(Days(60, "BTC-USDT"))).Series["BTC-USDT"];
        Assert.That((after.Count, after.Coverage.IsComplete, after.Origin), Is.EqualTo((60, true, DataOrigin.Mixed)));
    }

    [Test]
    public async Task GetCandlesAsync_StaleOnOutageIsOff_FailsAndSaysWhy()
    {
        await using var host = await StartAsync(client: options =>
        {
            options.Resilience.StaleOnOutage = false;
            options.Resilience.GiveUpAfter = TimeSpan.FromSeconds(2);
        });
        await host.Client.GetCandlesAsync(Days(50, "BTC-USDT"));
        host.Simulator.Outage = OutageMode.Unavailable;

        var batch = await host.Client.GetCandlesAsync(Days(60, "BTC-USDT"));

        Assert.That(batch.Failures["BTC-USDT"], Is.InstanceOf<OkxException>().With.Property(nameof(OkxException.IsTransient)).True);
    }

    [Test]
    [Retry(3)] // the promise is in real time, and the machine may be busy with something else
    public async Task GetTickersAndInstruments_HeldAndOkxIsAway_AreAnsweredSoon([Values(OutageMode.Unavailable, OutageMode.Close, OutageMode.Hang)] OutageMode outage)
    {
        await using var host = await StartAsync(client: options =>
        {
            options.Caching.TickersTtl = TimeSpan.Zero;
            options.Caching.InstrumentsTtl = TimeSpan.Zero;
        });
        var tickers = await host.Client.GetTickersAsync();
        var instruments = await host.Client.GetInstrumentsAsync();
        host.Simulator.Outage = outage;

        var started = Stopwatch.StartNew();
        var (staleTickers, staleInstruments) = (await host.Client.GetTickersAsync(), await host.Client.GetInstrumentsAsync());

        Assert.That(started.Elapsed, Is.LessThan(Soon), "both together: the second knows what the first found out");
        Assert.That(staleTickers, Is.EqualTo(tickers));
        Assert.That(staleInstruments, Is.EqualTo(instruments));
    }
}
