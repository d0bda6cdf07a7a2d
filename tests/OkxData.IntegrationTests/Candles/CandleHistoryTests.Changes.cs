using NUnit.Framework;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;
using OkxData.Validation;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

public sealed partial class CandleHistoryTests
{
    [Test]
    public async Task GetCandlesAsync_OkxRevisesTheLastStoredCandle_ReportsItAndSplicesNothing()
    {
        await using var host = await StartAsync();
        var stored = (await host.Client.GetCandlesAsync(Days(100, "BTC-USDT") with { To = Today.AddDays(-5) })).Series["BTC-USDT"];
        host.Simulator.ReviseCandle("BTC-USDT", "1Dutc", Today.AddDays(-6));

        var later = (await host.Client.GetCandlesAsync(Days(100, "BTC-USDT"))).Series["BTC-USDT"];

        Assert.That(later.Coverage.Issues.Select(issue => issue.Rule), Does.Contain(ValidationRules.CandleRevised).Or.Contains(ValidationRules.CandlePossibleRelisting));
        Assert.That(later, Is.EqualTo(stored), "the old series is kept as it was");

        host.Simulator.ClearDefects();
        var healed = (await host.Client.GetCandlesAsync(Days(100, "BTC-USDT"))).Series["BTC-USDT"];
        Assert.That((healed.Count, healed.Coverage.IsComplete), Is.EqualTo((100, true)));
    }

    [Test]
    public async Task GetCandlesAsync_NamePassedToAnotherAsset_KeepsTheOldSeriesApart()
    {
        await using var host = await StartAsync(options => options.Symbols.Add(new SimulatedSymbol { Symbol = "LUNA-USDT", Price = 80m }));
        var stored = (await host.Client.GetCandlesAsync(Days(100, "LUNA-USDT") with { To = Today.AddDays(-5) })).Series["LUNA-USDT"];
        host.Simulator.ReuseName("LUNA-USDT", Today.AddDays(-4), 0.5m, keepsOldRows: false);

        var later = (await host.Client.GetCandlesAsync(Days(100, "LUNA-USDT"))).Series["LUNA-USDT"];

        Assert.That(later, Is.EqualTo(stored));
        Assert.That(later.Coverage.Issues.Select(issue => issue.Rule), Does.Contain(ValidationRules.CandlePossibleRelisting));
    }

    [Test]
    public async Task GetCandlesAsync_Delisted_IsServedFromTheArchiveAndMarked()
    {
        await using var host = await StartAsync();
        var query = Days(200, "ADA-USDT");
        await host.Client.GetCandlesAsync(query with { To = Today.AddDays(-3) });
        host.Simulator.Delist("ADA-USDT");

        var series = (await host.Client.GetCandlesAsync(query)).Series["ADA-USDT"];

        Assert.That((series.Count, series.Origin, series.Coverage.IsDelisted), Is.EqualTo((197, DataOrigin.StaleCache, true)));
    }

    [Test]
    public async Task GetCandlesAsync_BrokenRowOnce_IsHealedByASecondLook()
    {
        await using var host = await StartAsync(options => options.Defects.Add(new CandleDefect
        {
            Kind = CandleDefectKind.BrokenFigure, Symbol = "BTC-USDT", From = Today.AddDays(-50), To = Today.AddDays(-49), Times = 1,
        }));

        var series = (await host.Client.GetCandlesAsync(Days(100, "BTC-USDT"))).Series["BTC-USDT"];

        Assert.That((series.Count, series.Coverage.IsComplete, series.Coverage.Issues.Count), Is.EqualTo((100, true, 0)));
        Assert.That(host.PageRequests, Is.EqualTo(2));
    }

    [TestCase(CandleDefectKind.BrokenFigure, 99, ValidationRules.CandleBrokenRow)]
    [TestCase(CandleDefectKind.HighBelowLow, 100, ValidationRules.CandleHighLow)]
    [TestCase(CandleDefectKind.ZeroPrice, 100, ValidationRules.CandleNonPositivePrice)]
    [TestCase(CandleDefectKind.ConflictingDuplicate, 100, ValidationRules.CandleConflictingDuplicate)]
    public async Task GetCandlesAsync_BadRowStays_IsReportedAndNeverStored(CandleDefectKind kind, int count, string rule)
    {
        await using var host = await StartAsync(options => options.Defects.Add(new CandleDefect { Kind = kind, Symbol = "BTC-USDT", From = Today.AddDays(-50), To = Today.AddDays(-49) }));

        var series = (await host.Client.GetCandlesAsync(Days(100, "BTC-USDT"))).Series["BTC-USDT"];

        Assert.That(series.Count, Is.EqualTo(count));
        Assert.That(series.Coverage.Issues.Select(issue => issue.Rule), Does.Contain(rule));
        Assert.That(series.Coverage.Issues.First(issue => issue.Rule == rule).Range.Start, Is.EqualTo(Today.AddDays(-50)));

        await using var offline = host.Again(options => options.Caching.Mode = CacheMode.Offline);
        var missing = (await offline.Client.GetCandlesAsync(Days(100, "BTC-USDT"))).Failures["BTC-USDT"];
        Assert.That(missing, Is.TypeOf<OkxCacheException>().With.Message.Contains("2026-04-26T00:00:00Z"), "the bad bar is not held");

        host.Simulator.ClearDefects();
        var healed = (await host.Client.GetCandlesAsync(Days(100, "BTC-USDT"))).Series["BTC-USDT"];
        Assert.That((healed.Count, healed.Coverage.IsComplete, healed.Coverage.Issues.Count), Is.EqualTo((100, true, 0)));
    }

