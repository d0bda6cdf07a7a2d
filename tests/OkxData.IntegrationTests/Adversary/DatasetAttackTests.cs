using NUnit.Framework;
using OkxData.Caching;
using OkxData.Catalog;
using OkxData.Datasets;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>Attacks on the promises of the cache as a dataset, through the public door.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DatasetAttackTests
{
    private const string Btc = "BTC-USDT";

    [Test]
    public async Task Separate_NothingIsHeld_LeavesNothingBehind()
    {
        await using var host = await StartAsync();
        Assert.That(await host.Client.SeparateHistoryAsync("NOSUCH-USDT"), Is.False);
        Assert.That(FilesOf(host), Is.Empty);
    }

    [Test]
    public async Task Hash_ParquetJsonAndNoCache_IsOne()
    {
        await using var host = await StartAsync();
        var hashes = new List<string> { (await host.Client.GetCandlesAsync(Days(400, Btc))).Series[Btc].ContentHash };
        await using (var parquet = host.Again(options => options.Caching.Mode = CacheMode.Offline))
            hashes.Add((await parquet.Client.GetCandlesAsync(Days(400, Btc))).Series[Btc].ContentHash);
        Assert.That((await CacheCatalog.OpenFolder(host.Folder).ConvertAsync(CandleFormat.Json)).LeftAlone, Is.Empty);
        await using (var json = host.Again(options => (options.Caching.Mode, options.Caching.CandleFormat) = (CacheMode.Offline, CandleFormat.Json)))
            hashes.Add((await json.Client.GetCandlesAsync(Days(400, Btc))).Series[Btc].ContentHash);
        await using (var off = host.Again(options => options.Caching.Mode = CacheMode.Off))
            hashes.Add((await off.Client.GetCandlesAsync(Days(400, Btc))).Series[Btc].ContentHash);

        Assert.That(hashes.Distinct().Count(), Is.EqualTo(1), string.Join(' ', hashes));
    }

    [Test]
    public async Task TwoClients_OfDifferentFormats_SeeEachOthersRowsAndLeaveOneFormat()
    {
        await using var host = await StartAsync();
        await using var other = host.Again(options => options.Caching.CandleFormat = CandleFormat.Json);
        for (var day = 60; day > 0; day -= 20)
        {
            await host.Client.GetCandlesAsync(new CandleQuery { Symbol = Btc, From = Today.AddDays(-day), To = Today.AddDays(-day + 10) });
            await other.Client.GetCandlesAsync(new CandleQuery { Symbol = Btc, From = Today.AddDays(-day), To = Today.AddDays(-day + 20) });
        }

        var requests = host.PageRequests;
        var whole = (await host.Client.GetCandlesAsync(Days(60, Btc))).Series[Btc];

        Assert.That((whole.Count, whole.Coverage.IsComplete, host.PageRequests), Is.EqualTo((60, true, requests)));
        Assert.That(FilesOf(host).Count(file => Path.GetFileName(file).StartsWith("all.", StringComparison.Ordinal)), Is.EqualTo(1), "one file in one format");
        Assert.That((await CacheCatalog.OpenFolder(host.Folder).VerifyAsync()).Findings, Is.Empty);
    }

    [Test]
    public async Task FormingCandle_NeverEntersTheCacheTheHashOrTheManifest()
    {
        await using var host = await StartAsync();
        var query = new CandleBatchQuery { Symbols = [Btc], From = Today.AddDays(-5), IncludeUnfinished = true };
        var withForming = await host.Client.GetCandlesAsync(query);
        var finished = await host.Client.GetCandlesAsync(query with { IncludeUnfinished = false });
        var catalog = await CacheCatalog.OpenFolder(host.Folder).ReadAsync((await CacheCatalog.OpenFolder(host.Folder).ListAsync().FirstAsync()).Environment, Btc, BarSize.OneDay);

        Assert.That((withForming.Series[Btc].Count, finished.Series[Btc].Count, catalog.Count), Is.EqualTo((6, 5, 5)));
        Assert.That(withForming.Series[Btc].ContentHash, Is.EqualTo(finished.Series[Btc].ContentHash).And.EqualTo(catalog.ContentHash));
        Assert.That(DatasetManifest.Create(withForming).Compare(finished).IsSame);
    }

    [Test]
    public async Task Manifest_DayLaterAndAfterARevision_SaysExtendedThenChangedAndWhere()
    {
        await using var host = await StartAsync();
        var manifest = DatasetManifest.Parse(DatasetManifest.Create(await host.Client.GetCandlesAsync(new CandleBatchQuery { Symbols = [Btc, "ETH-USDT"], From = Today.AddDays(-700), To = Today.AddDays(-3) })).ToJson());

        var extended = manifest.Compare(await host.Client.GetCandlesAsync(Days(700, Btc, "ETH-USDT")));
        Assert.That((extended.HoldsAll, extended.IsSame), Is.EqualTo((true, false)));

        host.Simulator.ReviseCandle(Btc, "1Dutc", Today.AddDays(-4));
        await using var refreshing = host.Again(options => options.Caching.Mode = CacheMode.Refresh);
        var reported = await refreshing.Client.GetCandlesAsync(Days(700, Btc, "ETH-USDT"));
        Assert.That(reported.Series[Btc].Coverage.Issues.Select(issue => issue.Rule), Does.Contain(ValidationRules.CandleRevised));
        Assert.That(manifest.Compare(reported).HoldsAll, "reported, and not taken");

        await host.Client.AcceptHistoryAsync(Btc);
        var changed = manifest.Compare(await host.Client.GetCandlesAsync(Days(700, Btc, "ETH-USDT")));
        Assert.That(changed.Series.Select(series => series.Verdict), Is.EqualTo(new[] { SeriesVerdict.Changed, SeriesVerdict.Extended }));
        Assert.That(changed.Series[0].Changes.Single().Contains(Today.AddDays(-4)));
        Assert.That(manifest.Compare(CandleBatch.Create([await host.Client.GetCandlesAsync(new CandleQuery { Symbol = Btc, From = Today.AddDays(-700), To = Today.AddDays(-3), Generation = 1 })])).Series[0].Verdict, Is.EqualTo(SeriesVerdict.Same), "the earlier generation is the manifest's for good");
    }

    [Test]
    public async Task Join_ToItselfOrInACircle_IsRefusedAndChangesNothing()
    {
        await using var host = await StartAsync();
        await host.Client.GetCandlesAsync(Days(30, Btc, "ETH-USDT"));
        await host.Client.JoinHistoryAsync(Btc, "ETH-USDT", at: Today.AddDays(-10));
        var joined = (await host.Client.GetCandlesAsync(Days(30, Btc))).Series[Btc];

        await Assert.ThatAsync(() => host.Client.JoinHistoryAsync(Btc, Btc), Throws.ArgumentException.With.Message.Contains("generation"));
        await Assert.ThatAsync(() => host.Client.JoinHistoryAsync("ETH-USDT", Btc), Throws.ArgumentException.With.Message.Contains("already joined"));
        foreach (var at in new[] { DateTimeOffset.MinValue, Today.AddDays(-100_000), DateTimeOffset.MaxValue })
            await Assert.ThatAsync(() => host.Client.JoinHistoryAsync(Btc, "ETH-USDT", at: at), Throws.ArgumentException.With.Property(nameof(ArgumentException.ParamName)).EqualTo("at").And.Message.Contains("name the opening"));
        await Assert.ThatAsync(() => host.Client.JoinHistoryAsync(Btc, "ETH-USDC"), Throws.ArgumentException.With.Message.Contains("USDC"));

        var again = (await host.Client.GetCandlesAsync(Days(30, Btc))).Series[Btc];
        Assert.That(again.ContentHash, Is.EqualTo(joined.ContentHash));
        Assert.That(again.Coverage.Issues.Select(issue => issue.Rule), Does.Contain(ValidationRules.CandleJoined));
    }

    [Test]
    public async Task Offline_JoinedNames_AnswersFromBothWithoutARequest()
    {
        await using var host = await StartAsync();
        await host.Client.GetCandlesAsync(Days(30, Btc, "ETH-USDT"));
        await host.Client.JoinHistoryAsync(Btc, "ETH-USDT", at: Today.AddDays(-10));
        var joined = (await host.Client.GetCandlesAsync(Days(30, Btc))).Series[Btc];
        var requests = host.Simulator.TotalRequests;
        await using var offline = host.Again(options => options.Caching.Mode = CacheMode.Offline);

        var held = (await offline.Client.GetCandlesAsync(Days(30, Btc))).Series[Btc];

        Assert.That((held.ContentHash, held.Count, held.Coverage.IsComplete), Is.EqualTo((joined.ContentHash, 30, true)));
        Assert.That(host.Simulator.TotalRequests, Is.EqualTo(requests));
    }

    [Test]
    public async Task Verify_EachKindOfStrangeFile_IsNamedAndNothingIsTouched()
    {
        await using var host = await StartAsync();
        await host.Client.GetCandlesAsync(Days(400, Btc, "ETH-USDT"));
        var segments = FilesOf(host).Where(file => file.EndsWith("all.parquet", StringComparison.Ordinal)).Order().ToList();
        var bytes = await File.ReadAllBytesAsync(segments[0]);
        bytes[bytes.Length / 2] ^= 4;
        await File.WriteAllBytesAsync(segments[0], bytes);
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(segments[1])!, "notes.txt"), "mine");
        Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(segments[1])!, "2026.parquet"));
        await File.WriteAllBytesAsync(Path.Combine(Path.GetDirectoryName(segments[1])!, "2025.parquet"), []);
        var before = Snapshot(host);

        var verification = await CacheCatalog.OpenFolder(host.Folder).VerifyAsync();

        Assert.That(verification.Findings.Select(finding => finding.Key[(finding.Key.LastIndexOf('/') + 1)..]), Is.SupersetOf(new[] { "all.parquet", "notes.txt", "2026.parquet", "2025.parquet" }));
        Assert.That(Snapshot(host), Is.EqualTo(before));
    }

    [Test]
    public async Task Download_CancelledInTheMiddle_KeepsWhatArrivedAndTheHashIsThatOfOneGo()
    {
        await using var host = await StartAsync();
        host.Simulator.Latency = TimeSpan.FromMilliseconds(20);
        for (var after = 1; after < 4; after++)
        {
            using var cancellation = new CancellationTokenSource();
            var (seen, limit) = (host.PageRequests, after);
            var call = host.Client.GetCandlesAsync(Days(1500, Btc, "ETH-USDT"), cancellation.Token);
            while (host.PageRequests - seen < limit && !call.IsCompleted)
                await Task.Yield();
            await cancellation.CancelAsync();
            await call.ContinueWith(static ended => Assert.That(ended.IsFaulted, Is.False, "it is cancelled, or was faster"), TaskScheduler.Default);
        }

        var kept = (await host.Client.GetCandlesAsync(Days(1500, Btc))).Series[Btc];
        await using var off = host.Again(options => options.Caching.Mode = CacheMode.Off);
        Assert.That(kept.ContentHash, Is.EqualTo((await off.Client.GetCandlesAsync(Days(1500, Btc))).Series[Btc].ContentHash));
    }

    private static string[] FilesOf(SimulatedClient host) => Directory.GetFiles(host.Folder, "*", SearchOption.AllDirectories);

    private static Dictionary<string, string> Snapshot(SimulatedClient host) => FilesOf(host).Where(file => !Path.GetFileName(file).EndsWith(".lock", StringComparison.Ordinal))
        .ToDictionary(file => file, file => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(file))));
}
