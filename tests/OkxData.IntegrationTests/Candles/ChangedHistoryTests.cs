using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;
using OkxData.TestProcess;
using OkxData.Time;
using OkxData.Validation;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

/// <summary>What OKX changes of the past: each ends with a report, and what was stored is still there.</summary>
public sealed partial class ChangedHistoryTests
{
    private const string Luna = "LUNA-USDT";

    [Test]
    public async Task AcceptHistoryAsync_RevisedCandle_BeginsAGenerationAndKeepsTheFirstByteForByte([Values] CandleFormat format)
    {
        await using var host = await StartAsync(client: options => options.Caching.CandleFormat = format);
        var stored = await GetAsync(host, "BTC-USDT", 100, Today.AddDays(-5));
        var bytes = await SegmentBytesAsync(host);
        host.Simulator.ReviseCandle("BTC-USDT", "1Dutc", Today.AddDays(-6));

        var reported = await GetAsync(host, "BTC-USDT", 100);
        Assert.That(reported, Is.EqualTo(stored), "what is stored stays until it is accepted");
        Assert.That(reported.Generation, Is.EqualTo(1));
        Assert.That(Issue(reported, ValidationRules.CandleRevised).Message, Does.Contain("AcceptHistoryAsync").And.Contain("kept"));

        var accepted = await host.Client.AcceptHistoryAsync("BTC-USDT");
        Assert.That((accepted.Generation, accepted.Count, accepted.Coverage.IsComplete), Is.EqualTo((2, 100, true)));
        Assert.That(accepted[94].Close, Is.Not.EqualTo(stored[94].Close), "what OKX says now");
        Assert.That(accepted.Take(94).SequenceEqual(stored.Take(94)));
        Assert.That(Issue(accepted, ValidationRules.CandleGeneration).Message, Does.Contain("generation 2").And.Contain(ValidationRules.CandleRevised).And.Contain("2026-06-15"));
        Assert.That(Rules(accepted), Has.None.EqualTo(ValidationRules.CandleRevised));

        await using var later = host.Again();
        var first = await later.Client.GetCandlesAsync(new CandleQuery { Symbol = "BTC-USDT", From = Today.AddDays(-100), To = Today.AddDays(-5), Generation = 1 });
        Assert.That((first.Generation, first.Origin), Is.EqualTo((1, DataOrigin.Cache)));
        Assert.That(first, Is.EqualTo(stored));
        Assert.That(KeptFiles(host).Select(File.ReadAllBytes), Has.Exactly(1).EqualTo(bytes), "the file of the first generation");
        Assert.That(VisibleSegments(host), Has.Exactly(1).Items, "a glob over the tree finds one generation");
    }

    [Test]
    public async Task AcceptHistoryAsync_NothingChanged_StaysWithTheGeneration()
    {
        await using var host = await StartAsync();
        var stored = await GetAsync(host, "BTC-USDT", 100, Today.AddDays(-5));

        var accepted = await host.Client.AcceptHistoryAsync("BTC-USDT");

        Assert.That((accepted.Generation, accepted.Count), Is.EqualTo((1, 100)));
        Assert.That(accepted.Take(95).SequenceEqual(stored));
        Assert.That(KeptFiles(host), Is.Empty);
    }

    [Test]
    public async Task AcceptHistoryAsync_NameReused_HoldsOneAssetAGeneration([Values] bool keepsOldRows)
    {
        await using var host = await StartAsync(options => options.Symbols.Add(new SimulatedSymbol { Symbol = Luna, Price = 80m }));
        var stored = await GetAsync(host, Luna, 100, Today.AddDays(-5));
        host.Simulator.ReuseName(Luna, Today.AddDays(-4), 0.5m, keepsOldRows);

        var reported = await GetAsync(host, Luna, 100);
        Assert.That(reported.Take(95).SequenceEqual(stored));
        Assert.That(reported.Select(candle => candle.Close), Has.All.GreaterThan(10m), "none of the other asset's");
        Assert.That(Issue(reported, ValidationRules.CandlePossibleRelisting).Message, Does.Contain("AcceptHistoryAsync"));

        var accepted = await host.Client.AcceptHistoryAsync(Luna);
        Assert.That((accepted.Generation, accepted.Count), Is.EqualTo((2, 4)));
        Assert.That(accepted.Select(candle => candle.Close), Has.All.LessThan(10m));

        await using var later = host.Again();
        var present = await GetAsync(later, Luna, 100);
        Assert.That((present.Generation, present.Count, present.Coverage.IsComplete), Is.EqualTo((2, 4, true)), "earlier rows are never asked for again");
        var first = await GetGenerationAsync(later, Luna, 1);
        Assert.That((first.Count, first.Take(95).SequenceEqual(stored)), Is.EqualTo((keepsOldRows ? 96 : 95, true)), "with what OKX still had of it");
        Assert.That(first.Select(candle => candle.Close), Has.All.GreaterThan(10m));
    }

