using NUnit.Framework;
using OkxData.Caching;
using OkxData.Catalog;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>Attacks on histories that change, on joins whose other half is lost, and on trees that a hand has been in.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ChangedDatasetAttackTests
{
    private const string Btc = "BTC-USDT";
    private const string Eth = "ETH-USDT";

    [Test]
    public async Task Join_NothingIsHeldOfTheOlderNameAnyMore_IsListedOfflineNamedOnlineAndMendedByJoiningAnew()
    {
        await using var host = await StartAsync();
        var joined = await JoinedAsync(host);
        await CacheCatalog.OpenFolder(host.Folder).PruneAsync(new CatalogPruneOrder { DryRun = false, Series = new CatalogSelection { Symbols = [Eth] } });
        await using var offline = host.Again(options => options.Caching.Mode = CacheMode.Offline);

        Assert.That(await offline.Client.GetCandlesAsync(Range(-10, 0)), Has.Count.EqualTo(10), "what needs nothing of the older name");
        var missing = await FailureOfAsync(offline, Range(-30, 0));
        Assert.That(missing.Missing, Is.EqualTo(new[] { new UtcRange(Today.AddDays(-30), Today.AddDays(-10)) }));
        Assert.That(missing.Message, Does.Contain(Eth).And.Contain("offline"));
        var lost = await FailureOfAsync(host, Range(-30, 0));
        Assert.That(lost.Missing, Is.EqualTo(missing.Missing));
        Assert.That(lost.Message, Does.Contain(Btc).And.Contain(Eth).And.Contain("JoinHistoryAsync").And.Contain("SeparateHistoryAsync"));

        await host.Client.JoinHistoryAsync(Btc, Eth, at: Today.AddDays(-10));
        Assert.That((await host.Client.GetCandlesAsync(Range(-30, 0))).ContentHash, Is.EqualTo(joined.ContentHash));
    }

    [Test]
    public async Task Join_BothNamesHeldInPart_ListsOfflineWhatIsMissingOfEach()
    {
        await using var host = await StartAsync();
        await JoinedAsync(host);
        await using var offline = host.Again(options => options.Caching.Mode = CacheMode.Offline);

        await CacheCatalog.OpenFolder(host.Folder).PruneAsync(new CatalogPruneOrder { DryRun = false, Series = new CatalogSelection { Symbols = [Eth] } });
        await host.Client.GetCandlesAsync(Range(-28, -12) with { Symbol = Eth });

        Assert.That((await FailureOfAsync(offline, Range(-30, 0))).Missing, Is.EqualTo(new[]
        {
            new UtcRange(Today.AddDays(-30), Today.AddDays(-28)), new UtcRange(Today.AddDays(-12), Today.AddDays(-10)),
        }));
    }

    [Test]
    public async Task Join_AtTheEndOfTheCalendar_IsRefusedForEveryBarAndChangesNothing([Values] BarSize bar)
    {
        await using var host = await StartAsync();

        await Assert.ThatAsync(() => host.Client.JoinHistoryAsync(Btc, Eth, bar, DateTimeOffset.MaxValue), Throws.ArgumentException.With.Message.Contains("name the opening"));

        Assert.That((host.PageRequests, await host.Client.SeparateHistoryAsync(Btc, bar)), Is.EqualTo((0, false)));
    }

    [Test]
    public async Task Accept_CancelledAfterAnyPage_ChangesNothingAndIsDoneByTheNextCall()
    {
        await using var host = await StartAsync();
        var first = (await host.Client.GetCandlesAsync(Days(900, Btc))).Series[Btc];
        host.Simulator.ReviseCandle(Btc, "1Dutc", Today.AddDays(-600));
        host.Simulator.Latency = TimeSpan.FromMilliseconds(20);
        for (var pages = 1; pages < 4; pages++)
        {
            using var cancellation = new CancellationTokenSource();
            var (seen, limit) = (host.PageRequests, pages);
            var call = host.Client.AcceptHistoryAsync(Btc, cancellationToken: cancellation.Token);
            while (host.PageRequests - seen < limit && !call.IsCompleted)
                await Task.Yield();
            await cancellation.CancelAsync();
            await call.ContinueWith(static ended => Assert.That(ended.IsFaulted, Is.False, "it is cancelled, or was faster"), TaskScheduler.Default);
            var held = (await host.Client.GetCandlesAsync(Days(900, Btc))).Series[Btc];
            Assert.That((held.Generation, held.ContentHash), Is.EqualTo((1, first.ContentHash)).Or.Matches<(int, string)>(one => one.Item1 == 2 && one.Item2 != first.ContentHash), "all of it or nothing");
        }

        Assert.That((await host.Client.AcceptHistoryAsync(Btc)).Generation, Is.EqualTo(2));
        Assert.That((await host.Client.GetCandlesAsync(Range(-900, 0) with { Generation = 1 })).ContentHash, Is.EqualTo(first.ContentHash));
        Assert.That((await CacheCatalog.OpenFolder(host.Folder).VerifyAsync()).Findings, Is.Empty);
    }

    [Test]
    public async Task Refresh_SameRevisionAskedForAgain_IsReportedEachTimeAndNeverStored()
    {
        await using var host = await StartAsync();
        var first = (await host.Client.GetCandlesAsync(Days(60, Btc))).Series[Btc];
        host.Simulator.ReviseCandle(Btc, "1Dutc", Today.AddDays(-30));
        await using var refresh = host.Again(options => options.Caching.Mode = CacheMode.Refresh);

        for (var round = 0; round < 3; round++)
        {
            var reported = (await refresh.Client.GetCandlesAsync(Days(60, Btc))).Series[Btc];
            Assert.That(reported.ContentHash, Is.EqualTo(first.ContentHash));
            Assert.That(reported.Coverage.Issues.Single(issue => issue.Rule == ValidationRules.CandleRevised).Range, Is.EqualTo(new UtcRange(Today.AddDays(-30), Today.AddDays(-29))));
        }

        var catalog = CacheCatalog.OpenFolder(host.Folder);
        var entry = await catalog.ListAsync().SingleAsync();
        Assert.That((await catalog.ReadAsync(entry.Environment, Btc, BarSize.OneDay)).ContentHash, Is.EqualTo(first.ContentHash));
    }

    [Test]
    public async Task Generations_DryPruneAndRealOne_NameTheSameFilesAndLeaveTheOtherSeries()
    {
        await using var host = await StartAsync();
        await host.Client.GetCandlesAsync(Days(60, Btc, Eth));
        for (var day = 1; day < 4; day++)
        {
            host.Simulator.ReviseCandle(Btc, "1Dutc", Today.AddDays(-10 * day));
            Assert.That((await host.Client.AcceptHistoryAsync(Btc)).Generation, Is.EqualTo(day + 1));
        }

        var catalog = CacheCatalog.OpenFolder(host.Folder);
        var order = new CatalogPruneOrder { Series = new CatalogSelection { Symbols = ["btc/usdt"] } };
        var dry = await catalog.PruneAsync(order);
        var real = await catalog.PruneAsync(order with { DryRun = false });

        Assert.That(dry.Removals.Select(removal => (removal.Key, removal.SizeBytes)), Is.EqualTo(real.Removals.Select(removal => (removal.Key, removal.SizeBytes))));
        Assert.That(real.Removals.Select(removal => removal.IsRemoved), Has.All.True);
        Assert.That((await catalog.ListAsync().SingleAsync()).Symbol, Is.EqualTo(Eth), "four generations have gone, and nothing else");
        Assert.That((await catalog.VerifyAsync()).Findings, Is.Empty);
    }

    [Test]
    public async Task Convert_FolderStandsInThePlaceOfOneFile_LeavesThatSeriesReadableAndConvertsTheRest()
    {
        await using var host = await StartAsync();
        var first = await host.Client.GetCandlesAsync(Days(60, Btc, Eth));
        var segment = Directory.GetFiles(host.Folder, "all.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal).First();
        Directory.CreateDirectory(Path.ChangeExtension(segment, ".json"));
        var catalog = CacheCatalog.OpenFolder(host.Folder);

        var conversion = await catalog.ConvertAsync(CandleFormat.Json);

        Assert.That((conversion.Converted, conversion.LeftAlone.Single().Rule, File.Exists(segment)), Is.EqualTo((1, CatalogRules.Unreadable, true)));
        await using var offline = host.Again(options => options.Caching.Mode = CacheMode.Offline);
        var again = await offline.Client.GetCandlesAsync(Days(60, Btc, Eth));
        Assert.That(again.Series.Values.Select(series => series.ContentHash), Is.EqualTo(first.Series.Values.Select(series => series.ContentHash)));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "A link needs a right there that few have.")]
    [CancelAfter(60_000)]
    public async Task Verify_LinkThatLeadsBackToTheCache_EndsAndCountsEachFileOnce(CancellationToken cancellationToken)
    {
        await using var host = await StartAsync();
        await host.Client.GetCandlesAsync(Days(60, Btc, Eth), cancellationToken);
        var catalog = CacheCatalog.OpenFolder(host.Folder);
        var before = await catalog.VerifyAsync(cancellationToken: cancellationToken);
        Directory.CreateSymbolicLink(Path.Combine(host.Folder, (await catalog.ListAsync(cancellationToken: cancellationToken).FirstAsync(cancellationToken)).Environment, "loop"), host.Folder);

        var after = await catalog.VerifyAsync(cancellationToken: cancellationToken);

        Assert.That((after.Series, after.Candles), Is.EqualTo((before.Series, before.Candles)));
    }

    private static CandleQuery Range(int from, int to) => new() { Symbol = Btc, From = Today.AddDays(from), To = Today.AddDays(to) };

    private static async Task<CandleSeries> JoinedAsync(SimulatedClient host)
    {
        await host.Client.GetCandlesAsync(Days(30, Btc, Eth));
        await host.Client.JoinHistoryAsync(Btc, Eth, at: Today.AddDays(-10));
        return await host.Client.GetCandlesAsync(Range(-30, 0));
    }

    private static async Task<OkxCacheException> FailureOfAsync(SimulatedClient host, CandleQuery query)
    {
        try
        {
            await host.Client.GetCandlesAsync(query);
        }
        catch (OkxCacheException failure)
        {
            return failure;
        }

        throw new AssertionException("The call was answered.");
    }
}
