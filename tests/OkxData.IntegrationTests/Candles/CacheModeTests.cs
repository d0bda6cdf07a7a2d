using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;
using OkxData.Time;
using OkxData.Validation;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

/// <summary>The modes of the cache, by the requests that they send and the calls that they make to the store.</summary>
public sealed class CacheModeTests
{
    private const string Btc = "BTC-USDT";

    [TestCase(-50, -10, "", Description = "all of what is held")]
    [TestCase(-50, -9, "-10/-9", Description = "one bar more at the end")]
    [TestCase(-51, -10, "-51/-50", Description = "one bar more at the beginning")]
    [TestCase(-52, -8, "-52/-50 -10/-8", Description = "both")]
    [TestCase(-10, -9, "-10/-9", Description = "directly after")]
    [TestCase(-51, -50, "-51/-50", Description = "directly before")]
    [TestCase(-90, -80, "-90/-80", Description = "far away")]
    [TestCase(-5, 5, "-5/0", Description = "into the future, of which nothing is missing")]
    public async Task GetCandlesAsync_Offline_MissesExactlyTheBarsThatAreNotHeld(int from, int to, string missing)
    {
        await using var host = await StartAsync();
        await host.Client.GetCandlesAsync(Query(-50, -10));
        var requests = host.Simulator.TotalRequests;
        await using var offline = host.Again(options => options.Caching.Mode = CacheMode.Offline);

        var batch = await offline.Client.GetCandlesAsync(new CandleBatchQuery { Symbols = [Btc], From = Today.AddDays(from), To = Today.AddDays(to) });

        var expected = missing.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(range => range.Split('/')).Select(ends => new UtcRange(Day(ends[0]), Day(ends[1]))).ToList();
        if (expected.Count == 0)
        {
            Assert.That((batch.Series[Btc].Count, batch.Series[Btc].Origin), Is.EqualTo((to - from, DataOrigin.Cache)));
        }
        else
        {
            var failure = (OkxCacheException)batch.Failures[Btc];
            Assert.That(failure.Missing, Is.EqualTo(expected));
            Assert.That(expected.Select(range => failure.Message.Contains(range.ToString(), StringComparison.Ordinal)), Has.All.True, failure.Message);
        }

        Assert.That(host.Simulator.TotalRequests, Is.EqualTo(requests));
    }

    [Test]
    public async Task GetCandlesAsync_OfflineBatch_ListsWhatIsMissingOfEachSymbol()
    {
        await using var host = await StartAsync();
        await host.Client.GetCandlesAsync(Query(-50, 0));
        await host.Client.GetCandlesAsync(Query(-50, -10) with { Symbol = "ETH-USDT" });
        await using var offline = host.Again(options => options.Caching.Mode = CacheMode.Offline);

        var batch = await offline.Client.GetCandlesAsync(Days(50, Btc, "ETH-USDT", "SOL-USDT"));

        Assert.That(batch.Series.Keys, Is.EqualTo(new[] { Btc }));
        Assert.That(batch.Failures.ToDictionary(failure => failure.Key, failure => ((OkxCacheException)failure.Value).Missing.Single()), Is.EqualTo(new Dictionary<string, UtcRange>
        {
            ["ETH-USDT"] = new(Today.AddDays(-10), Today),
            ["SOL-USDT"] = new(Today.AddDays(-50), Today),
        }));
    }

