using System.Diagnostics;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.Models;
using static OkxData.IntegrationTests.Adversary.FakeMarketCaps;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>Hosts that are away in every way: what is held answers soon, also in a fresh process.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class OutageAttackTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(3);

    [Test]
    public async Task GetCandlesAsync_HeldAndOkxIsAwayInAnyWay_AnswersSoonFromAFreshProcess([Values] OutageKind kind)
    {
        await using var host = AdversaryHost.Start();
        var held = await host.DaysAsync(30);
        await using var peer = new OutagePeer(kind);
        await using var fresh = host.Again(AdversaryHost.Now.AddDays(2), options => options.Environment = OkxEnvironment.Custom("fake", peer.Address, new Uri("ws://127.0.0.1:1")));

        var started = Stopwatch.StartNew();
        var series = await fresh.OneAsync(AdversaryHost.Days(30, "BTC-USDT") with { To = AdversaryHost.Today.AddDays(2) });

        Assert.That(started.Elapsed, Is.LessThan(Soon));
        Assert.That((series.Origin, series.Count, series.Coverage.Missing), Is.EqualTo((DataOrigin.StaleCache, 30, 2)));
        Assert.That(series.AsSpan().SequenceEqual(held.AsSpan()));
    }

    [Test]
    public async Task GetCandlesAsync_CancelledDuringAnOutage_EndsAtOnce([Values(OutageKind.BlackHole, OutageKind.TlsOfSilence, OutageKind.Silent, OutageKind.Drip)] OutageKind kind)
    {
        await using var host = AdversaryHost.Start();
        await using var peer = new OutagePeer(kind);
        await using var fresh = host.Again(client: options => options.Environment = OkxEnvironment.Custom("fake", peer.Address, new Uri("ws://127.0.0.1:1")));
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        var started = Stopwatch.StartNew();
        var canceled = await Assert.CatchAsync<OperationCanceledException>(() => fresh.Client.GetCandlesAsync(AdversaryHost.Days(30, "BTC-USDT"), cancellation.Token));

        Assert.That(canceled!.CancellationToken, Is.EqualTo(cancellation.Token));
        Assert.That(started.Elapsed, Is.LessThan(TimeSpan.FromSeconds(2)));
    }

    [Test]
    public async Task GetCandlesAsync_RightAfterManyWereCancelled_WaitsForTheLimitAndIsFresh()
    {
        await using var host = AdversaryHost.Start();
        var symbols = Enumerable.Range(0, 60).Select(i => $"S{i}-USDT").ToList();
        await host.DaysAsync(10, "BTC-USDT");
        using var cancellation = new CancellationTokenSource();
        host.Server.Delay = () => TimeSpan.FromSeconds(1);
        var many = host.Client.GetCandlesAsync(AdversaryHost.Days(10, [.. symbols]), cancellation.Token);
        while (host.Server.Arrivals() < 40)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        await cancellation.CancelAsync();
        await Assert.ThatAsync(() => many, Throws.InstanceOf<OperationCanceledException>());
        host.Server.Delay = () => TimeSpan.Zero;

        var series = await host.DaysAsync(20, "BTC-USDT");

        Assert.That((series.Origin, series.Count), Is.EqualTo((DataOrigin.Mixed, 20)), "to wait for the limit is no silence of OKX");
    }

    [Test]
    public async Task GetMarketCapRankingAsync_HeldAndEveryHostIsSilent_AnswersSoonFromAFreshProcess()
    {
        await using var server = Start();
        var held = await server.Client().GetMarketCapRankingAsync();
        server.IsSilent = _ => true;

        var started = Stopwatch.StartNew();
        var ranking = await server.Client(Impatient).GetMarketCapRankingAsync();

        Assert.That(started.Elapsed, Is.LessThan(Soon));
        Assert.That((ranking.Origin, ranking.Assets.Count, ranking.AsOf), Is.EqualTo((DataOrigin.StaleCache, 2, held.AsOf)));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_HeldAndOkxAloneIsSilent_AnswersSoon()
    {
        await using var server = Start();
        await server.Client().GetMarketCapRankingAsync();
        server.IsSilent = target => target.StartsWith("/api/v5/", StringComparison.Ordinal);

        var started = Stopwatch.StartNew();
        var ranking = await server.Client(Impatient).GetMarketCapRankingAsync();

        Assert.That(started.Elapsed, Is.LessThan(Soon), "prices that are too old to stand in are no reason to wait for a ranking that is not");
        Assert.That((ranking.Origin, ranking.Assets.Count), Is.EqualTo((DataOrigin.StaleCache, 2)));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_HeldAndTheFirstSourceIsSilent_IsFreshFromTheSecond()
    {
        await using var server = Start();
        await server.Client().GetMarketCapRankingAsync();
        server.IsSilent = target => target.StartsWith(Markets, StringComparison.Ordinal);
        server.CoinPaprika = () => (200, """[{"id":"btc-bitcoin","symbol":"BTC","name":"Bitcoin","rank":1,"quotes":{"USD":{"price":60000,"market_cap":1.2e12}}}]""");

        var started = Stopwatch.StartNew();
        var ranking = await server.Client(Impatient).GetMarketCapRankingAsync();

        Assert.That(started.Elapsed, Is.LessThan(Soon));
        Assert.That((ranking.Origin, ranking.Source), Is.EqualTo((DataOrigin.Network, "CoinPaprika")));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_OutageEndsOrIsCancelled_IsFreshOrEndsAtOnce()
    {
        await using var server = Start();
        var client = server.Client();
        await client.GetMarketCapRankingAsync();
        server.IsSilent = _ => true;
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(500));

        var canceled = await Assert.CatchAsync<OperationCanceledException>(() => client.GetMarketCapRankingAsync(cancellationToken: cancellation.Token));
        server.IsSilent = _ => false;

        Assert.That(canceled!.CancellationToken, Is.EqualTo(cancellation.Token));
        Assert.That((await client.GetMarketCapRankingAsync()).Origin, Is.EqualTo(DataOrigin.Network));
    }

    // Whatever is held of OKX's lists is too old to stand in.
    private static void Impatient(OkxMarketDataOptions options) =>
        (options.Caching.InstrumentsTtl, options.Caching.TickersTtl, options.Caching.MaxStaleTickers, options.Resilience.MaxRetries) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, 4);

    private static FakeMarketCaps Start()
    {
        var server = new FakeMarketCaps { Page = _ => Coins(Coin("bitcoin", "btc", "1.2e12", "60000"), Coin("ethereum", "eth", "3e11", "3000")) };
        server.Pairs.AddRange([("BTC-USDT", "60100", "1", "live"), ("ETH-USDT", "2990", "1", "live")]);
        return server;
    }
}
