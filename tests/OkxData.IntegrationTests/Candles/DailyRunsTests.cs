using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Models;
using OkxData.TestProcess;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

/// <summary>A program that runs every day for a month: what it asks for again is served without the network.</summary>
public sealed class DailyRunsTests
{
    private const int Symbols = 10;
    private const int Days = 1_096;
    private const int Runs = 30;

    [Test]
    public async Task GetCandlesAsync_ThirtyDailyRuns_CostOnePageASymbolAndServeTheRestFromTheCache()
    {
        var clock = new FakeTimeProvider(Now);
        using var signals = new CandleSignals();
        await using var cold = await StartAsync(
            options =>
            {
                ListOldSymbols(options, Symbols);
                (options.Clock, options.Limits.Enabled) = (clock, false);
            },
            build: NoRateLimits.Register);
        (await cold.Client.GetCandlesAsync(SimulatedClient.Days(Days, OldSymbols(Symbols)))).ThrowIfAnyFailed();
        Assert.That(cold.PageRequests, Is.EqualTo(40));
        var (calls, free) = (0, 0);

        for (var run = 1; run <= Runs; run++)
        {
            clock.Advance(TimeSpan.FromDays(1));
            await using var host = cold.Again(build: builder =>
            {
                NoRateLimits.Register(builder);
                signals.Register(builder);
            });
            var today = Today.AddDays(run);

            var before = host.PageRequests;
            var batch = await host.Client.GetCandlesAsync(new CandleBatchQuery { Symbols = OldSymbols(Symbols), From = today.AddDays(-Days) });
            batch.ThrowIfAnyFailed();
            Assert.That(batch.Series.Values.Select(series => (series.Count, series.Coverage.IsComplete, series[^1].OpenTime)), Has.All.EqualTo((Days, true, today.AddDays(-1))));
            Assert.That(host.PageRequests - before, Is.EqualTo(Symbols), $"run {run}");

            foreach (var query in HistoricalQueries(today).Where((_, index) => index % 3 == run % 3))
            {
                before = host.PageRequests;
                var series = await host.Client.GetCandlesAsync(query);
                Assert.That(series.Coverage.IsComplete);
                calls++;
                free += host.PageRequests == before ? 1 : 0;
            }
        }

        var held = (double)signals.Hits / (signals.Hits + signals.Misses);
        TestContext.Out.WriteLine($"{free} of {calls} repeated requests and {held:P2} of {signals.Hits + signals.Misses} candles without the network");
        Assert.That(free, Is.EqualTo(calls), "a historical request went to the network");
        Assert.That(held, Is.GreaterThan(0.995));
        Assert.That(cold.PageRequests, Is.EqualTo(40 + Runs * Symbols));
        Assert.That(cold.Simulator.TotalRequests, Is.EqualTo(cold.PageRequests), "nothing else is asked either");
    }

    /// <summary>What a backtest asks for beside its whole universe: each symbol's years, quarters and months.</summary>
    private static IEnumerable<CandleQuery> HistoricalQueries(DateTimeOffset today) =>
        from symbol in OldSymbols(Symbols)
        from range in new (int From, int To)[] { (1_000, 0), (365, 0), (730, 365), (90, 1), (30, 0) }
        select new CandleQuery { Symbol = symbol, From = today.AddDays(-range.From), To = today.AddDays(-range.To) };
}
