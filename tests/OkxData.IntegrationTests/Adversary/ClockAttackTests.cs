using NUnit.Framework;
using OkxData.Errors;
using OkxData.Models;
using static OkxData.IntegrationTests.Adversary.AdversaryHost;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>The client's clock and the server's do not agree.</summary>
public sealed class ClockAttackTests
{
    [Test]
    public async Task GetCandlesAsync_ServerFrozenInThePast_FetchesWhatComesLater([Values(150, 1, 900)] int daysApart)
    {
        var server = Now;
        await using var host = Start(fake => fake.Now = () => server, Now.AddDays(daysApart));
        var query = new CandleBatchQuery { Symbols = ["BTC-USDT"], From = Today.AddDays(-400) };
        var first = await host.OneAsync(query);
        host.AssertLaws(first);
        Assert.That(first.Coverage.IsComplete, Is.True);

        server = Now.AddDays(daysApart);
        var second = await host.OneAsync(query);

        host.AssertLaws(second);
        Assert.That(second, Has.Count.EqualTo(400 + daysApart));
    }

    [TestCase(-86_400)]
    [TestCase(-3_600)]
    [TestCase(-90)]
    [TestCase(-3)]
    [TestCase(3)]
    [TestCase(90)]
    [TestCase(3_600)]
    [TestCase(86_400)]
    [TestCase(-86_400 * 40)]
    [TestCase(86_400 * 40)]
    public async Task GetCandlesAsync_ClientClockIsOff_HoldsWhatBothCallFinished(int seconds)
    {
        await using var host = Start(clientNow: Now.AddSeconds(seconds));
        foreach (var (bar, code, length) in new[] { (BarSize.OneDay, "1Dutc", TimeSpan.FromDays(1)), (BarSize.OneHour, "1H", TimeSpan.FromHours(1)), (BarSize.OneMinute, "1m", TimeSpan.FromMinutes(1)) })
        {
            var from = Now.AddDays(-60) - 1600 * length;
            var query = new CandleBatchQuery { Symbols = ["BTC-USDT"], Bar = bar, From = bar == BarSize.OneMinute ? Now.AddDays(-41) : from };
            if (bar == BarSize.OneMinute && Math.Abs(seconds) > 86_400)
                continue;
            if (bar == BarSize.OneMinute)
                query = new CandleBatchQuery { Symbols = query.Symbols, Bar = bar, From = Now.AddDays(-1) - 1600 * length };
            host.AssertLaws(await host.OneAsync(query), code);
            host.AssertLaws(await host.OneAsync(query), code);
        }
    }

    [Test]
    public async Task GetCandlesAsync_FormingCandleWithAClockAhead_IsNeverStored([Values] bool asked)
    {
        var server = Now;
        await using var host = Start(fake => fake.Now = () => server, Now.AddDays(1));
        var query = new CandleBatchQuery { Symbols = ["BTC-USDT"], From = Today.AddDays(-5), IncludeUnfinished = asked };
        var first = await host.OneAsync(query);
        Assert.That(first.Count(candle => candle.IsFinished), Is.EqualTo(5));

        server = Now.AddDays(1);
        var second = await host.OneAsync(query with { IncludeUnfinished = false });

        host.AssertLaws(second);
        Assert.That(second, Has.Count.EqualTo(6));
    }

    [Test]
    public async Task GetCandlesAsync_BarsCloseDuringTheDownload_LosesNone()
    {
        var started = TimeProvider.System.GetTimestamp();
        await using var host = Start(fake =>
        {
            fake.Now = () => Now + TimeProvider.System.GetElapsedTime(started) * 300;
            fake.Delay = () => TimeSpan.FromMilliseconds(100);
        });
        host.Clock.Speed = 300;
        var query = new CandleBatchQuery { Symbols = [.. Enumerable.Range(0, 30).Select(index => $"S{index}-USDT")], Bar = BarSize.OneMinute, From = Now.AddMinutes(-1500), To = Now };

        var batch = await host.Client.GetCandlesAsync(query);

        batch.ThrowIfAnyFailed();
        foreach (var series in batch.Series.Values)
            host.AssertLaws(series, "1m");
    }