    [Test]
    public async Task GetCandlesAsync_NameReusedAmongTheStoredRows_IsFoundAtTheOverlap()
    {
        await using var host = await StartAsync(options => options.Symbols.Add(new SimulatedSymbol { Symbol = Luna, Price = 80m }));
        var stored = await GetAsync(host, Luna, 100, Today.AddDays(-5));
        host.Simulator.ReuseName(Luna, Today.AddDays(-20), 0.5m);

        var reported = await GetAsync(host, Luna, 100);
        Assert.That(reported, Is.EqualTo(stored));
        Assert.That(Rules(reported), Does.Contain(ValidationRules.CandlePossibleRelisting));

        var accepted = await host.Client.AcceptHistoryAsync(Luna);
        Assert.That((accepted.Generation, accepted.Count), Is.EqualTo((2, 20)));
        Assert.That(accepted.Select(candle => candle.Close), Has.All.LessThan(10m), "OKX serves both assets' candles; the generation holds one's");
        Assert.That(await GetGenerationAsync(host, Luna, 1), Is.EqualTo(stored));
    }

    [Test]
    public async Task GetCandlesAsync_OlderRowsOfAnotherAsset_AreNotPutBeforeTheStoredOnes()
    {
        await using var host = await StartAsync(options => options.Symbols.Add(new SimulatedSymbol { Symbol = Luna, Price = 80m }));
        host.Simulator.ReuseName(Luna, Today.AddDays(-20), 0.5m);
        var stored = await GetAsync(host, Luna, 20);

        var reported = await GetAsync(host, Luna, 60);
        Assert.That(reported, Is.EqualTo(stored));
        Assert.That(Rules(reported), Does.Contain(ValidationRules.CandlePossibleRelisting));

        await host.Client.AcceptHistoryAsync(Luna);
        var accepted = await GetAsync(host, Luna, 60);
        Assert.That((accepted.Generation, accepted.Count, accepted.Coverage.FirstAvailable), Is.EqualTo((2, 20, (DateTimeOffset?)Today.AddDays(-20))));
        Assert.That(Rules(accepted), Has.None.EqualTo(ValidationRules.CandlePossibleRelisting));
    }

    [Test]
    public async Task GetCandlesAsync_RevisedAtTheUpperEdgeOfAPrepend_IsReportedAtTheCostOfOneBar()
    {
        await using var host = await StartAsync();
        var stored = await GetAsync(host, "BTC-USDT", 50);
        var before = host.PageRequests;
        host.Simulator.ReviseCandle("BTC-USDT", "1Dutc", Today.AddDays(-50));

        var longer = await GetAsync(host, "BTC-USDT", 200);

        Assert.That(host.PageRequests - before, Is.EqualTo(2), "the page, and a second look at what differs");
        Assert.That(longer, Is.EqualTo(stored));
        Assert.That(Issue(longer, ValidationRules.CandleRevised).Range.Start, Is.EqualTo(Today.AddDays(-50)));

        host.Simulator.ClearDefects();
        before = host.PageRequests;
        Assert.That((await GetAsync(host, "BTC-USDT", 200)).Count, Is.EqualTo(200));
        Assert.That(host.PageRequests - before, Is.EqualTo(1), "151 bars are one page");
    }

