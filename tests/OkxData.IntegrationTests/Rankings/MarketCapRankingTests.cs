using NUnit.Framework;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Rankings;

/// <summary>Rankings of now through the public door, with every trap of a real feed.</summary>
public sealed partial class MarketCapRankingTests
{
    /// <summary>The simulator's first fifty pairs, in the order of their capitalisation.</summary>
    private static readonly string[] Largest =
    [
        .. ("BTC ETH SOL XRP BNB DOGE ADA TRX LTC BCH LINK XLM ETC DOT ATOM FIL XTZ ALGO VET THETA NEO IOTA DASH ZEC QTUM ZIL BAT ZRX ICX ONT KSM WAVES KNC "
            + "AVAX UNI AAVE COMP SNX SUSHI YFI CRV GRT NEAR HBAR EGLD FLOW CHZ ENJ MANA SAND").Split(' ').Select(currency => currency + "-USDT"),
    ];

    [Test]
    public async Task GetMarketCapRankingAsync_EveryTrapInTheFeed_IsExactlyTheExpectedListInOrder()
    {
        await using var simulated = await SimulatedClient.StartAsync(AddUnwanted);

        var ranking = await simulated.Client.GetMarketCapRankingAsync();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(ranking.Assets.Select(asset => asset.Symbol), Is.EqualTo(Largest));
            Assert.That(ranking.Assets.Select(asset => asset.MarketCapRank), Is.EqualTo(Enumerable.Range(1, 50)));
            Assert.That(ranking.Assets.Select(asset => asset.MarketCap), Is.Ordered.Descending);
            Assert.That((ranking.Origin, ranking.Source, ranking.IsPointInTime, ranking.Bias, ranking.IsComplete, ranking.Requested),
                Is.EqualTo((DataOrigin.Network, "CoinGecko", true, RankingBias.None, true, 50)));
        }
    }

    [Test]
    public async Task GetMarketCapRankingAsync_EveryTrapInTheFeed_EveryExclusionHasItsReason()
    {
        await using var simulated = await SimulatedClient.StartAsync(AddUnwanted);

        var left = (await simulated.Client.GetMarketCapRankingAsync()).Excluded;

        Assert.That(left.Where(asset => asset.Reason != ExclusionReason.NotListed).Select(asset => (asset.Symbol, asset.SourceId, asset.Reason, asset.Class)), Is.EquivalentTo(new[]
        {
            ("BTC", "bitcoin-of-nobody", ExclusionReason.AnotherAssetOfThatTicker, AssetClass.Coin),
            ("APT", "aptos-of-nobody", ExclusionReason.AnotherAssetOfThatTicker, AssetClass.Coin),
            ("USDT", "tether", ExclusionReason.Class, AssetClass.Stablecoin),
            ("USDC-USDT", "usd-coin", ExclusionReason.Class, AssetClass.Stablecoin),
            ("WBTC-USDT", "wrapped-bitcoin", ExclusionReason.Class, AssetClass.Wrapped),
            ("STETH", "staked-ether", ExclusionReason.Class, AssetClass.Staked),
            ("QUIET", "quiet-note", ExclusionReason.Class, AssetClass.Stablecoin),
            ("WRSOL", "invented-wrapped-sol", ExclusionReason.Class, AssetClass.Wrapped),
            ("PAXG-USDT", "pax-gold", ExclusionReason.Class, AssetClass.Commodity),
            ("XNVDA-USDT", "xnvda", ExclusionReason.Class, AssetClass.TokenizedStock),
            ("BTC3L-USDT", "btc3l", ExclusionReason.Class, AssetClass.Leveraged),
            ("HALT-USDT", "halt", ExclusionReason.NotLive, AssetClass.Coin),
            ("TESTPM-USDT", "testpm", ExclusionReason.TestInstrument, AssetClass.Coin),
            ("LUNA-USDT", "terra-luna-2", ExclusionReason.PriceDisagrees, AssetClass.Coin),
            ("NOCAP-USDT", "nocap", ExclusionReason.NoMarketCap, AssetClass.Coin),
        }));
        Assert.That(left.Select(asset => asset.Detail), Has.None.Empty);
        Assert.That(left.Single(asset => asset.Symbol == "LUNA-USDT").Detail, Does.Contain("terra-luna-2 costs 90 USD").And.Contain("where 10 % are allowed"));
        Assert.That(left.Where(asset => asset.Reason == ExclusionReason.NotListed).Select(asset => asset.SourceId), Has.All.StartsWith("unlisted-").Or.EqualTo("luna-of-mine"));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_Figures_AreThoseOfOkxAndOfTheSource()
    {
        await using var simulated = await SimulatedClient.StartAsync();

        var ranking = await simulated.Client.GetMarketCapRankingAsync(new MarketCapQuery { Top = 3, QuoteCurrency = "usdt" });
        var ticker = (await simulated.Client.GetTickersAsync()).Single(one => one.Symbol == "ETH-USDT");

        var ether = ranking.Assets[1];
        Assert.That((ether.Symbol, ether.Name, ether.SourceId, ether.MarketCap, ether.GlobalRank), Is.EqualTo(("ETH-USDT", "ethereum", "ethereum", 375_000_000_000m, 5)));
        Assert.That(ether.Price, Is.EqualTo(ticker.Price).Within(10).Percent);
        Assert.That(ether.Volume24h, Is.Positive);
        Assert.That(ether.CirculatingSupply, Is.EqualTo(ether.MarketCap / ether.Price).Within(1).Percent);
        Assert.That(ether.Timestamp, Is.EqualTo(SimulatedClient.Now).Within(TimeSpan.FromMinutes(5)));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_FewerThanAskedFor_SaysSo()
    {
        await using var simulated = await SimulatedClient.StartAsync();

        var ranking = await simulated.Client.GetMarketCapRankingAsync(new MarketCapQuery { Top = 500 });

        Assert.That((ranking.Assets.Count, ranking.Requested, ranking.IsComplete), Is.EqualTo((64, 500, false)));
        Assert.That(ranking.ToString(), Does.StartWith("64 of 500 assets"));
        Assert.That(simulated.Log.GetSnapshot().Select(record => record.Message), Has.Exactly(1).EqualTo("Only 64 of 500 assets in USDT qualify for the ranking"));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_HundredCallersAtOnce_AreOneFetchAndAnotherSizeNoneAtAll()
    {
        await using var simulated = await SimulatedClient.StartAsync();

        var rankings = await Task.WhenAll(Enumerable.Range(1, 100).Select(top => simulated.Client.GetMarketCapRankingAsync(new MarketCapQuery { Top = top })));
        await using var later = simulated.Again();
        var cached = await later.Client.GetMarketCapRankingAsync(new MarketCapQuery { Top = 10 });

        Assert.That(rankings.Select(ranking => ranking.Assets.Count), Is.EqualTo(Enumerable.Range(1, 100).Select(top => Math.Min(top, 64))));
        Assert.That(simulated.Simulator.RequestCount(SimulatorPaths.CoinGeckoMarkets), Is.EqualTo(8), "two pages and six categories");
        Assert.That(simulated.Simulator.TotalRequests, Is.EqualTo(10), "and instruments and tickers");
        Assert.That((cached.Origin, cached.Assets[9]), Is.EqualTo((DataOrigin.Cache, rankings[9].Assets[9])));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_ClassesKeptOrNamed_FollowTheQuery()
    {
        await using var simulated = await SimulatedClient.StartAsync(AddUnwanted);

        var all = await simulated.Client.GetMarketCapRankingAsync(new MarketCapQuery { Top = 500, ExcludeClasses = false });
        var named = await simulated.Client.GetMarketCapRankingAsync(new MarketCapQuery { Top = 4, Include = ["usdc"], Exclude = ["BTC"] });

        Assert.That(all.Assets.Select(asset => asset.Symbol), Is.SupersetOf(new[] { "USDC-USDT", "WBTC-USDT", "PAXG-USDT", "BTC3L-USDT" }).And.None.EqualTo("LUNA-USDT"));
        Assert.That(named.Assets.Select(asset => asset.Symbol), Is.EqualTo(new[] { "ETH-USDT", "SOL-USDT", "XRP-USDT", "USDC-USDT" }));
        Assert.That(named.Excluded.Single(asset => asset.SourceId == "bitcoin").Reason, Is.EqualTo(ExclusionReason.ByRequest));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_ClassesAndIdsOfYourOwn_ComeBeforeTheTables()
    {
        await using var simulated = await SimulatedClient.StartAsync(AddUnwanted, options =>
        {
            options.Rankings.Classes["eth"] = AssetClass.Wrapped;
            options.Rankings.Classes["USDC"] = AssetClass.Coin;
            options.Rankings.AssetIds["LUNA"] = "luna-of-mine";
        });
        simulated.Simulator.AddSymbol(new SimulatedSymbol { Symbol = "LUNA-USDT", Price = 2 });

        var ranking = await simulated.Client.GetMarketCapRankingAsync(new MarketCapQuery { Top = 500 });

        Assert.That(ranking.Assets.Select(asset => asset.Symbol), Has.Some.EqualTo("USDC-USDT").And.None.EqualTo("ETH-USDT"));
        Assert.That(ranking.Assets.Single(asset => asset.Symbol == "LUNA-USDT").SourceId, Is.EqualTo("luna-of-mine"));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(501)]
    public async Task GetMarketCapRankingAsync_BadNumber_ThrowsAtTheCallBeforeAnythingIsSent(int top)
    {
        await using var simulated = await SimulatedClient.StartAsync();

        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => { _ = simulated.Client.GetMarketCapRankingAsync(new MarketCapQuery { Top = top }); })!;

        Assert.That((thrown.ParamName, simulated.Simulator.TotalRequests), Is.EqualTo(("query", 0)));
        Assert.That(thrown.Message, Does.StartWith("Top must be from 1 to 500."));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_OfflineAndNothingHeld_SaysWhatIsMissing()
    {
        await using var simulated = await SimulatedClient.StartAsync(client: options => options.Caching.Mode = CacheMode.Offline);

        await Assert.ThatAsync(() => simulated.Client.GetMarketCapRankingAsync(), Throws.TypeOf<OkxCacheException>().With.Message.Contains("market capitalisations"));
        Assert.That(simulated.Simulator.TotalRequests, Is.Zero);
    }

    private static void AddUnwanted(OkxSimulatorOptions options)
    {
        options.MarketCaps.IncludeListed = true;
        foreach (var symbol in (SimulatedSymbol[])
        [
            new() { Symbol = "USDC-USDT", Price = 1 },
            new() { Symbol = "WBTC-USDT", Price = 60_000 },
            new() { Symbol = "PAXG-USDT", Price = 4_000 },
            new() { Symbol = "XNVDA-USDT", Price = 180, Category = "3" },
            new() { Symbol = "BTC3L-USDT", Price = 12 },
            new() { Symbol = "HALT-USDT", Price = 5, State = "suspend" },
            new() { Symbol = "TESTPM-USDT", Price = 5, State = "test" },
            new() { Symbol = "LUNA-USDT", Price = 2 },
            new() { Symbol = "NOCAP-USDT", Price = 2 },
        ])
        {
            options.Symbols.Add(symbol);
        }

        foreach (var asset in (SimulatedAsset[])
        [
            Big("wrapped-bitcoin", "WBTC", 90) with { PriceOf = "WBTC-USDT", Name = "Wrapped Bitcoin" },
            Big("usd-coin", "USDC", 80) with { PriceOf = "USDC-USDT" },
            Big("pax-gold", "PAXG", 70),
            Big("xnvda", "XNVDA", 60),
            Big("btc3l", "BTC3L", 50),
            Big("halt", "HALT", 40),
            Big("testpm", "TESTPM", 30),
            Big("terra-luna-2", "LUNA", 20) with { PriceOf = null, Price = 90 },
            Big("luna-of-mine", "LUNM", 10) with { PriceOf = "LUNA-USDT" },
            Big("nocap", "NOCAP", 0) with { MarketCap = null },
        ])
        {
            options.MarketCaps.Assets.Add(asset);
        }
    }

    private static SimulatedAsset Big(string id, string ticker, int billions) =>
        new() { Id = id, Ticker = ticker, PriceOf = $"{ticker}-USDT", MarketCap = billions * 1_000_000_000m };
}
