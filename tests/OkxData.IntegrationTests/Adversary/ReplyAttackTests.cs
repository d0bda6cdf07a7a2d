using System.Globalization;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Models;
using static OkxData.IntegrationTests.Adversary.AdversaryHost;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>Replies that are short, shuffled, stale, or not what was asked for.</summary>
public sealed class ReplyAttackTests
{
    [Test]
    public async Task GetCandlesAsync_PagesAreClamped_EveryRowArrives([Values(100, 37, 1)] int cap, [Values] bool both, [Values] bool sometimes)
    {
        var random = new Random(cap);
        await using var host = Start(fake => fake.CapOf = path => (both || path == FakeOkx.History) && (!sometimes || random.Next(2) == 0) ? cap : 300);
        var days = cap == 1 ? 40 : 1700;
        if (cap == 1)
            host.Server.RecentDepth = 10;

        host.AssertLaws(await host.DaysAsync(days));
        TestContext.Out.WriteLine(host.Server.Arrivals());
        var before = host.Server.Arrivals();
        host.AssertLaws(await host.DaysAsync(days));
        Assert.That(host.Server.Arrivals(), Is.EqualTo(before));
    }

    [Test]
    public async Task GetCandlesAsync_ServersWithOddReplies_HoldEveryRowAll(
        [Values("shuffled", "oldest first", "all twice", "numbers", "ten columns", "forming twice", "boundary again", "history forming", "lag")] string oddity)
    {
        await using var host = Start(fake => MakeOdd(fake, oddity));
        var query = new CandleBatchQuery { Symbols = ["BTC-USDT-SWAP"], From = Today.AddDays(-1700) };

        host.AssertLaws(await host.OneAsync(query));
        TestContext.Out.WriteLine(host.Server.Arrivals());
        var before = host.Server.Arrivals();
        host.AssertLaws(await host.OneAsync(query));
        Assert.That(host.Server.Arrivals(), Is.LessThanOrEqualTo(before + 1));
    }

    [Test]
    public async Task GetCandlesAsync_ServerIgnoresWhatWasAsked_StaysBoundedAndNeverWrong(
        [Values("after", "before", "both", "limit", "inclusive after", "inclusive before", "inclusive both", "oldest side")] string ignored, [Values(250, 1700)] int days)
    {
        await using var host = Start(fake => fake.ReadQuery = (_, after, before, limit) => ignored switch
        {
            "after" => (long.MaxValue, before, limit),
            "before" => (after, long.MinValue, limit),
            "both" => (long.MaxValue, long.MinValue, limit),
            "limit" => (after, before, 100),
            "inclusive after" => (after + 1, before, limit),
            "inclusive before" => (after, before - 1, limit),
            "inclusive both" => (after + 1, before - 1, limit),
            _ => (after, before, limit),
        });
        if (ignored == "oldest side")
            host.Server.OldestSide = true;

        var batch = await host.Client.GetCandlesAsync(Days(days, "BTC-USDT"));

        TestContext.Out.WriteLine($"{host.Server.Arrivals()} requests, {batch.Failures.Values.FirstOrDefault()?.Message ?? batch.Series.Values.Single().Coverage.ToString()}");
        Assert.That(host.Server.Arrivals(), Is.LessThan(100));
        if (ignored is "after" or "both")
            Assert.That(batch.Failures, Is.Not.Empty.Or.Empty);
        else
            host.AssertLaws(batch.Series.Values.Single());
    }

    [Test]
    public async Task GetCandlesAsync_OldestRowsKeptAndALongSearch_HoldsEveryRow()
    {
        await using var host = Start(fake => (fake.OldestSide, fake.Market.Listed) = (true, new DateTimeOffset(2025, 10, 3, 0, 0, 0, TimeSpan.Zero)));
        var query = new CandleBatchQuery { Symbols = ["BTC-USDT"], Bar = BarSize.OneHour, From = DateTimeOffset.MinValue };

        var series = await host.OneAsync(query);

        host.AssertLaws(series, "1H");
        Assert.That(series.Coverage.FirstAvailable, Is.EqualTo(host.Server.Market.Listed));
        TestContext.Out.WriteLine(host.Server.Arrivals());
    }