    [Test]
    public async Task GetCandlesAsync_RetryAfterAsADateOfAnotherClock_WaitsAsLongAsMeant()
    {
        await using var host = Start(
            fake =>
            {
                fake.FaultOf = (n, _) => n == 1 ? FakeFault.TooMany429 : FakeFault.None;
                fake.ExtraHeaders = $"Date: {Now.AddDays(1):R}\r\nRetry-After: {Now.AddDays(1).AddSeconds(1):R}\r\n";
            });

        var series = await host.DaysAsync(10);

        Assert.That(series, Has.Count.EqualTo(10));
    }

    [Test]
    public async Task GetCandlesAsync_FromYearOneToYear9999_IsTheWholeSeries()
    {
        await using var host = Start(fake => fake.Market.Listed = new DateTimeOffset(2021, 3, 4, 0, 0, 0, TimeSpan.Zero));
        var query = new CandleBatchQuery { Symbols = ["BTC-USDT"], From = DateTimeOffset.MinValue, To = DateTimeOffset.MaxValue };

        var series = await host.OneAsync(query);

        host.AssertLaws(series);
        Assert.That(series.Coverage.FirstAvailable, Is.EqualTo(host.Server.Market.Listed));
        Assert.That(series.Coverage.IsComplete, Is.True);
        Assert.That(host.Server.Arrivals(), Is.LessThan(30));
        var before = host.Server.Arrivals();
        host.AssertLaws(await host.OneAsync(query));
        Assert.That(host.Server.Arrivals(), Is.EqualTo(before));
    }

    [TestCase(BarSize.OneHour, "1H")]
    [TestCase(BarSize.OneWeek, "1Wutc")]
    [TestCase(BarSize.OneMonth, "1Mutc")]
    public async Task GetCandlesAsync_FromYearOneOfOtherBars_IsTheWholeSeries(BarSize bar, string code)
    {
        await using var host = Start(fake => fake.Market.Listed = new DateTimeOffset(2025, 10, 6, 0, 0, 0, TimeSpan.Zero));
        var query = new CandleBatchQuery { Symbols = ["BTC-USDT"], Bar = bar, From = DateTimeOffset.MinValue, To = null };

        var series = await host.OneAsync(query);

        host.AssertLaws(series, code);
        Assert.That(series.Coverage.IsComplete, Is.True);
        TestContext.Out.WriteLine(host.Server.Arrivals());
    }

    [TestCase(10, 1, 22, 13)]
    [TestCase(0, 0, 0, 1)]
    [TestCase(23, 59, 23, 59)]
    public async Task GetCandlesAsync_BoundsOffTheGrid_HoldsTheBarsThatOpenBetween(int fromHour, int fromMinute, int toHour, int toMinute)
    {
        await using var host = Start();
        var query = new CandleBatchQuery
        {
            Symbols = ["BTC-USDT"],
            From = Today.AddDays(-700).AddHours(fromHour).AddMinutes(fromMinute).AddTicks(1).ToOffset(TimeSpan.FromHours(9)),
            To = Today.AddDays(-20).AddHours(toHour).AddMinutes(toMinute).AddTicks(-1).ToOffset(TimeSpan.FromHours(-7)),
        };

        host.AssertLaws(await host.OneAsync(query));
        host.AssertLaws(await host.OneAsync(query with { To = query.To!.Value.AddDays(1) }));
    }

    [Test]
    public async Task GetCandlesAsync_FromBeforeNowOfTheServerOnly_SaysWhatIsWrong()
    {
        await using var host = Start();

        Assert.That(
            () => host.Client.GetCandlesAsync(new CandleQuery { Symbol = "BTC-USDT", From = Now.AddDays(1) }),
            Throws.InstanceOf<ArgumentException>());
        var future = await host.Client.GetCandlesAsync(new CandleQuery { Symbol = "BTC-USDT", From = Now.AddDays(1), To = Now.AddDays(5) });
        Assert.That((future.Count, future.Coverage.Expected), Is.EqualTo((0, 0)));
    }
}
