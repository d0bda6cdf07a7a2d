using System.Net.WebSockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Moq;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Models;
using OkxData.Streaming;
using OkxData.Testing;
using OkxData.Validation;

namespace OkxData.IntegrationTests.DependencyInjection;

public sealed class AddOkxMarketDataTests
{
    [Test]
    public void AddOkxMarketData_NothingSet_GivesAClient()
    {
        using var provider = new ServiceCollection().AddOkxMarketData().Services.BuildServiceProvider();

        Assert.That(provider.GetRequiredService<IOkxMarketClient>(), Is.SameAs(provider.GetRequiredKeyedService<IOkxMarketClient>("")));
    }

    [Test]
    public async Task AddOkxMarketData_Twice_IsOneClientWithBothSettings()
    {
        await using var simulator = await OkxSimulator.StartAsync();
        var services = new ServiceCollection();
        services.AddOkxMarketData(options => options.Caching.Mode = CacheMode.Off).UseSimulator(simulator);
        services.AddOkxMarketData(options => options.Resilience.MaxRetries = 2);

        await using var provider = services.BuildServiceProvider();
        var tickers = await provider.GetRequiredService<IOkxMarketClient>().GetTickersAsync();

        var set = provider.GetRequiredService<IOptionsMonitor<OkxMarketDataOptions>>().Get("");
        Assert.That((set.Caching.Mode, set.Resilience.MaxRetries), Is.EqualTo((CacheMode.Off, 2)));
        Assert.That(provider.GetServices<IOkxMarketClient>().Count(), Is.EqualTo(1));
        Assert.That(tickers, Is.Not.Empty);
        Assert.That(simulator.TotalRequests, Is.EqualTo(1), "the chain was built once");
    }

    [Test]
    public async Task AddOkxMarketData_Named_IsAKeyedClientOfItsOwn()
    {
        await using var first = await OkxSimulator.StartAsync(options => options.Seed = 1);
        await using var second = await OkxSimulator.StartAsync(options => options.Seed = 2);
        var services = new ServiceCollection();
        services.AddOkxMarketData(options => options.Caching.Mode = CacheMode.Off).UseSimulator(first);
        services.AddOkxMarketData("other", options => options.Caching.Mode = CacheMode.Off).UseSimulator(second);
        await using var provider = services.BuildServiceProvider();

        await provider.GetRequiredService<IOkxMarketClient>().GetTickersAsync();
        await provider.GetRequiredKeyedService<IOkxMarketClient>("other").GetInstrumentsAsync();

        Assert.That(first.Requests.Select(request => request.Path), Is.EqualTo(new[] { SimulatorPaths.Tickers }));
        Assert.That(second.Requests.Select(request => request.Path), Is.EqualTo(new[] { SimulatorPaths.Instruments }));
    }

    [Test]
    public void AddOkxMarketData_FromConfiguration_ReadsEveryRoom()
    {
        var section = Section(
            ("Environment:Name", "mirror"), ("Environment:Rest", "http://localhost:1"), ("Environment:WebSocket", "ws://localhost:1"),
            ("RateLimiting:Share", "0.5"), ("Resilience:MaxRetries", "1"), ("Caching:CandleFormat", "Json"), ("Caching:GapRetryAfter", "1.00:00:00"),
            ("Caching:TickersTtl", "00:00:30"), ("Validation:OnError", "Throw"), ("Rankings:CoinGeckoBaseAddress", "http://localhost:2"), ("Rankings:CoinGeckoDemoKey", "k"),
            ("Rankings:PriceTolerance", "0.05"), ("Rankings:Classes:ABC", "Wrapped"), ("Rankings:AssetIds:XYZ", "x-y-z"), ("Streaming:PingAfter", "00:00:20"));
        using var provider = new ServiceCollection().AddOkxMarketData(section).Services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptionsMonitor<OkxMarketDataOptions>>().Get("");

        Assert.That(options.Environment, Is.EqualTo(OkxEnvironment.Custom("mirror", new Uri("http://localhost:1"), new Uri("ws://localhost:1"))));
        Assert.That((options.RateLimiting.Share, options.Resilience.MaxRetries, options.Caching.CandleFormat, options.Caching.GapRetryAfter, options.Validation.OnError),
            Is.EqualTo((0.5, 1, CandleFormat.Json, TimeSpan.FromDays(1), ValidationAction.Throw)));
        Assert.That((options.Caching.TickersTtl, options.Rankings.CoinGeckoBaseAddress, options.Rankings.CoinGeckoDemoKey, options.Rankings.PriceTolerance),
            Is.EqualTo((TimeSpan.FromSeconds(30), new Uri("http://localhost:2"), "k", 0.05m)));
        Assert.That(options.Streaming.PingAfter, Is.EqualTo(TimeSpan.FromSeconds(20)));
        Assert.That((options.Rankings.Classes["abc"], options.Rankings.AssetIds["xyz"]), Is.EqualTo((AssetClass.Wrapped, "x-y-z")));
    }

