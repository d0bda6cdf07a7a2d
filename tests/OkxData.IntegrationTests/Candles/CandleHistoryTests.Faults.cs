using NUnit.Framework;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

public sealed partial class CandleHistoryTests
{
    [Test]
    public async Task GetCandlesAsync_ThirtyPercentFaults_LosesNothingAndBreaksNoLimit()
    {
        const int symbols = 8;
        await using var host = await StartAsync(options =>
        {
            ListOldSymbols(options, symbols);
            options.Latency = TimeSpan.FromMilliseconds(5);
            options.Jitter = TimeSpan.FromMilliseconds(10);
            options.Limits.CountRefused = true;
        });
        host.Simulator.SetFaults(0.3, FaultKind.InternalServerError, FaultKind.BadGateway, FaultKind.ServiceUnavailable, FaultKind.UnavailableInOk,
            FaultKind.BusyInOk, FaultKind.SystemErrorInOk, FaultKind.TruncatedJson, FaultKind.ConnectionReset, FaultKind.TooManyRequests, FaultKind.EmptyBody);

        var batch = await host.Client.GetCandlesAsync(Days(1826, OldSymbols(symbols)));

        batch.ThrowIfAnyFailed();
        Assert.That(batch.Series.Values.Select(series => series.Count), Has.All.EqualTo(1826));
        Assert.That(batch.Series.Values.Select(series => series.Coverage.IsComplete), Has.All.True);
        Assert.That(host.Simulator.Requests.Count(request => request.Fault is not null), Is.GreaterThan(symbols));
        Assert.That(host.Simulator.Requests.Count(request => request.IsRefused), Is.Zero, "a refusal by the quota itself");
        Assert.That(host.Simulator.MaxRequestsInAnyWindow(SimulatorPaths.Candles, Window), Is.LessThanOrEqualTo(40));
        Assert.That(host.Simulator.MaxRequestsInAnyWindow(SimulatorPaths.HistoryCandles, Window), Is.LessThanOrEqualTo(20));
        Assert.That(batch.RequestsSent, Is.EqualTo(host.PageRequests), "a send that nobody counted");
    }

    [Test]
    public async Task GetCandlesAsync_UnknownSymbolAmongOthers_FailsAlone()
    {
        await using var host = await StartAsync();

        var batch = await host.Client.GetCandlesAsync(Days(100, "BTC-USDT", "NOSUCH-USDT"));

        Assert.That(batch.Series.Keys, Is.EqualTo(new[] { "BTC-USDT" }));
        var failure = (OkxApiException)batch.Failures["NOSUCH-USDT"];
        Assert.That(failure.Code, Is.EqualTo("51001"));
        Assert.That(failure.Message, Does.Contain("NOSUCH-USDT").And.Contains("spelling"));
        Assert.That(batch.ThrowIfAnyFailed, Throws.TypeOf<OkxBatchException>().With.Message.Contains("NOSUCH-USDT"));
        Assert.That(() => host.Client.GetCandlesAsync(new CandleQuery { Symbol = "NOSUCH-USDT", From = Today.AddDays(-5) }), Throws.TypeOf<OkxApiException>());
    }

    [Test]
    public async Task GetCandlesAsync_OkxIsDown_FailsAndKeepsWhatIsHeld()
    {
        await using var host = await StartAsync(client: options =>
        {
            options.Resilience.MaxRetries = 1;
            options.Resilience.StaleOnOutage = false;
        });
        await host.Client.GetCandlesAsync(Days(50, "BTC-USDT") with { To = Today.AddDays(-10) });
        host.Simulator.Outage = OutageMode.Unavailable;

        var batch = await host.Client.GetCandlesAsync(Days(50, "BTC-USDT"));

        Assert.That(batch.Failures["BTC-USDT"].IsTransient, Is.True);
        host.Simulator.Outage = OutageMode.None;
        Assert.That((await host.Client.GetCandlesAsync(Days(50, "BTC-USDT"))).Series["BTC-USDT"].Count, Is.EqualTo(50));
    }

    [Test]
    public async Task GetCandlesAsync_CancelledInTheMiddle_TheNextCallGoesOnFromThere()
    {
        const int symbols = 30;
        await using var host = await StartAsync(options => ListOldSymbols(options, symbols));
        using var stop = new CancellationTokenSource();
        var query = Days(1826, OldSymbols(symbols)) with { Progress = new CancelAfter(bars: 60 * 300, stop) };

        Assert.That(async () => await host.Client.GetCandlesAsync(query, stop.Token), Throws.InstanceOf<OperationCanceledException>());

        var before = host.PageRequests;
        await using var later = host.Again();
        var batch = await later.Client.GetCandlesAsync(Days(1826, OldSymbols(symbols)));
        batch.ThrowIfAnyFailed();
        Assert.That(batch.Series.Values.Select(series => series.Coverage.IsComplete), Has.All.True);
        Assert.That(before, Is.GreaterThanOrEqualTo(60));
        Assert.That(host.PageRequests - before, Is.LessThanOrEqualTo(symbols * 7 - 55), "what had arrived was fetched again");
    }

    [Test]
    public async Task GetCandlesAsync_Progress_CountsUpToAllOfIt()
    {
        await using var host = await StartAsync();
        var reports = new List<CandleProgress>();

        await host.Client.GetCandlesAsync(Days(900, "BTC-USDT", "ETH-USDT") with { Progress = new Recorder(reports) });

        Assert.That(reports, Is.Not.Empty);
        Assert.That(reports.Select(report => report.RequestsSent), Is.Ordered);
        Assert.That(reports.Select(report => report.BarsTotal), Has.All.EqualTo(1800));
        var last = reports[^1];
        Assert.That((last.BarsDone, last.SymbolsDone, last.SymbolsTotal, last.Remaining), Is.EqualTo((1800L, 2, 2, (TimeSpan?)TimeSpan.Zero)));
    }

    private sealed class CancelAfter(long bars, CancellationTokenSource source) : IProgress<CandleProgress>
    {
        public void Report(CandleProgress value)
        {
            if (value.BarsDone >= bars)
                source.Cancel();
        }
    }

    private sealed class Recorder(List<CandleProgress> reports) : IProgress<CandleProgress>
    {
        public void Report(CandleProgress value) => reports.Add(value);
    }
}
