using NUnit.Framework;
using OkxData.Models;
using OkxData.Testing;
using OkxData.Time;
using OkxData.Validation;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

public sealed partial class CandleHistoryTests
{
    [Test]
    public async Task GetCandlesAsync_ListedInTheMiddle_ExpectsNothingBefore()
    {
        var listed = Today.AddDays(-700);
        await using var host = await StartAsync(options => options.Symbols.Add(new SimulatedSymbol { Symbol = "NEW-USDT", ListedAt = listed }));

        var series = (await host.Client.GetCandlesAsync(Days(1826, "NEW-USDT"))).Series["NEW-USDT"];

        Assert.That(series.Coverage.FirstAvailable, Is.EqualTo(listed));
        Assert.That((series.Count, series.Coverage.Expected, series.Coverage.IsComplete), Is.EqualTo((700, 700, true)));

        var before = host.PageRequests;
        await using var later = host.Again();
        var again = (await later.Client.GetCandlesAsync(Days(1900, "NEW-USDT"))).Series["NEW-USDT"];
        Assert.That(host.PageRequests, Is.EqualTo(before), "what is before the first candle is known to be empty");
        Assert.That(again.Coverage.FirstAvailable, Is.EqualTo(listed));
    }

    [Test]
    public async Task GetCandlesAsync_LongEmptyStretchBeforeTheFirstCandle_IsSearchedNotWalked()
    {
        var listed = Today.AddDays(-100);
        await using var host = await StartAsync(options => options.Symbols.Add(new SimulatedSymbol { Symbol = "NEW-USDT", ListedAt = listed }));

        // Five years of hours are 146 pages, of which 8 hold something.
        var series = await host.Client.GetCandlesAsync(new CandleQuery { Symbol = "NEW-USDT", Bar = BarSize.OneHour, From = Today.AddDays(-1826), To = Today });

        Assert.That(series.Count, Is.EqualTo(100 * 24));
        Assert.That(series.Coverage.FirstAvailable, Is.EqualTo(listed));
        Assert.That(series.Coverage.IsComplete, Is.True);
        Assert.That(host.PageRequests, Is.LessThan(90));
    }

    [Test]
    public async Task GetCandlesAsync_OkxLacksBars_NamesTheGapAndAsksNoMore()
    {
        var gap = new UtcRange(Today.AddDays(-300), Today.AddDays(-290));
        await using var host = await StartAsync(options => options.Defects.Add(new CandleDefect { Kind = CandleDefectKind.Missing, Symbol = "BTC-USDT", From = gap.Start, To = gap.End }));

        var series = (await host.Client.GetCandlesAsync(Days(600, "BTC-USDT"))).Series["BTC-USDT"];

        Assert.That(series.Coverage.Gaps, Is.EqualTo(new[] { gap }));
        Assert.That((series.Coverage.Expected, series.Coverage.Observed), Is.EqualTo((600, 590)));
        Assert.That(series.Coverage.Issues.Select(issue => issue.Rule), Does.Contain(ValidationRules.CandleGap));
        Assert.That(series.Select(candle => candle.Close), Has.None.EqualTo(0m));

        var before = host.PageRequests;
        await using var later = host.Again();
        var again = (await later.Client.GetCandlesAsync(Days(600, "BTC-USDT"))).Series["BTC-USDT"];
        Assert.That(host.PageRequests, Is.EqualTo(before));
        Assert.That(again.Coverage.Gaps, Is.EqualTo(new[] { gap }));

        await using var muchLater = host.Again(options => options.Caching.GapRetryAfter = TimeSpan.FromTicks(1));
        host.Simulator.ClearDefects();
        var healed = (await muchLater.Client.GetCandlesAsync(Days(600, "BTC-USDT"))).Series["BTC-USDT"];
        Assert.That(healed.Coverage.IsComplete, Is.True, "an old gap is asked for again, and OKX has the bars by now");
        Assert.That(host.PageRequests - before, Is.EqualTo(1));
    }

    [Test]
    public async Task GetCandlesAsync_GapAtTheStartOfThePage_IsNotTakenForTheListing()
    {
        var gap = new UtcRange(Today.AddDays(-605), Today.AddDays(-590));
        await using var host = await StartAsync(options => options.Defects.Add(new CandleDefect { Kind = CandleDefectKind.Missing, Symbol = "BTC-USDT", From = gap.Start, To = gap.End }));

        var series = (await host.Client.GetCandlesAsync(Days(600, "BTC-USDT"))).Series["BTC-USDT"];

        Assert.That(series.Coverage.FirstAvailable, Is.Null);
        Assert.That(series.Coverage.Gaps, Is.EqualTo(new[] { new UtcRange(Today.AddDays(-600), gap.End) }));
        Assert.That(series.Coverage.Expected, Is.EqualTo(600));
    }