    [Test]
    public async Task GetCandlesAsync_OldRowIsSaidToForm_IsAReportedGapThatHeals([Values] bool atTheEndOfAPage, [Values] bool asked)
    {
        var isStuck = true;
        var day = Ms(Today.AddDays(atTheEndOfAPage ? -402 : -350));
        await using var host = Start(fake => fake.Rows = (_, _, rows) => isStuck ? [.. rows.Select(row => row[0] == day ? [.. row[..8], "0"] : row)] : rows);
        var query = new CandleBatchQuery { Symbols = ["BTC-USDT"], From = Today.AddDays(-701), IncludeUnfinished = asked };

        var series = await host.OneAsync(query);
        Assert.That((series.Coverage.Missing, series.Coverage.Expected), Is.EqualTo((1, 701)));
        Assert.That(series.Coverage.Issues.Select(issue => issue.Rule), Has.Some.EqualTo("candle.unfinished"));

        isStuck = false;
        var healed = await host.OneAsync(query);
        Assert.That((healed.Coverage.Missing, healed.Coverage.Observed), Is.EqualTo((0, 701)));
    }

    [Test]
    public async Task GetCandlesAsync_HongKongDays_AreReportedAndNotStored()
    {
        await using var host = Start(fake => fake.Market.HongKongDays = true);

        var series = await host.DaysAsync(500);

        Assert.That(series.Coverage.Issues.Select(issue => issue.Rule), Has.Some.EqualTo("candle.off-grid"));
        Assert.That(series.Coverage.Observed + series.Coverage.Missing, Is.EqualTo(series.Coverage.Expected));
        TestContext.Out.WriteLine($"{series.Count} {series.Coverage} {host.Server.Arrivals()}");
        await using var offline = host.Again(client: options => options.Caching.Mode = CacheMode.Offline);
        var batch = await offline.Client.GetCandlesAsync(Days(500, "BTC-USDT"));
        Assert.That(batch.Failures, Has.Count.EqualTo(1));
        host.Server.Market.HongKongDays = false;
        host.AssertLaws(await host.DaysAsync(500));
    }

    [Test]
    public async Task GetCandlesAsync_RowsThatCannotBeRead_AreReportedAndHealLater(
        [Values("seven columns", "empty figure", "null", "word", "object", "zero price", "high below low", "nothing")] string damage)
    {
        var isBroken = true;
        await using var host = Start(fake => fake.Write = row => isBroken && row[0] == Ms(Today.AddDays(-50)) ? Damage(row, damage) : "[\"" + string.Join("\",\"", row) + "\"]");

        var series = await host.DaysAsync(700);
        Assert.That(series.Coverage.Issues, Is.Not.Empty);
        Assert.That(series.Coverage.Observed + series.Coverage.Missing, Is.EqualTo(series.Coverage.Expected));
        Assert.That(host.Server.Arrivals(), Is.LessThan(10));
        isBroken = false;
        var healed = await host.DaysAsync(700);

        host.AssertLaws(healed);
        Assert.That(healed.Coverage.IsComplete, Is.True);
    }

    [Test]
    public async Task GetCandlesAsync_AllRowsHaveSevenColumns_SaysSoAndStoresNothing()
    {
        await using var host = Start(fake => fake.Write = row => "[\"" + string.Join("\",\"", row[..7]) + "\"]");

        var batch = await host.Client.GetCandlesAsync(Days(700, "BTC-USDT"));

        var series = batch.Series.Values.Single();
        Assert.That((series.Count, series.Coverage.Missing, series.Coverage.Expected), Is.EqualTo((0, 700, 700)));
        Assert.That(series.Coverage.Issues.Count(issue => issue.Rule == "candle.broken-row"), Is.EqualTo(700));
        Assert.That(host.Server.Arrivals(), Is.LessThan(20));
    }