    [Test]
    public async Task GetCandlesAsync_RefreshOverManyChanges_ReportsEachRangeWithItsLargestChange()
    {
        await using var host = await StartAsync();
        var held = await GetAsync(host, "BTC-USDT", 50);
        foreach (var day in new[] { 25, 24, 23, 10 })
            host.Simulator.ReviseCandle("BTC-USDT", "1Dutc", Today.AddDays(-day));
        host.Simulator.AddDefect(new CandleDefect { Kind = CandleDefectKind.Missing, Symbol = "BTC-USDT", From = Today.AddDays(-40), To = Today.AddDays(-38) });
        await using var refresh = host.Again(options => options.Caching.Mode = CacheMode.Refresh);

        var series = await GetAsync(refresh, "BTC-USDT", 50);

        Assert.That(series, Is.EqualTo(held), "rows are never lost");
        var revised = series.Coverage.Issues.Where(issue => issue.Rule == ValidationRules.CandleRevised).ToList();
        Assert.That(revised.Select(issue => issue.Range), Is.EqualTo(new[] { new UtcRange(Today.AddDays(-25), Today.AddDays(-22)), new UtcRange(Today.AddDays(-10), Today.AddDays(-9)) }));
        Assert.That(revised[0].Message, Does.Contain("3 candles").And.Contain("volume by 100."));
        var vanished = Issue(series, ValidationRules.CandleVanished);
        Assert.That((vanished.Range, vanished.Severity), Is.EqualTo((new UtcRange(Today.AddDays(-40), Today.AddDays(-38)), IssueSeverity.Warning)));

        await using var offline = host.Again(options => options.Caching.Mode = CacheMode.Offline);
        Assert.That(await GetAsync(offline, "BTC-USDT", 50), Is.EqualTo(held));

        var accepted = await host.Client.AcceptHistoryAsync("BTC-USDT");
        Assert.That((accepted.Generation, accepted.Count, accepted.Coverage.Missing), Is.EqualTo((2, 48, 2)));
        Assert.That(await GetGenerationAsync(host, "BTC-USDT", 1), Is.EqualTo(held));
    }

    [Test]
    public async Task GetCandlesAsync_DelistedAndListedAgain_TellsTheHole()
    {
        var clock = new OffsetDays(Now);
        await using var host = await StartAsync(options => options.Clock = clock);
        await GetAsync(host, "ADA-USDT", 100, Today.AddDays(-3));
        host.Simulator.Delist("ADA-USDT");
        var delisted = await GetAsync(host, "ADA-USDT", 100);
        Assert.That((delisted.Count, delisted.Origin, delisted.Coverage.IsDelisted), Is.EqualTo((97, DataOrigin.StaleCache, true)));

        clock.Advance(TimeSpan.FromDays(10));
        host.Simulator.Delist("ADA-USDT", at: DateTimeOffset.MaxValue);
        var hole = new UtcRange(Today.AddDays(-3), Today.AddDays(5));
        host.Simulator.AddDefect(new CandleDefect { Kind = CandleDefectKind.Missing, Symbol = "ADA-USDT", From = hole.Start, To = hole.End });

        var query = new CandleQuery { Symbol = "ADA-USDT", From = Today.AddDays(-100), To = Today.AddDays(10) };
        foreach (var relisted in new[] { await host.Client.GetCandlesAsync(query), await host.Client.GetCandlesAsync(query) })
        {
            Assert.That((relisted.Count, relisted.Coverage.IsDelisted, relisted.Generation), Is.EqualTo((102, false, 1)));
            var issue = Issue(relisted, ValidationRules.CandleRelisted);
            Assert.That((issue.Range, issue.Severity), Is.EqualTo((hole, IssueSeverity.Information)));
            Assert.That(relisted.Coverage.Gaps, Is.EqualTo(new[] { hole }));
        }
    }

