using NUnit.Framework;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;
using OkxData.Time;
using OkxData.Validation;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

/// <content>Renames: two names that belong to one asset, joined only when asked.</content>
public sealed partial class ChangedHistoryTests
{
    private const string Old = "MATIC-USDT";
    private const string New = "POL-USDT";

    // MATIC's last candle is the day before POL's first.
    private static readonly DateTimeOffset Renamed = Today.AddDays(-30);

    [Test]
    public async Task JoinHistoryAsync_Rename_ReadsAsOneSeriesAndIsUndone()
    {
        await using var host = await RenamedAsync(price: 0.5m);
        var older = await GetAsync(host, Old, 200, Renamed);
        host.Simulator.Delist(Old);
        var newer = await GetAsync(host, New, 200);
        Assert.That((newer.Count, Rules(newer).Contains(ValidationRules.CandleJoined)), Is.EqualTo((30, false)), "never implicit");

        var joined = await host.Client.JoinHistoryAsync(New, Old);
        Assert.That((joined.Symbol, joined.Count, joined.Range.Start), Is.EqualTo((New, 200, Today.AddDays(-200))));

        await using var later = host.Again();
        var before = host.PageRequests;
        var read = await GetAsync(later, New, 200);
        Assert.That(host.PageRequests, Is.EqualTo(before), "what is held of the older name is not asked for");
        Assert.That(read.SequenceEqual(older.Concat(newer)));
        Assert.That((read.Generation, read.Coverage.IsComplete, read.Coverage.IsDelisted, read.Origin), Is.EqualTo((1, true, false, DataOrigin.Cache)));
        var issue = Issue(read, ValidationRules.CandleJoined);
        Assert.That((issue.Range, issue.Severity), Is.EqualTo((new UtcRange(Today.AddDays(-200), Renamed), IssueSeverity.Information)));
        Assert.That(issue.Message, Does.Contain(Old).And.Contain(New).And.Contain("2026-05-16T00:00:00Z").And.Contain("SeparateHistoryAsync"));
        Assert.That(Rules(await GetAsync(later, New, 20)), Has.None.EqualTo(ValidationRules.CandleJoined), "none of the older name's rows are in the range");
        Assert.That((await GetAsync(later, New, 200, Renamed.AddDays(-10))).SequenceEqual(older.Take(160)), "all of them are");

        Assert.That((await later.Client.SeparateHistoryAsync(New), await later.Client.SeparateHistoryAsync(New)), Is.EqualTo((true, false)));
        var separate = await GetAsync(later, New, 200);
        Assert.That((separate.SequenceEqual(newer), Rules(separate).Contains(ValidationRules.CandleJoined)), Is.EqualTo((true, false)));
        Assert.That((await GetAsync(later, Old, 200, Renamed)).SequenceEqual(older), "no candle is lost");
    }

    [Test]
    public async Task JoinHistoryAsync_BothStillListed_TheNewerNamesRowsWin()
    {
        await using var host = await RenamedAsync(price: 0.5m, keepsOldListed: true);

        await host.Client.JoinHistoryAsync(New, Old);

        var read = await GetAsync(host, New, 60);
        Assert.That(read.Skip(30).SequenceEqual(await GetAsync(host, New, 30)));
        Assert.That(read.Take(30).SequenceEqual(await GetAsync(host, Old, 60, Renamed)));
        Assert.That(read.Coverage.IsComplete);
        Assert.That((await GetAsync(host, New, 60, Today)).Origin, Is.EqualTo(DataOrigin.Cache));
    }

    [Test]
    public async Task JoinHistoryAsync_OneUnitIsAnother_ReportsTheJump()
    {
        await using var host = await RenamedAsync(price: 12_000m);

        await host.Client.JoinHistoryAsync(New, Old);

        var issue = Issue(await GetAsync(host, New, 60), ValidationRules.CandleJoinJump);
        Assert.That((issue.Severity, issue.Range.Start), Is.EqualTo((IssueSeverity.Warning, Renamed)));
        Assert.That(Rules(await GetAsync(host, New, 20)), Has.None.EqualTo(ValidationRules.CandleJoinJump));
    }

    [Test]
    public async Task JoinHistoryAsync_OlderNamePassesToAnotherAsset_TheJoinedGenerationStays()
    {
        await using var host = await RenamedAsync(price: 0.5m, keepsOldListed: true);
        var joined = await host.Client.JoinHistoryAsync(New, Old);
        host.Simulator.ReuseName(Old, Today.AddDays(-50), 900m, keepsOldRows: false);

        var other = await host.Client.AcceptHistoryAsync(Old);
        Assert.That((other.Generation, other.Min(candle => candle.Close) > 100m), Is.EqualTo((2, true)));

        var read = await host.Client.GetCandlesAsync(new CandleQuery { Symbol = New, From = joined.Range.Start, To = Today });
        Assert.That(read.SequenceEqual(joined), "the rows that were joined");
        Assert.That(Issue(read, ValidationRules.CandleJoined).Message, Does.Contain("generation 1"));
    }

