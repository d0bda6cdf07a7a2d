using NUnit.Framework;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Validation;
using static OkxData.IntegrationTests.Adversary.AdversaryHost;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>Ranges that grow in every direction, many callers at once, two programs on one folder, and other assets under a name.</summary>
public sealed class ArchiveAttackTests
{
    [Test]
    public async Task GetCandlesAsync_RangesInAnyOrder_AlwaysHoldWhatTheMarketHas([Range(1, 12)] int seed)
    {
        var random = new Random(seed);
        var missing = Enumerable.Range(0, 40).Select(_ => Today.AddDays(-random.Next(1, 1500))).ToHashSet();
        await using var host = Start(
            fake =>
            {
                fake.Market.Listed = Today.AddDays(-random.Next(100, 1500));
                fake.Market.IsMissing = (_, open) => missing.Contains(open);
                fake.CapOf = path => seed % 3 == 0 && path == FakeOkx.History ? 100 : 300;
            },
            client: options => options.Caching.CandleFormat = seed % 2 == 0 ? CandleFormat.Json : CandleFormat.Parquet);

        for (var run = 0; run < 12; run++)
        {
            var from = Today.AddDays(-random.Next(2, 1500));
            var to = from.AddDays(random.Next(1, 400));
            var query = new CandleBatchQuery { Symbols = ["BTC-USDT"], From = from, To = to > Today ? null : to };
            await using var program = host.Again(client: options => options.Caching.CandleFormat = random.Next(2) == 0 ? CandleFormat.Json : CandleFormat.Parquet);
            try
            {
                var series = await program.OneAsync(query);
                host.AssertLaws(series);
                host.AssertLaws(await host.OneAsync(query));
            }
            catch (AssertionException exception)
            {
                Assert.Fail($"seed {seed}, run {run}, {from:d} to {to:d}: {exception.Message}");
            }
        }
    }

    [Test]
    public async Task GetCandlesAsync_HourSegmentsInAnyOrder_HoldWhatTheMarketHas([Range(1, 4)] int seed)
    {
        var random = new Random(seed);
        await using var host = Start(fake => fake.Market.Listed = new DateTimeOffset(2024, 12, 20, 5, 0, 0, TimeSpan.Zero));
        for (var run = 0; run < 6; run++)
        {
            var from = new DateTimeOffset(2024, 12, 1, 0, 0, 0, TimeSpan.Zero).AddHours(random.Next(0, 12_000));
            var query = new CandleBatchQuery { Symbols = ["BTC-USDT"], Bar = BarSize.OneHour, From = from, To = from.AddHours(random.Next(1, 2_000)) };
            host.AssertLaws(await host.OneAsync(query), "1H");
            host.AssertLaws(await host.OneAsync(query), "1H");
        }
    }

    [Test]
    public async Task GetCandlesAsync_SameSeriesFromManyCallers_LosesNothing()
    {
        await using var host = Start(fake => fake.Delay = () => TimeSpan.FromMilliseconds(Random.Shared.Next(30)));
        await using var other = host.Again(client: options => options.Caching.CandleFormat = CandleFormat.Json);
        var calls = Enumerable.Range(0, 24).Select(index => (index % 2 == 0 ? host : other).Client.GetCandlesAsync(
            new CandleBatchQuery { Symbols = ["BTC-USDT", "ETH-USDT"], From = Today.AddDays(-100 - index * 17), To = Today.AddDays(-index) }));

        foreach (var batch in await Task.WhenAll(calls))
        {
            batch.ThrowIfAnyFailed();
            host.AssertLaws(batch.Series["BTC-USDT"]);
            host.AssertLaws(batch.Series["ETH-USDT"]);
        }

        var before = host.Server.Arrivals();
        host.AssertLaws(await host.DaysAsync(100 + 23 * 17));
        Assert.That(host.Server.Arrivals(), Is.EqualTo(before));
    }

    [Test]
    public async Task GetCandlesAsync_NewestRowIsBadAndDropped_CountsAsMissing([Values("0", "", "abc")] string low, [Values(ValidationAction.Report, ValidationAction.Drop)] ValidationAction onError)
    {
        var newest = Today.AddDays(-1).ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
        await using var host = Start(
            fake => fake.Rows = (_, _, rows) => [.. rows.Select(row => row[0] == newest ? [.. row[..3], low, .. row[4..]] : row)],
            client: options => options.Validation.OnError = onError);

        var series = await host.DaysAsync(30);

        var isDelivered = low == "0" && onError == ValidationAction.Report;
        Assert.That((series.Coverage.Expected, series.Coverage.Missing), Is.EqualTo((30, isDelivered ? 0 : 1)));
        Assert.That(series.Coverage.Gaps, Has.Count.EqualTo(isDelivered ? 0 : 1));
    }

    [Test]
    public async Task GetCandlesAsync_UnknownButArchived_IsServedAndMarked()
    {
        await using var host = Start();
        await host.DaysAsync(400);
        host.Server.Market.Unknown.Add("BTC-USDT");

        var batch = await host.Client.GetCandlesAsync(Days(500, "BTC-USDT", "ETH-USDT", "NEVER-USDT"));
        host.Server.Market.Unknown.Add("NEVER-USDT");
        batch = await host.Client.GetCandlesAsync(Days(500, "BTC-USDT", "ETH-USDT", "GONE-USDT"));

        Assert.That((batch.Series["BTC-USDT"].Count, batch.Series["BTC-USDT"].Coverage.IsDelisted, batch.Series["BTC-USDT"].Origin), Is.EqualTo((400, true, DataOrigin.StaleCache)));
        Assert.That(batch.Series["ETH-USDT"], Has.Count.EqualTo(500));
    }

    [Test]
    public async Task GetCandlesAsync_AllSymbolsUnknown_FailsEachWithAFewRequests()
    {
        var symbols = Enumerable.Range(0, 60).Select(index => $"X{index}-USDT").ToArray();
        await using var host = Start(fake => fake.Market.Unknown.UnionWith(symbols));

        var batch = await host.Client.GetCandlesAsync(Days(1700, symbols));

        Assert.That(batch.Failures, Has.Count.EqualTo(60));
        Assert.That(batch.Failures.Values, Has.All.Matches<OkxException>(failure => failure is OkxApiException { Code: "51001" }));
        TestContext.Out.WriteLine($"{host.Server.Arrivals()} requests");
    }

    [Test]
    public async Task GetCandlesAsync_MinutesOverMonthsWithABadRow_IsNoSlowerThanItsPages()
    {
        var full = 0;
        await using var host = Start(fake =>
        {
            fake.Rows = (n, _, rows) => rows.Count > 5 && Interlocked.Increment(ref full) == 3 ? [["x", .. rows[0][1..]], .. rows] : rows;
            fake.Market.Listed = Now.AddDays(-4);
        });
        var query = new CandleBatchQuery { Symbols = ["BTC-USDT"], Bar = BarSize.OneMinute, From = DateTimeOffset.MinValue };

        var series = await host.OneAsync(query);

        host.AssertLaws(series, "1m");
        TestContext.Out.WriteLine($"{host.Server.Arrivals()} requests");
    }
}
