using NUnit.Framework;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Rankings;

/// <content>Sources that fail.</content>
public sealed partial class MarketCapRankingTests
{
    private const int Always = 1000;

    [TestCase(FaultKind.ServiceUnavailable)]
    [TestCase(FaultKind.BadGateway)]
    [TestCase(FaultKind.TooManyRequests)]
    [TestCase(FaultKind.TruncatedJson)]
    [TestCase(FaultKind.EmptyBody)]
    [TestCase(FaultKind.WrongJson)]
    [TestCase(FaultKind.ConnectionReset)]
    public async Task GetMarketCapRankingAsync_CoinGeckoFails_IsTheSameListFromCoinPaprika(FaultKind kind)
    {
        await using var simulated = await SimulatedClient.StartAsync(AddUnwanted, Impatient);
        simulated.Simulator.FailNext(kind, Always, SimulatorPaths.CoinGeckoMarkets);

        var ranking = await simulated.Client.GetMarketCapRankingAsync();

        Assert.That(ranking.Assets.Select(asset => asset.Symbol), Is.EqualTo(Largest));
        Assert.That((ranking.Source, ranking.Origin, ranking.Assets[0].SourceId), Is.EqualTo(("CoinPaprika", DataOrigin.Network, "btc-bitcoin")));
        Assert.That(ranking.Assets[0].CirculatingSupply, Is.EqualTo(ranking.Assets[0].MarketCap / ranking.Assets[0].Price).Within(1).Percent);
        Assert.That(simulated.Log.GetSnapshot().Select(record => record.Message), Has.Exactly(1).StartsWith("The market capitalisations are those of CoinPaprika, since others did not answer: CoinGecko: GET /api/v3/coins/markets"));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_SecondPageFails_IsNotHalfAList()
    {
        await using var simulated = await SimulatedClient.StartAsync(client: Impatient);
        await simulated.Client.GetMarketCapRankingAsync();
        var whole = simulated.Simulator.Requests.Count(request => request.Path == SimulatorPaths.CoinGeckoMarkets && !request.Query.Contains("category"));
        simulated.Simulator.SetFaults(1, SimulatorPaths.CoinGeckoMarkets, FaultKind.InternalServerError);

        var ranking = await simulated.Client.GetMarketCapRankingAsync();

        Assert.That((whole, ranking.Source), Is.EqualTo((2, "CoinPaprika")));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_LongRetryAfter_IsNotWaitedForWhileAnotherSourceAnswers()
    {
        await using var simulated = await SimulatedClient.StartAsync(options => options.Faults.RetryAfter = TimeSpan.FromMinutes(5));
        simulated.Simulator.FailNext(FaultKind.TooManyRequestsRetryAfter, 1, SimulatorPaths.CoinGeckoMarkets);

        var ranking = await simulated.Client.GetMarketCapRankingAsync();

        Assert.That((ranking.Source, simulated.Simulator.RequestCount(SimulatorPaths.CoinGeckoMarkets)), Is.EqualTo(("CoinPaprika", 1)));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_BothDown_IsTheStoredRankingMarkedWithItsAge()
    {
        await using var simulated = await SimulatedClient.StartAsync(client: Impatient);
        var before = await simulated.Client.GetMarketCapRankingAsync();
        FailBoth(simulated, FaultKind.ServiceUnavailable);

        var stale = await simulated.Client.GetMarketCapRankingAsync();

        Assert.That(stale.Assets, Is.EqualTo(before.Assets));
        Assert.That((stale.Origin, stale.AsOf, stale.IsPointInTime), Is.EqualTo((DataOrigin.StaleCache, before.AsOf, true)));
        Assert.That(stale.Age, Is.GreaterThan(TimeSpan.Zero).And.LessThan(TimeSpan.FromMinutes(5)));
        Assert.That(stale.ToString(), Does.Contain("StaleCache").And.EndWith(" old"));
        Assert.That(simulated.Log.GetSnapshot().Select(record => record.Message), Has.Exactly(1).StartsWith("The market capitalisations are those of 00:0"));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_OkxDownToo_IsTheStoredRankingAsWell()
    {
        await using var simulated = await SimulatedClient.StartAsync(client: Impatient);
        var before = await simulated.Client.GetMarketCapRankingAsync();
        simulated.Simulator.Outage = OutageMode.Close;

        var stale = await simulated.Client.GetMarketCapRankingAsync();

        Assert.That((stale.Origin, stale.AsOf), Is.EqualTo((DataOrigin.StaleCache, before.AsOf)));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_NothingStoredAndBothDown_SaysWhatToDo()
    {
        await using var simulated = await SimulatedClient.StartAsync(client: Impatient);
        FailBoth(simulated, FaultKind.BadGateway);

        await Assert.ThatAsync(() => simulated.Client.GetMarketCapRankingAsync(), Throws.TypeOf<OkxTransportException>()
            .With.Message.StartsWith("No market capitalisations could be fetched: CoinGecko: GET /api/v3/coins/markets for page 1")
            .And.Message.Contains("; CoinPaprika: GET /v1/tickers for all coins")
            .And.Message.EndsWith("Try again later, set Rankings.CoinGeckoDemoKey where the free budget is used up, or add a source of your own with AddMarketCapSource."));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_GarbageFromBoth_IsAClearErrorAndTheCacheKeepsWhatItHad()
    {
        await using var simulated = await SimulatedClient.StartAsync(client: Impatient);
        var before = await simulated.Client.GetMarketCapRankingAsync();
        FailBoth(simulated, FaultKind.WrongJson);

        await Assert.ThatAsync(() => simulated.Client.GetMarketCapRankingAsync(), Throws.TypeOf<OkxPayloadException>()
            .With.Message.Contains("CoinGecko sent coins whose data is StartObject, not an array of rows"));
        await using var patient = simulated.Again();
        var after = await patient.Client.GetMarketCapRankingAsync();

        Assert.That((after.AsOf, after.Origin, after.Assets.Count), Is.EqualTo((before.AsOf, DataOrigin.Cache, 50)));
    }

    private static void FailBoth(SimulatedClient simulated, FaultKind kind)
    {
        simulated.Simulator.FailNext(kind, Always, SimulatorPaths.CoinGeckoMarkets);
        simulated.Simulator.FailNext(kind, Always, SimulatorPaths.CoinPaprikaTickers);
    }

    /// <summary>Asks every time and once.</summary>
    private static void Impatient(OkxMarketDataOptions options) =>
        (options.Caching.RankingsTtl, options.Caching.InstrumentsTtl, options.Caching.TickersTtl, options.Resilience.MaxRetries) = (TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, 0);
}
