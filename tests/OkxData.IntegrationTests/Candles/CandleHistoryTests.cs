using NUnit.Framework;
using OkxData.Models;
using OkxData.Testing;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

public sealed partial class CandleHistoryTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    [Test]
    public async Task GetCandlesAsync_TenSymbolsThreeYears_IsOneBurstOfFortyPages()
    {
        await using var host = await StartAsync(options =>
        {
            ListOldSymbols(options, 10);
            options.Latency = TimeSpan.FromMilliseconds(20);
            options.Jitter = TimeSpan.FromMilliseconds(10);
        });

        var batch = await host.Client.GetCandlesAsync(Days(1096, OldSymbols(10)));

        batch.ThrowIfAnyFailed();
        Assert.That(batch.Series.Values.Select(series => series.Count), Has.All.EqualTo(1096));
        Assert.That(batch.Series.Values.Select(series => series.Coverage.IsComplete), Has.All.True);
        Assert.That(host.Simulator.RequestCount(SimulatorPaths.Candles), Is.EqualTo(40));
        Assert.That(host.Simulator.RequestCount(SimulatorPaths.HistoryCandles), Is.Zero);
        Assert.That(batch.RequestsSent, Is.EqualTo(40));
        Assert.That(host.Simulator.MaxRequestsInAnyWindow(SimulatorPaths.Candles, Window), Is.EqualTo(40));
    }

    [Test]
    public async Task GetCandlesAsync_FiftySymbolsFiveYears_UsesBothBudgetsAndBreaksNeither()
    {
        await using var host = await StartAsync(options =>
        {
            ListOldSymbols(options, 50);
            options.Latency = TimeSpan.FromMilliseconds(20);
            options.Jitter = TimeSpan.FromMilliseconds(10);
        });

        var batch = await host.Client.GetCandlesAsync(Days(1826, OldSymbols(50)));

        batch.ThrowIfAnyFailed();
        Assert.That(batch.Series.Values.Select(series => series.Count), Has.All.EqualTo(1826));
        Assert.That(host.PageRequests, Is.EqualTo(350));
        Assert.That(host.Simulator.RequestCount(SimulatorPaths.HistoryCandles), Is.GreaterThanOrEqualTo(100));
        Assert.That(host.Simulator.MaxRequestsInAnyWindow(SimulatorPaths.Candles, Window), Is.LessThanOrEqualTo(40));
        Assert.That(host.Simulator.MaxRequestsInAnyWindow(SimulatorPaths.HistoryCandles, Window), Is.LessThanOrEqualTo(20));
        Assert.That(host.Simulator.Requests.Count(request => request.IsRefused), Is.Zero);
    }

    [Test]
    public async Task GetCandlesAsync_Again_CostsNoRequest()
    {
        await using var host = await StartAsync();
        var query = Days(800, "BTC-USDT", "ETH-USDT", "BTC-USDT-SWAP");
        var cold = await host.Client.GetCandlesAsync(query);
        var before = host.Simulator.TotalRequests;

        await using var later = host.Again();
        var warm = await later.Client.GetCandlesAsync(query);

        Assert.That(host.Simulator.TotalRequests, Is.EqualTo(before));
        foreach (var (symbol, series) in warm.Series)
        {
            Assert.That(series.Origin, Is.EqualTo(DataOrigin.Cache));
            Assert.That(series, Is.EqualTo(cold.Series[symbol]));
        }
    }

    [Test]
    public async Task GetCandlesAsync_OneDayLonger_CostsOnePageASymbol()
    {
        await using var host = await StartAsync();
        string[] symbols = ["BTC-USDT", "ETH-USDT", "SOL-USDT"];
        var query = Days(500, symbols);
        await host.Client.GetCandlesAsync(query with { To = Today.AddDays(-1) });
        var before = host.PageRequests;

        var longer = await host.Client.GetCandlesAsync(query);

        Assert.That(host.PageRequests - before, Is.EqualTo(symbols.Length));
        Assert.That(longer.Series.Values.Select(series => series.Count), Has.All.EqualTo(500));
        Assert.That(longer.Series.Values.Select(series => series.Origin), Has.All.EqualTo(DataOrigin.Mixed));
    }

    [Test]
    public async Task GetCandlesAsync_HistoryPagesCappedAtHundred_EveryRowArrives([Values] bool bothCapped)
    {
        await using var host = await StartAsync(options =>
        {
            ListOldSymbols(options, 4);
            options.PageCaps[SimulatorPaths.HistoryCandles] = 100;
            if (bothCapped)
                options.PageCaps[SimulatorPaths.Candles] = 100;
        });

        var batch = await host.Client.GetCandlesAsync(Days(1826, OldSymbols(4)));

        batch.ThrowIfAnyFailed();
        Assert.That(batch.Series.Values.Select(series => series.Count), Has.All.EqualTo(1826));
        Assert.That(batch.Series.Values.SelectMany(series => series.Coverage.Gaps), Is.Empty);
        Assert.That(host.Simulator.Requests.Count(request => request.IsRefused), Is.Zero);
    }
}