    [Test]
    public async Task GetCandlesAsync_DelistedAndListedAgainForAnotherAsset_IsKeptApart()
    {
        var clock = new OffsetDays(Now);
        await using var host = await StartAsync(options => options.Clock = clock);
        var stored = await GetAsync(host, "ADA-USDT", 100, Today.AddDays(-3));
        host.Simulator.Delist("ADA-USDT");
        await GetAsync(host, "ADA-USDT", 100);
        clock.Advance(TimeSpan.FromDays(10));
        host.Simulator.Delist("ADA-USDT", at: DateTimeOffset.MaxValue);
        host.Simulator.ReuseName("ADA-USDT", Today.AddDays(5), 5_000m, keepsOldRows: false);

        var query = new CandleQuery { Symbol = "ADA-USDT", From = Today.AddDays(-100), To = Today.AddDays(10) };
        var reported = await host.Client.GetCandlesAsync(query);
        Assert.That(reported, Is.EqualTo(stored));
        Assert.That(Rules(reported), Does.Contain(ValidationRules.CandlePossibleRelisting).And.None.EqualTo(ValidationRules.CandleRelisted));

        await host.Client.AcceptHistoryAsync("ADA-USDT");
        var accepted = await host.Client.GetCandlesAsync(query);
        Assert.That((accepted.Generation, accepted.Count, accepted.Coverage.IsDelisted), Is.EqualTo((2, 5, false)));
        Assert.That(await GetGenerationAsync(host, "ADA-USDT", 1), Is.EqualTo(stored));
    }

    [Test]
    public async Task AcceptHistoryAsync_MinutesInManyFiles_MovesThemAll()
    {
        await using var host = await StartAsync();
        var query = new CandleQuery { Symbol = "BTC-USDT", Bar = BarSize.OneMinute, From = new DateTimeOffset(2026, 5, 31, 20, 0, 0, TimeSpan.Zero), To = new DateTimeOffset(2026, 6, 1, 4, 0, 0, TimeSpan.Zero) };
        var stored = await host.Client.GetCandlesAsync(query);
        host.Simulator.AddDefect(new CandleDefect { Kind = CandleDefectKind.Revised, Symbol = "BTC-USDT", From = query.To!.Value.AddHours(-1), To = query.To });

        var accepted = await host.Client.AcceptHistoryAsync("BTC-USDT", BarSize.OneMinute);

        Assert.That((stored.Count, accepted.Generation, accepted[0].OpenTime), Is.EqualTo((480, 2, query.From)));
        Assert.That(VisibleSegments(host).Select(Path.GetFileName), Is.EquivalentTo(new[] { "2026-05.parquet", "2026-06.parquet" }));
        Assert.That((await host.Client.GetCandlesAsync(query)).Take(420).SequenceEqual(stored.Take(420)));
        Assert.That(await host.Client.GetCandlesAsync(query with { Generation = 1 }), Is.EqualTo(stored));
        Assert.That((await host.Client.GetCandlesAsync(query with { From = Today.AddHours(-1), To = Today })).Generation, Is.EqualTo(2));
    }

    [Test]
    public async Task AcceptHistoryAsync_KilledAtAnyWrite_IsCompletedByTheNextCall()
    {
        await using var host = await StartAsync(options => options.Limits.Enabled = false);
        var writes = 0;
        for (var needed = int.MaxValue; writes < needed; writes++)
        {
            host.Simulator.ClearDefects();
            var disk = new Disk();
            await using var before = host.Again(build: builder => Register(builder, new CountedStore(disk)));
            var stored = await GetAsync(before, "BTC-USDT", 30);
            host.Simulator.ReviseCandle("BTC-USDT", "1Dutc", Today.AddDays(-6));

            var dying = new CountedStore(disk, writes);
            await using var killed = host.Again(build: builder => Register(builder, dying));
            await killed.Client.AcceptHistoryAsync("BTC-USDT");
            needed = dying.Writes;

            await using var next = host.Again(build: builder => Register(builder, new CountedStore(disk)));
            var accepted = await next.Client.AcceptHistoryAsync("BTC-USDT");
            Assert.That((accepted.Generation, accepted.Count, accepted.Coverage.IsComplete), Is.EqualTo((2, 30, true)), $"killed at write {writes}");
            Assert.That(await GetGenerationAsync(next, "BTC-USDT", 1), Is.EqualTo(stored), $"killed at write {writes}");
            Assert.That(disk.Files.Keys.Count(key => key.EndsWith(".parquet", StringComparison.Ordinal)), Is.EqualTo(1), $"killed at write {writes}");
        }

        Assert.That(writes, Is.InRange(6, 12), "copies, facts, removal, rows");
    }