    [Test]
    public async Task JoinHistoryAsync_ChainOfNames_ReadsThemAll()
    {
        await using var host = await RenamedAsync(price: 0.5m);
        host.Simulator.AddSymbol(new SimulatedSymbol { Symbol = "NEWEST-USDT", Price = 0.5m, ListedAt = Today.AddDays(-10) });

        await host.Client.JoinHistoryAsync(New, Old);
        await host.Client.JoinHistoryAsync("NEWEST-USDT", New);

        var read = await GetAsync(host, "NEWEST-USDT", 100);
        Assert.That((read.Count, Rules(read).Count(rule => rule == ValidationRules.CandleJoined)), Is.EqualTo((100, 2)));
        Assert.That(async () => await host.Client.JoinHistoryAsync(Old, "NEWEST-USDT"), Throws.ArgumentException.With.Message.Contains("already joined"));
    }

    [Test]
    public async Task JoinHistoryAsync_BothGenerationsOfAName_ContinuesTheEarlierOne()
    {
        await using var host = await StartAsync(options => options.Symbols.Add(new SimulatedSymbol { Symbol = Luna, Price = 80m }));
        await GetAsync(host, Luna, 100, Today.AddDays(-5));
        host.Simulator.ReuseName(Luna, Today.AddDays(-4), 0.5m);
        await host.Client.AcceptHistoryAsync(Luna);

        await host.Client.JoinHistoryAsync(Luna, Luna);

        var read = await GetAsync(host, Luna, 100);
        Assert.That((read.Count, read.Generation), Is.EqualTo((100, 2)));
        Assert.That(Rules(read), Does.Contain(ValidationRules.CandleJoined).And.Contains(ValidationRules.CandleJoinJump).And.Contains(ValidationRules.CandleGeneration));
    }

    [Test]
    public async Task JoinHistoryAsync_Again_ReplacesTheJoinAndOneThatFailsLeavesIt()
    {
        await using var host = await RenamedAsync(price: 0.5m);
        await host.Client.JoinHistoryAsync(New, Old);

        Assert.That(async () => await host.Client.JoinHistoryAsync(New, "NOSUCH-USDT"), Throws.InstanceOf<OkxApiException>());
        Assert.That(Issue(await GetAsync(host, New, 60), ValidationRules.CandleJoined).Message, Does.Contain(Old));

        var again = await host.Client.JoinHistoryAsync(New, Old, at: Renamed.AddDays(5));
        Assert.That(Issue(again, ValidationRules.CandleJoined).Range.End, Is.EqualTo(Renamed.AddDays(5)));
    }

    [Test]
    public async Task JoinHistoryAsync_WhatDoesNotBelongTogether_IsRefused()
    {
        await using var host = await RenamedAsync(price: 0.5m);

        Assert.That(() => host.Client.JoinHistoryAsync(New, "MATIC-USDC"), Throws.ArgumentException.With.Message.Contains("USDC"));
        Assert.That(() => host.Client.JoinHistoryAsync(New, "MATIC-USDT-SWAP"), Throws.ArgumentException.With.Message.Contains("Swap"));
        Assert.That(async () => await host.Client.JoinHistoryAsync(New, New), Throws.ArgumentException.With.Message.Contains("one generation only"));
        Assert.That(async () => await host.Client.JoinHistoryAsync(New, "NOSUCH-USDT"), Throws.InstanceOf<OkxApiException>());
        await using var off = host.Again(options => options.Caching.Mode = CacheMode.Off);
        Assert.That(async () => await off.Client.JoinHistoryAsync(New, Old), Throws.InstanceOf<OkxCacheException>());
    }

    [Test]
    public async Task JoinHistoryAsync_Offline_JoinsWhatIsHeldAndListsWhatIsNot()
    {
        await using var host = await RenamedAsync(price: 0.5m);
        await host.Client.JoinHistoryAsync(New, Old);
        await host.Client.SeparateHistoryAsync(New);
        var requests = host.Simulator.TotalRequests;
        await using var offline = host.Again(options => options.Caching.Mode = CacheMode.Offline);

        await offline.Client.JoinHistoryAsync(New, Old, at: Renamed);

        Assert.That((await GetAsync(offline, New, 100)).Count, Is.EqualTo(100));
        Assert.That(host.Simulator.TotalRequests, Is.EqualTo(requests));
    }

    private static Task<SimulatedClient> RenamedAsync(decimal price, bool keepsOldListed = false) => StartAsync(options =>
    {
        options.Symbols.Add(new SimulatedSymbol { Symbol = Old, Price = 0.5m, ListedAt = Today.AddDays(-400) });
        options.Symbols.Add(new SimulatedSymbol { Symbol = New, Price = price, ListedAt = Renamed });
        if (!keepsOldListed)
            options.Defects.Add(new CandleDefect { Kind = CandleDefectKind.Missing, Symbol = Old, From = Renamed, To = Today.AddDays(1) });
    });
}
