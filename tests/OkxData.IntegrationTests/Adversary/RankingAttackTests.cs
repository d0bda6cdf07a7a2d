using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Models;
using static OkxData.IntegrationTests.Adversary.FakeMarketCaps;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>Feeds that no simulator of ours would send, through the public door.</summary>
public sealed class RankingAttackTests
{
    private const string Paprikas = """[{"id":"btc-bitcoin","symbol":"BTC","name":"Bitcoin","rank":1,"quotes":{"USD":{"price":60000,"market_cap":1.2e12}}}]""";

    private static readonly string Bitcoin = Coin("bitcoin", "btc", "1.2e12", "60000"), Ether = Coin("ethereum", "eth", "3e11", "\"3000\"");

    [Test]
    public async Task GetMarketCapRankingAsync_AsJson_IsExactlyTheDocumentedShape()
    {
        await using var server = Start();

        var json = JsonSerializer.Serialize((await server.Client().GetMarketCapRankingAsync()).Assets);

        Assert.That(json, Is.EqualTo(
            """[{"symbol":"BTC-USDT","market_cap_rank":1,"price":60100,"volume_24h":5000,"timestamp":"2026-05-28T20:26:40+00:00","market_cap":1200000000000,"circulating_supply":1},"""
            + """{"symbol":"ETH-USDT","market_cap_rank":2,"price":2990,"volume_24h":5000,"timestamp":"2026-05-28T20:26:40+00:00","market_cap":300000000000,"circulating_supply":1}]"""));
        Assert.That(JsonSerializer.Deserialize<List<RankedAsset>>(json)![1].Price, Is.EqualTo(2990m));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_RowsThatSlideBetweenPages_AreRankedOnce()
    {
        await using var server = Start();
        string Unlisted(int i) => Coin($"coin-{i}", $"c{i}", "2e12", "1");
        server.Page = page => page switch
        {
            1 => Coins(Enumerable.Range(0, 249).Select(Unlisted).Append(Bitcoin)),
            2 => Coins(Bitcoin, Coin("bitcoin", "btc", "7", "60000"), Ether),
            _ => Coins(),
        };

        var ranking = await server.Client().GetMarketCapRankingAsync();

        Assert.That(ranking.Assets.Select(asset => (asset.Symbol, asset.MarketCap)), Is.EqualTo(new[] { ("BTC-USDT", 1.2e12m), ("ETH-USDT", 3e11m) }));
        Assert.That(PageRequests(server), Is.EqualTo(2), "the second page is the last");
    }

    [Test]
    public async Task GetMarketCapRankingAsync_ShortPage_NeedNotBeTheLast()
    {
        await using var server = Start();
        server.Page = page => page switch
        {
            1 => Coins(Enumerable.Range(0, 240).Select(i => Coin($"coin-{i}", $"c{i}", "2e12", "1")).Append(Bitcoin)),
            2 => Coins(Ether),
            _ => Coins(),
        };

        var ranking = await server.Client().GetMarketCapRankingAsync();

        Assert.That(ranking.Assets.Select(asset => asset.Symbol), Is.EqualTo(new[] { "BTC-USDT", "ETH-USDT" }), "copies may be taken out of a page after it was cut");
        Assert.That(PageRequests(server), Is.EqualTo(2));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_OnlyOkxIsDown_IsMarkedWithTheAgeOfItsPart()
    {
        await using var server = Start();
        var clock = new FakeTimeProvider(AdversaryHost.Now);
        var client = server.Client(
            options => (options.Caching.InstrumentsTtl, options.Caching.TickersTtl) = (TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1)),
            builder => builder.Services.AddSingleton<TimeProvider>(clock));
        await client.GetMarketCapRankingAsync();
        server.IsOkxDown = true;
        clock.Advance(TimeSpan.FromMinutes(3));

        var ranking = await client.GetMarketCapRankingAsync();

        Assert.That((ranking.Assets.Count, ranking.Origin, ranking.AsOf, ranking.Age), Is.EqualTo((2, DataOrigin.StaleCache, clock.GetUtcNow(), TimeSpan.FromMinutes(3))));
    }

    [TestCase(200, """{"status":{"error_code":429,"error_message":"You've exceeded the Rate Limit."}}""")]
    [TestCase(429, """{"status":{"error_code":429,"error_message":"You've exceeded the Rate Limit."}}""")]
    [TestCase(403, "error code: 1020")]
    [TestCase(200, "<!DOCTYPE html><html><title>Just a moment...</title></html>")]
    [TestCase(200, "null")]
    [TestCase(200, "[]")]
    [TestCase(200, "[{\"id\":\"bitcoin\",\"symbol\":\"btc\",\"market_cap\":NaN,\"current_price\":1}]")]
    [TestCase(200, "[{\"id\":\"bitcoin\",\"symbol\":\"btc\",\"market_cap\":null,\"current_price\":null}]")]
    public async Task GetMarketCapRankingAsync_NoFiguresFromCoinGecko_AreThoseOfCoinPaprikaOrAClearError(int status, string body)
    {
        await using var lonely = Start();
        await using var server = Start();
        lonely.Page = server.Page = _ => (status, body);
        server.CoinPaprika = () => (200, Paprikas);

        await Assert.ThatAsync(() => lonely.Client().GetMarketCapRankingAsync(), Throws.InstanceOf<OkxException>()
            .With.Message.StartsWith("No market capitalisations could be fetched: CoinGecko").And.Message.Contains("AddMarketCapSource"));
        var ranking = await server.Client(options => options.Resilience.MaxRetries = status == 429 ? 4 : 0).GetMarketCapRankingAsync();

        Assert.That((ranking.Source, ranking.Assets.Single().Symbol), Is.EqualTo(("CoinPaprika", "BTC-USDT")));
        Assert.That(ranking.MissingCategories, Is.Empty, "CoinPaprika has none");
    }

    [Test]
    public async Task GetMarketCapRankingAsync_CoinGeckoHasEnoughOfUs_NobodyWaitsForItsNextMinute()
    {
        await using var server = Start();
        server.Page = _ => (429, "");
        server.CoinPaprika = () => (200, Paprikas);

        var ranking = await server.Client(options => options.Resilience.MaxRetries = 4).GetMarketCapRankingAsync().WaitAsync(TimeSpan.FromSeconds(30));

        Assert.That((ranking.Source, PageRequests(server)), Is.EqualTo(("CoinPaprika", 1)));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_FiguresThatAreNone_LoseTheirPlaceAndSayWhy()
    {
        await using var server = Start();
        server.Pairs.AddRange([("LTC-USDT", "90", "1", "live"), ("DASH-USDT", "30", "1", "live"), ("ZEC-USDT", "0", "1", "live"), ("NEO-USDT", "", "1", "live")]);
        server.Page = _ => Coins(Coin("litecoin", "ltc", "-5e12", "90"), Bitcoin, Coin("dash", "dash", "9e99", "30"), Coin("zcash", "zec", "5e10", "40"), Coin("neo", "neo", "4e10", "3"), Ether);

        var ranking = await server.Client().GetMarketCapRankingAsync();

        Assert.That(ranking.Assets.Select(asset => asset.Symbol), Is.EqualTo(new[] { "BTC-USDT", "ETH-USDT" }));
        Assert.That(ranking.Excluded.Select(asset => (asset.Symbol, asset.Reason)), Is.EquivalentTo(new[]
        {
            ("LTC-USDT", ExclusionReason.NoMarketCap), ("DASH-USDT", ExclusionReason.NoMarketCap), ("ZEC-USDT", ExclusionReason.NoPrice), ("NEO-USDT", ExclusionReason.NoPrice),
        }));
        Assert.That(ranking.Excluded.Single(asset => asset.Symbol == "LTC-USDT").Detail, Does.EndWith("its market capitalisation -5000000000000 is less than zero"));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_ServerThatKnowsNoCategories_IsNotTakenAtItsWord()
    {
        await using var server = Start();
        server.Category = _ => server.Page(1);
        var client = server.Client();

        var ranking = await client.GetMarketCapRankingAsync();
        await client.GetMarketCapRankingAsync();

        Assert.That(ranking.Assets.Select(asset => asset.Symbol), Is.EqualTo(new[] { "BTC-USDT", "ETH-USDT" }));
        Assert.That(ranking.MissingCategories, Has.Count.EqualTo(6));
        Assert.That(CategoryRequests(server), Is.EqualTo(1), "and it is left alone for a while");
    }

    [TestCase(500, "")]
    [TestCase(404, """{"error":"category not found"}""")]
    [TestCase(200, "<html></html>")]
    public async Task GetMarketCapRankingAsync_CategoriesFail_TheRankingDoesNotAndSaysWhatIsMissing(int status, string body)
    {
        await using var server = Start();
        server.Pairs.Add(("QNOTE-USDT", "1", "1", "live"));
        server.Page = _ => Coins(Bitcoin, Ether, Coin("quiet-note", "qnote", "5e12", "1"));
        server.Category = category => category == "stablecoins" ? Coins(Coin("quiet-note", "qnote", "5e12", "1")) : (status, body);
        var client = server.Client();

        var ranking = await client.GetMarketCapRankingAsync();
        server.Category = _ => (status, body);
        var cached = await server.Client().GetMarketCapRankingAsync();
        var stored = await client.GetMarketCapRankingAsync(new MarketCapQuery { AsOf = cached.AsOf });

        foreach (var one in (MarketCapRanking[])[ranking, cached, stored])
        {
            Assert.That(one.Assets.Select(asset => asset.Symbol), Is.EqualTo(new[] { "BTC-USDT", "ETH-USDT" }));
            Assert.That(one.Excluded.Single().Detail, Is.EqualTo("it is a stablecoin, by CoinGecko's category stablecoins"));
            Assert.That(one.MissingCategories, Is.EqualTo(new[] { "wrapped-tokens", "liquid-staking-tokens", "tokenized-stock", "tokenized-gold", "tokenized-treasuries" }));
        }

        Assert.That(stored.AsOf, Is.EqualTo(cached.AsOf));
        Assert.That(CategoryRequests(server), Is.EqualTo(3), "the first that fails ends the asking of a client");
    }

    [Test]
    public async Task GetMarketCapRankingAsync_EnoughOfCategories_IsNotAskedForMore()
    {
        await using var server = Start();
        server.Category = _ => (429, "");
        var client = server.Client(options => options.Resilience.MaxRetries = 4);

        var first = await client.GetMarketCapRankingAsync();
        var second = await client.GetMarketCapRankingAsync();

        Assert.That((first.Assets.Count, second.Assets.Count, second.MissingCategories.Count), Is.EqualTo((2, 2, 6)));
        Assert.That((CategoryRequests(server), PageRequests(server)), Is.EqualTo((1, 2)));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_CategoriesClearedOrOfYourOwn_FollowTheOptions()
    {
        await using var server = Start();
        server.Pairs.Add(("QNOTE-USDT", "1", "1", "live"));
        server.Page = _ => Coins(Bitcoin, Ether, Coin("quiet-note", "qnote", "5e12", "1"));
        server.Category = category => category == "of-mine" ? Coins(Coin("quiet-note", "qnote", "5e12", "1"), Coin("ripple", "xrp", "1", "1")) : Coins();

        var none = await server.Client(options => options.Rankings.CoinGeckoCategories.Clear()).GetMarketCapRankingAsync();
        var asked = CategoryRequests(server);
        var mine = await server.Client(UseMine).GetMarketCapRankingAsync();
        var overridden = await server.Client(options =>
        {
            UseMine(options);
            options.Rankings.Classes["quiet-note"] = AssetClass.Coin;
        }).GetMarketCapRankingAsync();

        Assert.That((none.Assets[0].Symbol, none.MissingCategories.Count, asked), Is.EqualTo(("QNOTE-USDT", 0, 0)));
        Assert.That(mine.Excluded.Single(asset => asset.SourceId == "quiet-note").Class, Is.EqualTo(AssetClass.Bridged));
        Assert.That(overridden.Assets[0].Symbol, Is.EqualTo("QNOTE-USDT"));

        static void UseMine(OkxMarketDataOptions options)
        {
            options.Rankings.CoinGeckoCategories.Clear();
            options.Rankings.CoinGeckoCategories["of-mine"] = AssetClass.Bridged;
        }
    }

    [Test]
    public async Task GetMarketCapRankingAsync_WithoutACache_CategoriesAreAskedOnceAClient()
    {
        await using var server = Start();
        var client = server.Client(options => options.Caching.Mode = CacheMode.Off);

        await client.GetMarketCapRankingAsync();
        await client.GetMarketCapRankingAsync();

        Assert.That(CategoryRequests(server), Is.EqualTo(6));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_QuoteCurrencies_AreComparedAtTheirRate()
    {
        await using var server = Start();
        server.Pairs.AddRange([("BTC-EUR", "50000", "1", "live"), ("ETH-EUR", "2500", "1", "live"), ("ETH-BTC", "0.05", "1", "live"), ("BTC-USDC", "60200", "1", "live"), ("ETH-USDC", "6000", "1", "live")]);
        var client = server.Client(options => options.Caching.RankingsTtl = TimeSpan.FromHours(1));

        Assert.That(await SymbolsAsync("EUR"), Is.EqualTo(new[] { "BTC-EUR", "ETH-EUR" }));
        Assert.That(await SymbolsAsync("BTC"), Is.EqualTo(new[] { "ETH-BTC" }));
        Assert.That(await SymbolsAsync("USDC"), Is.EqualTo(new[] { "BTC-USDC" }), "ether at twice its price is not ether");

        async Task<IEnumerable<string>> SymbolsAsync(string quote) => (await client.GetMarketCapRankingAsync(new MarketCapQuery { QuoteCurrency = quote })).Assets.Select(asset => asset.Symbol);
    }

    [Test]
    public async Task GetMarketCapRankingAsync_HugeReply_IsRefusedAndWhatIsStoredStandsIn()
    {
        await using var server = Start();
        var client = server.Client(options => options.Resilience.MaxResponseBytes = 64 * 1024);
        var before = await client.GetMarketCapRankingAsync();
        server.Page = _ => Coins(Enumerable.Repeat(Bitcoin, 2000));

        var after = await client.GetMarketCapRankingAsync();

        Assert.That((after.AsOf, after.Origin, after.Assets.Count), Is.EqualTo((before.AsOf, DataOrigin.StaleCache, 2)));
    }

    private static FakeMarketCaps Start()
    {
        var server = new FakeMarketCaps { Page = _ => Coins(Bitcoin, Ether) };
        server.Pairs.AddRange([("BTC-USDT", "60100", "1", "live"), ("ETH-USDT", "2990", "1", "live")]);
        return server;
    }

    private static int PageRequests(FakeMarketCaps server) => server.Targets.Count(target => target.StartsWith(Markets, StringComparison.Ordinal)) - CategoryRequests(server);

    private static int CategoryRequests(FakeMarketCaps server) => server.Targets.Count(target => target.Contains("category=", StringComparison.Ordinal));
}
