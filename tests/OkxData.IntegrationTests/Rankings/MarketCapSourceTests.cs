using Microsoft.Extensions.DependencyInjection;
using Moq;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Rankings;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Rankings;

public sealed class MarketCapSourceTests
{
    [Test]
    public async Task AddMarketCapSource_ASourceOfYourOwn_IsAskedFirstAndOnceForMany()
    {
        await using var simulator = await OkxSimulator.StartAsync(options => options.StartAt = SimulatedClient.Now);
        var source = new Mock<IMarketCapSource>();
        source.SetupGet(one => one.Name).Returns("mine");
        source.Setup(one => one.GetListingAsync(null, 1000, It.IsAny<CancellationToken>())).ReturnsAsync(new MarketCapListing
        {
            AsOf = SimulatedClient.Now,
            Ids = MarketCapIds.OkxCurrency,
            Entries = [Entry("XRP", 3), Entry("BTC", 2), Entry("NONE", 9)],
        });
        var folder = Directory.CreateTempSubdirectory("okxdata-test-");
        try
        {
            await using var client = OkxMarketClient.Create(options => options.Caching.Directory = folder.FullName, builder => builder.UseSimulator(simulator).AddMarketCapSource(source.Object));

            var rankings = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => client.GetMarketCapRankingAsync()));

            Assert.That(rankings[99].Assets.Select(asset => asset.Symbol), Is.EqualTo(new[] { "XRP-USDT", "BTC-USDT" }));
            Assert.That(rankings[99].Source, Is.EqualTo("mine"));
            source.Verify(one => one.GetListingAsync(It.IsAny<DateTimeOffset?>(), It.IsAny<int>(), It.IsAny<CancellationToken>()), Times.Once);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [TestCase(typeof(HttpRequestException))]
    [TestCase(typeof(InvalidOperationException))]
    [TestCase(typeof(OperationCanceledException))]
    public async Task AddMarketCapSource_OneThatThrowsWhatItLikes_IsPassedOver(Type exception)
    {
        await using var simulator = await OkxSimulator.StartAsync(options => options.StartAt = SimulatedClient.Now);
        var source = new Mock<IMarketCapSource>();
        source.Setup(one => one.GetListingAsync(null, It.IsAny<int>(), It.IsAny<CancellationToken>())).ThrowsAsync((Exception)Activator.CreateInstance(exception)!);
        await using var client = OkxMarketClient.Create(
            options => options.Caching.Mode = CacheMode.Off, builder => builder.UseSimulator(simulator).AddMarketCapSource(source.Object));

        Assert.That((await client.GetMarketCapRankingAsync()).Source, Is.EqualTo("CoinGecko"));
    }

    [Test]
    public async Task AddMarketCapSource_RowsThatNameNothing_AreLeftOutAndTheOthersCount()
    {
        await using var simulator = await OkxSimulator.StartAsync(options => options.StartAt = SimulatedClient.Now);
        var source = new Mock<IMarketCapSource>();
        source.SetupGet(one => one.Name).Returns("mine");
        source.Setup(one => one.GetListingAsync(null, It.IsAny<int>(), It.IsAny<CancellationToken>())).ReturnsAsync(new MarketCapListing
        {
            AsOf = SimulatedClient.Now,
            Ids = MarketCapIds.OkxCurrency,
            Entries = [Entry("BTC", 2), Entry(null!, 3), Entry("", 4), null!, Entry("ETH", -1), Entry("XRP", 1) with { Name = null! }],
        });
        await using var client = OkxMarketClient.Create(
            options => options.Caching.Mode = CacheMode.Off, builder => builder.UseSimulator(simulator).AddMarketCapSource(source.Object));

        var ranking = await client.GetMarketCapRankingAsync();

        Assert.That(ranking.Assets.Select(asset => asset.Symbol), Is.EqualTo(new[] { "BTC-USDT", "XRP-USDT" }));
        Assert.That(ranking.Excluded.Single(asset => asset.SourceId == "ETH").Reason, Is.EqualTo(ExclusionReason.NoMarketCap));
    }

    [Test]
    public async Task AddMarketCapSource_OneThatLooksAhead_IsNotUsedForThePast()
    {
        await using var simulator = await OkxSimulator.StartAsync(options => options.StartAt = SimulatedClient.Now);
        var source = new Mock<IMarketCapSource>();
        source.Setup(one => one.GetListingAsync(It.IsAny<DateTimeOffset?>(), It.IsAny<int>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync(new MarketCapListing { AsOf = SimulatedClient.Now, Ids = MarketCapIds.OkxCurrency, Entries = [Entry("BTC", 2)] });
        await using var client = OkxMarketClient.Create(
            options => options.Caching.Mode = CacheMode.Off, builder => builder.UseSimulator(simulator).AddMarketCapSource(source.Object));

        await Assert.ThatAsync(() => client.GetMarketCapRankingAsync(new MarketCapQuery { AsOf = SimulatedClient.Now.AddDays(-1) }), Throws.TypeOf<OkxCacheException>());
    }

    [Test]
    public async Task GetMarketCapRankingAsync_ShortRetryAfter_IsWaitedFor()
    {
        await using var simulated = await SimulatedClient.StartAsync(options => options.Faults.RetryAfter = TimeSpan.FromSeconds(1));
        simulated.Simulator.FailNext(FaultKind.TooManyRequestsRetryAfter, 1, SimulatorPaths.CoinGeckoMarkets);

        var ranking = await simulated.Client.GetMarketCapRankingAsync();

        Assert.That(ranking.Source, Is.EqualTo("CoinGecko"));
        var arrivals = simulated.Simulator.Requests.Where(request => request.Path == SimulatorPaths.CoinGeckoMarkets).Select(request => request.Arrival).ToList();
        Assert.That(arrivals[1] - arrivals[0], Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)));
    }

    [TestCase("demo", null, "https://api.coingecko.com/", "x-cg-demo-api-key")]
    [TestCase(null, "paid", "https://pro-api.coingecko.com/", "x-cg-pro-api-key")]
    [TestCase(null, null, "https://api.coingecko.com/", null)]
    public void CoinGeckoKeys_ChooseTheHostAndTheHeader(string? demo, string? pro, string host, string? header)
    {
        var services = new ServiceCollection();
        services.AddOkxMarketData(options => (options.Rankings.CoinGeckoDemoKey, options.Rankings.CoinGeckoProKey, options.Environment) = (demo, pro, OkxEnvironment.Demo));
        using var provider = services.BuildServiceProvider();
        var clients = provider.GetRequiredService<IHttpClientFactory>();

        var gecko = clients.CreateClient("OkxData/CoinGecko");

        Assert.That(gecko.BaseAddress, Is.EqualTo(new Uri(host)));
        Assert.That(gecko.DefaultRequestHeaders.Select(one => one.Key), Is.EquivalentTo(header is null ? ["Accept", "User-Agent"] : new[] { "Accept", "User-Agent", header }));
        Assert.That(clients.CreateClient("OkxData/CoinPaprika").DefaultRequestHeaders.Select(one => one.Key), Is.EquivalentTo(new[] { "Accept", "User-Agent" }), "nobody else sees the key, nor OKX's headers");
    }

    private static MarketCapEntry Entry(string currency, decimal cap) => new() { Id = currency, Ticker = currency, MarketCap = cap, Price = 1 };
}