    [TestCase("Europe", "eea.okx.com")]
    [TestCase("us", "us.okx.com")]
    [TestCase("demo", "www.okx.com")]
    public void AddOkxMarketData_EnvironmentByName_IsFound(string name, string host)
    {
        using var provider = new ServiceCollection().AddOkxMarketData(Section(("Environment", name))).Services.BuildServiceProvider();

        Assert.That(provider.GetRequiredService<IOptionsMonitor<OkxMarketDataOptions>>().Get("").Environment.Rest.Host, Is.EqualTo(host));
    }

    [TestCase("Cachin:Directory", "x", "Cachin")]
    [TestCase("Caching:Direktory", "x", "Direktory")]
    [TestCase("Environment", "Mars", "Mars")]
    [TestCase("Rankings:CoinGekoDemoKey", "x", "CoinGekoDemoKey")]
    [TestCase("Streaming:PingBefore", "00:00:20", "PingBefore")]
    [TestCase("Environment:Rest", "not an address", "Environment:Name")]
    [TestCase("Resilience:MaxRetries", "many", "Resilience")]
    public void AddOkxMarketData_MisspeltConfiguration_SaysWhichKey(string key, string value, string named)
    {
        using var provider = new ServiceCollection().AddOkxMarketData(Section((key, value))).Services.BuildServiceProvider();

        Assert.That(provider.GetRequiredService<IOkxMarketClient>, Throws.InvalidOperationException.With.Message.Contains(named));
    }

    [Test]
    public void AddOkxMarketData_OptionOutOfRange_FailsAtStartAndInTheFactory()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddOkxMarketData(options => options.RateLimiting.Share = 1.5);
        using var host = builder.Build();

        Assert.That(() => host.StartAsync(), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Share").And.Message.Contains("1.5"));
        Assert.That(() => OkxMarketClient.Create(options => options.Resilience.AttemptTimeout = TimeSpan.Zero), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("AttemptTimeout"));
        Assert.That(() => OkxMarketClient.Create(options => options.Streaming.PingAfter = TimeSpan.FromMinutes(1)), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Streaming.PingAfter"));
        Assert.That(() => OkxMarketClient.Create(options => options.Environment = null!), Throws.TypeOf<OptionsValidationException>().With.Message.Contains("Environment"));
    }

    [Test]
    public async Task AddCacheStore_AStoreOfYourOwn_IsWhatIsAsked()
    {
        await using var simulator = await OkxSimulator.StartAsync(options => options.StartAt = SimulatedClient.Now);
        var store = new Mock<ICacheStore>();
        store.Setup(one => one.WriteAsync(It.IsAny<string>(), It.IsAny<ReadOnlyMemory<byte>>(), It.IsAny<WriteCondition>(), It.IsAny<CancellationToken>())).ReturnsAsync("1");
        await using var client = OkxMarketClient.Create(build: builder => builder.AddCacheStore(store.Object).UseSimulator(simulator));

        await client.GetCandlesAsync("BTC-USDT", BarSize.OneDay, SimulatedClient.Today.AddDays(-5), SimulatedClient.Today);

        store.Verify(one => one.WriteAsync(It.Is<string>(key => key.EndsWith("/candles/bar=1Dutc/symbol=BTC-USDT/all.parquet")), It.IsAny<ReadOnlyMemory<byte>>(), It.IsAny<WriteCondition>(), It.IsAny<CancellationToken>()));
    }

    [Test]
    public async Task AddWebSocketConnector_OneOfYourOwn_OpensTheSockets([Values("by type", "by instance", "without a key")] string manner)
    {
        var connector = new RefusingConnector();
        await using var client = OkxMarketClient.Create(options => options.Environment = OkxEnvironment.Custom("none", new("http://localhost:1"), new("ws://localhost:1")), builder =>
        {
            if (manner == "by type")
                builder.AddWebSocketConnector<RefusingConnector>();
            else if (manner == "by instance")
                builder.AddWebSocketConnector(connector);
            else
                builder.Services.AddSingleton<IWebSocketConnector>(connector);
        });
        RefusingConnector.Asked = new TaskCompletionSource<Uri>();
        using var stop = new CancellationTokenSource();
        var reading = client.StreamTickersAsync(["BTC-USDT"], stop.Token).GetAsyncEnumerator(CancellationToken.None).MoveNextAsync().AsTask();

        Assert.That(await RefusingConnector.Asked.Task, Is.EqualTo(new Uri("ws://localhost:1/ws/v5/public")));

        await stop.CancelAsync();
        await Assert.CatchAsync<OperationCanceledException>(() => reading);
    }

    [Test]
    public void Dispose_SynchronousContainer_IsFine()
    {
        var provider = new ServiceCollection().AddOkxMarketData().Services.BuildServiceProvider();
        provider.GetRequiredService<IOkxMarketClient>();

        Assert.That(provider.Dispose, Throws.Nothing);
    }

    private static IConfigurationSection Section(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("OkxData:" + setting.Key, (string?)setting.Value)))
        .Build().GetSection("OkxData");

    private sealed class RefusingConnector : IWebSocketConnector
    {
        public static TaskCompletionSource<Uri> Asked { get; set; } = new();

        public Task<WebSocket> ConnectAsync(Uri address, CancellationToken cancellationToken = default)
        {
            Asked.TrySetResult(address);
            throw new WebSocketException("refused");
        }
    }
}