    [Test]
    public async Task AcceptHistoryAsync_ManyAtOnce_BeginOneGeneration()
    {
        await using var host = await StartAsync(options => options.Limits.Enabled = false);
        var disk = new Disk();
        var clients = Enumerable.Range(0, 4).Select(_ => host.Again(build: builder => Register(builder, new CountedStore(disk)))).ToList();
        var stored = await GetAsync(clients[0], "BTC-USDT", 30);
        host.Simulator.ReviseCandle("BTC-USDT", "1Dutc", Today.AddDays(-6));

        var accepted = await Task.WhenAll(clients.Select(client => client.Client.AcceptHistoryAsync("BTC-USDT")));

        Assert.That(accepted.Select(series => (series.Generation, series.Count)), Has.All.EqualTo((2, 30)));
        Assert.That(await GetGenerationAsync(clients[0], "BTC-USDT", 1), Is.EqualTo(stored));
        foreach (var client in clients)
            await client.DisposeAsync();
    }

    [Test]
    public async Task AcceptHistoryAsync_OkxDoesNotAnswer_ChangesNothing()
    {
        await using var host = await StartAsync();
        var stored = await GetAsync(host, "BTC-USDT", 100, Today.AddDays(-5));
        host.Simulator.Delist("BTC-USDT");

        Assert.That(async () => await host.Client.AcceptHistoryAsync("BTC-USDT"), Throws.InstanceOf<OkxApiException>());
        Assert.That(async () => await host.Client.AcceptHistoryAsync("ETH-USDT"), Throws.InstanceOf<OkxCacheException>().With.Message.Contains("Nothing is stored"));
        Assert.That(async () => await GetGenerationAsync(host, "BTC-USDT", 2), Throws.InstanceOf<OkxCacheException>().With.Message.Contains("no generation 2"));

        await using var offline = host.Again(options => options.Caching.Mode = CacheMode.Offline);
        Assert.That(async () => await offline.Client.AcceptHistoryAsync("BTC-USDT"), Throws.InstanceOf<OkxCacheException>().With.Message.Contains("Offline"));
        Assert.That(await GetAsync(offline, "BTC-USDT", 100, Today.AddDays(-5)), Is.EqualTo(stored));
    }

    private static void Register(IOkxMarketDataBuilder builder, CountedStore store)
    {
        NoRateLimits.Register(builder);
        builder.AddCacheStore(store);
    }

    private static Task<CandleSeries> GetAsync(SimulatedClient host, string symbol, int days, DateTimeOffset? to = null) =>
        host.Client.GetCandlesAsync(new CandleQuery { Symbol = symbol, From = Today.AddDays(-days), To = to ?? Today });

    private static Task<CandleSeries> GetGenerationAsync(SimulatedClient host, string symbol, int generation) =>
        host.Client.GetCandlesAsync(new CandleQuery { Symbol = symbol, From = Today.AddDays(-2_000), To = Today, Generation = generation });

    private static IEnumerable<string> Rules(CandleSeries series) => series.Coverage.Issues.Select(issue => issue.Rule);

    private static DataIssue Issue(CandleSeries series, string rule) => series.Coverage.Issues.Single(issue => issue.Rule == rule);

    private static string[] VisibleSegments(SimulatedClient host) => [.. Directory.GetFiles(Path.Combine(host.Folder, host.Simulator.Name, "candles"), "*", SearchOption.AllDirectories)
        .Where(file => !Path.GetFileName(file).StartsWith('.') && (file.EndsWith(".parquet", StringComparison.Ordinal) || file.EndsWith(".json", StringComparison.Ordinal)))];

    private static string[] KeptFiles(SimulatedClient host) => Directory.GetFiles(host.Folder, "all.*.kept", SearchOption.AllDirectories);

    private static async Task<byte[]> SegmentBytesAsync(SimulatedClient host) => await File.ReadAllBytesAsync(VisibleSegments(host).Single());

    private sealed class OffsetDays(DateTimeOffset start) : TimeProvider
    {
        private readonly TimeSpan _offset = start - System.GetUtcNow();
        private TimeSpan _advanced;

        public void Advance(TimeSpan time) => _advanced += time;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _offset + _advanced;
    }
}