    [Test]
    public async Task GetCandlesAsync_PolicyDrop_LeavesTheWrongRowOutAsAGap()
    {
        await using var host = await StartAsync(
            options => options.Defects.Add(new CandleDefect { Kind = CandleDefectKind.HighBelowLow, Symbol = "BTC-USDT", From = Today.AddDays(-50), To = Today.AddDays(-49) }),
            options => options.Validation.OnError = ValidationAction.Drop);

        var series = (await host.Client.GetCandlesAsync(Days(100, "BTC-USDT"))).Series["BTC-USDT"];

        Assert.That((series.Count, series.Coverage.Missing), Is.EqualTo((99, 1)));
    }

    [Test]
    public async Task GetCandlesAsync_PolicyThrow_FailsThatSymbolWithTheWholeReport()
    {
        await using var host = await StartAsync(
            options => options.Defects.Add(new CandleDefect { Kind = CandleDefectKind.HighBelowLow, Symbol = "BTC-USDT", From = Today.AddDays(-50), To = Today.AddDays(-49) }),
            options => options.Validation.OnError = ValidationAction.Throw);

        var batch = await host.Client.GetCandlesAsync(Days(100, "BTC-USDT", "ETH-USDT"));

        Assert.That(batch.Series.Keys, Is.EqualTo(new[] { "ETH-USDT" }));
        Assert.That(((OkxValidationException)batch.Failures["BTC-USDT"]).Report.Select(issue => issue.Rule), Does.Contain(ValidationRules.CandleHighLow));
    }

    [Test]
    public async Task GetCandlesAsync_Offline_AnswersWhatIsHeldAndListsWhatIsNot()
    {
        await using var host = await StartAsync();
        await host.Client.GetCandlesAsync(Days(50, "BTC-USDT"));
        var before = host.Simulator.TotalRequests;
        await using var offline = host.Again(options => options.Caching.Mode = CacheMode.Offline);

        var batch = await offline.Client.GetCandlesAsync(Days(50, "BTC-USDT", "ETH-USDT"));

        Assert.That(batch.Series["BTC-USDT"].Count, Is.EqualTo(50));
        Assert.That(batch.Failures["ETH-USDT"], Is.TypeOf<OkxCacheException>().With.Message.Contains("ETH-USDT").And.Message.Contains("[2026-04-26T00:00:00Z, 2026-06-15T00:00:00Z)"));
        Assert.That(host.Simulator.TotalRequests, Is.EqualTo(before));
    }

    [Test]
    public async Task GetCandlesAsync_CacheOff_NeitherReadsNorWrites()
    {
        await using var host = await StartAsync(client: options => options.Caching.Mode = CacheMode.Off);

        await host.Client.GetCandlesAsync(Days(50, "BTC-USDT"));
        await host.Client.GetCandlesAsync(Days(50, "BTC-USDT"));

        Assert.That(host.PageRequests, Is.EqualTo(2));
        Assert.That(Directory.EnumerateFileSystemEntries(host.Folder), Is.Empty);
    }

    [Test]
    public async Task GetCandlesAsync_Refresh_AsksAgainAndReportsWhatChanged()
    {
        await using var host = await StartAsync();
        var held = (await host.Client.GetCandlesAsync(Days(50, "BTC-USDT"))).Series["BTC-USDT"];
        host.Simulator.ReviseCandle("BTC-USDT", "1Dutc", Today.AddDays(-25));
        await using var refresh = host.Again(options => options.Caching.Mode = CacheMode.Refresh);

        var series = (await refresh.Client.GetCandlesAsync(Days(50, "BTC-USDT"))).Series["BTC-USDT"];

        Assert.That(series, Is.EqualTo(held), "what is held stays");
        Assert.That(series.Coverage.Issues.Single(issue => issue.Rule is ValidationRules.CandleRevised or ValidationRules.CandlePossibleRelisting).Range.Start, Is.EqualTo(Today.AddDays(-25)));
    }
}