    [Test]
    public async Task EveryCall_OfflineWithNothingHeld_SaysSoWithoutARequest()
    {
        await using var host = await StartAsync(client: options => options.Caching.Mode = CacheMode.Offline);
        var client = host.Client;
        Func<Task>[] calls =
        [
            () => client.GetCandlesAsync(Query(-10, 0)),
            () => client.GetCandlesAsync(Query(-10, 0) with { Generation = 1 }),
            () => client.GetInstrumentsAsync(),
            () => client.GetTickersAsync(),
            () => client.GetMarketCapRankingAsync(),
            () => client.GetSystemStatusAsync(),
            () => client.AcceptHistoryAsync(Btc),
            () => client.JoinHistoryAsync(Btc, "ETH-USDT"),
            async () => await client.StreamTickersAsync([Btc]).FirstAsync(),
            async () => await client.StreamCandlesAsync(new CandleStreamQuery { Symbols = [Btc] }).FirstAsync(),
        ];

        foreach (var call in calls)
            Assert.That(async () => await call(), Throws.InstanceOf<OkxCacheException>());
        Assert.That(host.Simulator.TotalRequests, Is.Zero);
        Assert.That(host.Simulator.Sockets, Is.Empty);
    }

    [Test]
    public async Task EveryCall_Off_TouchesNoStore()
    {
        var store = new CountedStore(new Disk());
        await using var host = await StartAsync(client: options => options.Caching.Mode = CacheMode.Off, build: builder => builder.AddCacheStore(store));

        for (var round = 0; round < 2; round++)
        {
            Assert.That((await host.Client.GetCandlesAsync(Query(-10, 0))).Generation, Is.EqualTo(1));
            await host.Client.GetCandlesAsync(Days(10, Btc, "ETH-USDT"));
            await host.Client.GetInstrumentsAsync();
            await host.Client.GetTickersAsync();
        }

        Assert.That(async () => await host.Client.AcceptHistoryAsync(Btc), Throws.InstanceOf<OkxCacheException>());
        Assert.That(async () => await host.Client.GetCandlesAsync(Query(-10, 0) with { Generation = 1 }), Throws.InstanceOf<OkxCacheException>());
        Assert.That(store.Calls, Is.Zero);
        Assert.That(Directory.EnumerateFileSystemEntries(host.Folder), Is.Empty);
        Assert.That(host.PageRequests, Is.EqualTo(6), "each is asked each time");
    }

    [Test]
    public async Task GetCandlesAsync_Refresh_AsksAgainWritesNothingNewAndKeepsTheRows()
    {
        var disk = new Disk();
        await using var host = await StartAsync(build: builder => builder.AddCacheStore(new CountedStore(disk)));
        var held = await host.Client.GetCandlesAsync(Query(-400, -10));
        var before = (disk.Files.ToDictionary(), host.PageRequests);
        var store = new CountedStore(disk);
        await using var refresh = host.Again(options => options.Caching.Mode = CacheMode.Refresh, builder => builder.AddCacheStore(store));

        var again = await refresh.Client.GetCandlesAsync(Query(-400, -10));

        Assert.That(again, Is.EqualTo(held));
        Assert.That(host.PageRequests - before.PageRequests, Is.EqualTo(2), "390 bars");
        Assert.That(again.Coverage.Issues.Select(issue => issue.Rule), Has.None.EqualTo(ValidationRules.CandleRevised));

        host.Simulator.AddDefect(new CandleDefect { Kind = CandleDefectKind.Missing, Symbol = Btc, From = Today.AddDays(-400), To = Today.AddDays(-20) });
        var vanished = await refresh.Client.GetCandlesAsync(Query(-400, -10));
        Assert.That(vanished, Is.EqualTo(held), "rows that OKX no longer has stay");
        Assert.That(vanished.Coverage.Issues.Single(issue => issue.Rule == ValidationRules.CandleVanished).Range, Is.EqualTo(new UtcRange(Today.AddDays(-400), Today.AddDays(-20))));
        foreach (var (key, item) in before.Item1.Where(file => !file.Key.EndsWith(".series.json", StringComparison.Ordinal)))
            Assert.That(disk.Files[key].Content.Span.SequenceEqual(item.Content.Span), key);
    }

    private static CandleQuery Query(int from, int to) => new() { Symbol = Btc, From = Today.AddDays(from), To = Today.AddDays(to) };

    private static DateTimeOffset Day(string days) => Today.AddDays(int.Parse(days, System.Globalization.CultureInfo.InvariantCulture));
}