    [Test]
    public async Task GetCandlesAsync_HistoryLagsBehind_TheNewestBarsAreNotTakenForMissing()
    {
        await using var host = await StartAsync(options =>
        {
            options.StartAt = Today.AddMinutes(10);
            options.HistoryLag = TimeSpan.FromMinutes(40);
        });

        var series = await host.Client.GetCandlesAsync(new CandleQuery { Symbol = "BTC-USDT", Bar = BarSize.OneMinute, From = Today.AddHours(-60), To = Today.AddMinutes(10) });

        Assert.That(series.Coverage.IsComplete, Is.True);
        Assert.That(series[^1].OpenTime, Is.EqualTo(Today.AddMinutes(9)));
    }

    [Test]
    public async Task GetCandlesAsync_TradingStopped_TheTailIsNeverTakenForCovered()
    {
        await using var host = await StartAsync();
        host.Simulator.AddDefect(new CandleDefect { Kind = CandleDefectKind.Missing, Symbol = "BTC-USDT", From = Today.AddDays(-20), To = Today.AddDays(1) });
        var stopped = (await host.Client.GetCandlesAsync(Days(100, "BTC-USDT"))).Series["BTC-USDT"];
        Assert.That((stopped.Count, stopped.Coverage.Expected), Is.EqualTo((80, 80)), "expected bars end with the newest candle that OKX has");

        host.Simulator.ClearDefects();
        var resumed = (await host.Client.GetCandlesAsync(Days(100, "BTC-USDT"))).Series["BTC-USDT"];

        Assert.That((resumed.Count, resumed.Coverage.IsComplete), Is.EqualTo((100, true)));
    }

    [Test]
    public async Task GetCandlesAsync_FormingCandle_OnlyWhenAskedForAndNeverStored()
    {
        await using var host = await StartAsync();
        var query = new CandleQuery { Symbol = "BTC-USDT", From = Today.AddDays(-10) };

        var with = await host.Client.GetCandlesAsync(query with { IncludeUnfinished = true });
        var without = await host.Client.GetCandlesAsync(query);

        Assert.That((with.Count, with[^1].IsFinished, with[^1].OpenTime), Is.EqualTo((11, false, Today)));
        Assert.That((without.Count, without[^1].IsFinished, without.Origin), Is.EqualTo((10, true, DataOrigin.Cache)));
        Assert.That((with.Coverage.Expected, with.Coverage.Observed), Is.EqualTo((10, 10)));
    }

    [TestCase(BarSize.OneMinute, 3 * 1440)]
    [TestCase(BarSize.FifteenMinutes, 3 * 96)]
    [TestCase(BarSize.OneHour, 72)]
    [TestCase(BarSize.FourHours, 18)]
    [TestCase(BarSize.SixHours, 12)]
    [TestCase(BarSize.TwelveHours, 6)]
    [TestCase(BarSize.OneDay, 3)]
    public async Task GetCandlesAsync_EveryBar_OpensOnTheUtcGridAndComesBackFromTheCache(BarSize bar, int expected)
    {
        await using var host = await StartAsync();
        var query = new CandleQuery { Symbol = "BTC-USDT-SWAP", Bar = bar, From = Today.AddDays(-3), To = Today };

        var fresh = await host.Client.GetCandlesAsync(query);
        var before = host.PageRequests;
        var held = await host.Client.GetCandlesAsync(query);

        Assert.That(fresh.Count, Is.EqualTo(expected));
        Assert.That(fresh[0].OpenTime, Is.EqualTo(Today.AddDays(-3)));
        Assert.That(fresh.Coverage.IsComplete, Is.True);
        Assert.That(held, Is.EqualTo(fresh));
        Assert.That(host.PageRequests, Is.EqualTo(before));
    }

    [TestCase(BarSize.OneWeek)]
    [TestCase(BarSize.OneMonth)]
    public async Task GetCandlesAsync_WeeksAndMonths_OpenOnMondayOrTheFirst(BarSize bar)
    {
        await using var host = await StartAsync();

        var series = await host.Client.GetCandlesAsync(new CandleQuery { Symbol = "BTC-USDT", Bar = bar, From = Today.AddYears(-2), To = Today });

        Assert.That(series.Coverage.IsComplete, Is.True);
        Assert.That(series.Count, Is.GreaterThan(20));
        Assert.That(series.Select(candle => bar == BarSize.OneWeek ? candle.OpenTime.DayOfWeek == DayOfWeek.Monday : candle.OpenTime.Day == 1), Has.All.True);
        Assert.That(series.Select(candle => candle.OpenTime.TimeOfDay), Has.All.EqualTo(TimeSpan.Zero));
    }
}