    [Test]
    public async Task GetCandlesAsync_RandomCaches_NeverTurnStaleRepliesIntoGaps()
    {
        for (var seed = 0; seed < 15; seed++)
        {
            var random = new Random(seed);
            var server = Now;
            await using var host = Start(fake =>
            {
                fake.Now = () => server;


            });
            fakeOnlyNewest(host, random);
            for (var run = 0; run < 6; run++)
            {
                var series = await host.OneAsync(new CandleBatchQuery { Symbols = ["BTC-USDT"], Bar = BarSize.OneMinute, From = Now.AddHours(-8) });
                host.AssertLaws(series, "1m", isWhole: false);
                Assert.That(series.Coverage.Gaps, Is.Empty, $"seed {seed}, run {run}");
                server += TimeSpan.FromMinutes(random.Next(0, 40));
                host.Clock.Shift += server - host.Clock.GetUtcNow();
            }
        }

        static void fakeOnlyNewest(AdversaryHost host, Random random) => host.Server.Rows = (_, _, rows) =>
        {
            var now = host.Server.Now().ToUnixTimeMilliseconds();
            var stale = random.Next(2) == 0 ? 0 : random.Next(1, 4);
            return [.. rows.Where(row => long.Parse(row[0], CultureInfo.InvariantCulture) < now - stale * 60_000)];
        };
    }

    [Test]
    public async Task GetCandlesAsync_PageShrinksOnTheSecondTry_KeepsWhatCame()
    {
        await using var host = Start(fake => fake.Rows = (n, _, rows) => n % 2 == 1 && rows.Count > 10 ? [["x", .. rows[0][1..]], .. rows] : [.. rows.Take(5)]);

        var series = await host.DaysAsync(200);

        TestContext.Out.WriteLine($"{series.Coverage} {host.Server.Arrivals()}");
        host.AssertLaws(series);
    }

    private static void MakeOdd(FakeOkx fake, string oddity)
    {
        var random = new Random(7);
        switch (oddity)
        {
            case "shuffled":
                fake.Rows = (_, _, rows) => [.. rows.OrderBy(_ => random.Next())];
                break;
            case "oldest first":
                fake.Rows = (_, _, rows) => [.. Enumerable.Reverse(rows)];
                break;
            case "all twice":
                fake.Rows = (_, _, rows) => [.. rows, .. rows];
                break;
            case "numbers":
                fake.Write = row => "[" + string.Join(",", row) + "]";
                break;
            case "ten columns":
                fake.Write = row => "[\"" + string.Join("\",\"", row) + "\",\"extra\"]";
                break;
            case "forming twice":
                fake.Rows = (_, _, rows) => rows.Count > 0 ? [[.. rows[0][..8], "0"], .. rows] : rows;
                break;
            case "boundary again":
                fake.ReadQuery = (_, after, before, limit) => (after + 1, before - 1, limit);
                break;
            case "history forming":
                fake.HistoryShowsForming = true;
                break;
            default:
                fake.HistoryLag = TimeSpan.FromMinutes(59);
                fake.Now = () => Today.AddMinutes(30);
                break;
        }
    }

    private static string Damage(string[] row, string damage) => damage switch
    {
        "seven columns" => "[\"" + string.Join("\",\"", row[..7]) + "\"]",
        "empty figure" => "[\"" + string.Join("\",\"", [.. row[..4], "", .. row[5..]]) + "\"]",
        "null" => "null",
        "word" => "[\"" + string.Join("\",\"", [.. row[..4], "NaN", .. row[5..]]) + "\"]",
        "object" => "{}",
        "zero price" => "[\"" + string.Join("\",\"", [.. row[..3], "0", .. row[4..]]) + "\"]",
        "high below low" => "[\"" + string.Join("\",\"", [row[0], row[1], "1", .. row[3..]]) + "\"]",
        _ => "[]",
    };

    private static string Ms(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
