using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using OkxData.Credentials;
using OkxData.Errors;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Credentials;

[Parallelizable(ParallelScope.All)]
public sealed class CredentialsConfigurationTests
{
    private const string First = "the-first-of-the-keys-1111";
    private const string Second = "the-second-of-the-keys-2222";

    [Test]
    public void Bind_EveryOption_IsRead()
    {
        using var provider = new ServiceCollection().AddOkxMarketData(Section(Configuration(
            ("Key", First), ("Secret", "s"), ("Passphrase", "p"), ("Keys:0:Key", Second), ("Keys:0:Secret", "s"), ("Keys:0:Passphrase", "p"),
            ("RotateEvery", "1.00:00:00"), ("RestAfterRejection", "00:00:05"), ("LongestRest", "00:10:00"), ("RequireReadOnlyKeys", "false"), ("ReadEnvironment", "false")))).Services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptionsMonitor<OkxMarketDataOptions>>().Get("").Credentials;

        Assert.That(options.Keys, Is.EqualTo(new[] { new OkxCredentials(First, "s", "p"), new OkxCredentials(Second, "s", "p") }));
        Assert.That((options.RotateEvery, options.RestAfterRejection, options.LongestRest), Is.EqualTo(((TimeSpan?)TimeSpan.FromDays(1), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10))));
        Assert.That((options.RequireReadOnlyKeys, options.ReadEnvironment), Is.EqualTo((false, false)));
    }

    [Test]
    public void Bind_EmptyPlaceholders_AreNoKey()
    {
        using var provider = new ServiceCollection().AddOkxMarketData(Section(Configuration(("Key", ""), ("Secret", ""), ("Passphrase", ""), ("RotateEvery", "")))).Services.BuildServiceProvider();

        Assert.That(provider.GetRequiredService<IOptionsMonitor<OkxMarketDataOptions>>().Get("").Credentials.Keys, Is.Empty);
    }

    [TestCase("Key=hidden", "OkxData:Credentials", "Secret is missing, Passphrase is missing")]
    [TestCase("Secret=hidden;Passphrase=hidden", "OkxData:Credentials", "Key is missing")]
    [TestCase("Keys:0:Key=hidden;Keys:0:Passphrase=hidden", "OkxData:Credentials:Keys:0", "Secret is missing")]
    [TestCase("Keys:0:Key=hidden ;Keys:0:Secret=hidden;Keys:0:Passphrase=hidden", "OkxData:Credentials:Keys:0", "Key begins or ends with a space")]
    [TestCase("Keys:0:Sekret=hidden", "OkxData:Credentials:Keys:0:Sekret", "Key, Secret and Passphrase are")]
    [TestCase("Keys=hidden", "OkxData:Credentials:Keys", "is a text, and a list")]
    [TestCase("Pasphrase=hidden", "OkxData:Credentials:Pasphrase", "not known")]
    [TestCase("RotateEvery=hidden", "OkxData:Credentials:RotateEvery", "duration")]
    [TestCase("RequireReadOnlyKeys=hidden", "OkxData:Credentials:RequireReadOnlyKeys", "neither true nor false")]
    [TestCase("RestAfterRejection=-00:00:05", "Credentials.RestAfterRejection", "from 00:00:01 to 1.00:00:00")]
    [TestCase("LongestRest=00:00:05", "Credentials.LongestRest", "must not be less")]
    [TestCase("RotateEvery=00:00:00", "Credentials.RotateEvery", "from 00:00:01")]
    public async Task Start_BadConfiguration_NamesKeyAndWhatIsAllowedAndNoValueOfAKey(string settings, string key, string allowed)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddOkxMarketData(Section(Configuration([.. settings.Split(';').Select(setting => (setting.Split('=')[0], setting.Split('=')[1]))])));
        using var host = builder.Build();

        var failure = (await Assert.CatchAsync(() => host.StartAsync()))!;

        Assert.That(failure.ToString(), Does.Contain(key).And.Contain(allowed).And.Not.Contain("hidden"));
    }

    [Test]
    public async Task Reload_OtherKey_IsUsedWithoutARestart()
    {
        await using var simulator = await StartSimulatorAsync();
        var configuration = Configuration(("Key", First), ("Secret", "secret"), ("Passphrase", "phrase"));
        await using var provider = Provider(simulator, configuration, new FakeLogCollector());
        var client = provider.GetRequiredService<IOkxMarketClient>();
        var before = await client.VerifyCredentialsAsync();

        configuration["OkxData:Credentials:Key"] = Second;
        configuration.Reload();
        var after = await client.VerifyCredentialsAsync();

        Assert.That((before.KeyHint, after.KeyHint), Is.EqualTo(("…1111", "…2222")));
    }

    [Test]
    public async Task Reload_HalfWayThroughAChange_KeepsTheKeyAndSaysSoOnce()
    {
        await using var simulator = await StartSimulatorAsync();
        var configuration = Configuration(("Key", First), ("Secret", "secret"), ("Passphrase", "phrase"));
        var log = new FakeLogCollector();
        await using var provider = Provider(simulator, configuration, log);
        var client = provider.GetRequiredService<IOkxMarketClient>();
        await client.VerifyCredentialsAsync();

        configuration["OkxData:Credentials:Passphrase"] = "";
        Assert.That(configuration.Reload, Throws.InstanceOf<Exception>(), "who reloads by hand is told at once");
        var during = await client.VerifyCredentialsAsync();
        await client.VerifyCredentialsAsync();
        (configuration["OkxData:Credentials:Key"], configuration["OkxData:Credentials:Passphrase"]) = (Second, "phrase");
        configuration.Reload();
        var after = await client.VerifyCredentialsAsync();

        Assert.That((during.KeyHint, after.KeyHint), Is.EqualTo(("…1111", "…2222")));
        Assert.That(log.GetSnapshot().Where(line => line.Level == LogLevel.Warning).Select(line => line.Message), Has.One.Items.And.All.Contains("Passphrase is missing"));
    }

    [Test]
    public async Task Reload_ToWhatIsNotValid_OutagesAndHealthAreStillTold()
    {
        await using var simulator = await StartSimulatorAsync();
        var configuration = Configuration(("Key", First), ("Secret", "secret"), ("Passphrase", "phrase"));
        await using var provider = Provider(simulator, configuration, new FakeLogCollector());
        var client = provider.GetRequiredService<IOkxMarketClient>();
        var health = provider.GetRequiredService<HealthCheckService>();
        await client.VerifyCredentialsAsync();

        configuration["OkxData:Credentials:Passphrase"] = "";
        Assert.That(configuration.Reload, Throws.InstanceOf<Exception>());
        simulator.Announce(new MaintenanceWindow { Begin = simulator.Clock.GetUtcNow().AddMinutes(-10), End = simulator.Clock.GetUtcNow().AddMinutes(50), Title = "Upgrade" });

        var failure = (await Assert.ThrowsAsync<OkxMaintenanceException>(() => client.VerifyCredentialsAsync()))!;
        var report = await health.CheckHealthAsync();
        Assert.That(failure.Title, Is.EqualTo("Upgrade"));
        Assert.That(report.Entries.Values.Single().Description, Does.Contain("Upgrade"));
    }

    [Test]
    public async Task Reload_KeyWhileACallIsUnderWay_TheCallEndsWithTheKeyItBegan()
    {
        await using var simulator = await StartSimulatorAsync();
        var configuration = Configuration(("Key", First), ("Secret", "secret"), ("Passphrase", "phrase"));
        await using var provider = Provider(simulator, configuration, new FakeLogCollector());
        var client = provider.GetRequiredService<IOkxMarketClient>();
        await client.VerifyCredentialsAsync();
        var seen = simulator.RequestCount(SimulatorPaths.AccountConfig);
        simulator.Latency = TimeSpan.FromMilliseconds(300);

        var underWay = client.VerifyCredentialsAsync();
        while (simulator.RequestCount(SimulatorPaths.AccountConfig) == seen)
            await Task.Yield();
        configuration["OkxData:Credentials:Key"] = Second;
        configuration.Reload();

        Assert.That((await underWay).KeyHint, Is.EqualTo("…1111"));
        Assert.That((await client.VerifyCredentialsAsync()).KeyHint, Is.EqualTo("…2222"));
    }

    [Test]
    public async Task Providers_OfTheClientAndOfTheContainer_ComeBeforeOptionsInThatOrder()
    {
        await using var simulator = await StartSimulatorAsync();
        var services = new ServiceCollection();
        services.AddSingleton<IOkxCredentialProvider>(new Provided(new OkxCredentials(Second, "secret", "phrase")));
        services.AddOkxMarketData(Set).UseSimulator(simulator);
        services.AddOkxMarketData("own", Set).UseSimulator(simulator).AddCredentialProvider(new Provided(new OkxCredentials(First, "secret", "phrase")));
        services.AddOkxMarketData("class", Set).UseSimulator(simulator).AddCredentialProvider<Own>();
        await using var provider = services.BuildServiceProvider();

        var hints = new List<string>();
        foreach (var name in (string[])["", "own", "class"])
            hints.Add((await provider.GetRequiredKeyedService<IOkxMarketClient>(name).VerifyCredentialsAsync()).KeyHint);

        Assert.That(hints, Is.EqualTo(new[] { "…2222", "…1111", "…1111" }));

        static void Set(OkxMarketDataOptions options) => options.Credentials.Keys.Add(new OkxCredentials("not-to-be-used-at-all-3333", "s", "p"));
    }

    [Test]
    public async Task Provider_Fails_IsACredentialErrorAndNotACallToOkx()
    {
        await using var simulator = await StartSimulatorAsync();
        await using var client = OkxMarketClient.Create(build: builder => builder.UseSimulator(simulator).AddCredentialProvider(new Provided()));

        var failure = (await Assert.ThrowsAsync<OkxCredentialException>(() => client.VerifyCredentialsAsync()))!;

        Assert.That(failure.Message, Does.Contain("Provided failed (HttpRequestException)"));
        Assert.That(simulator.TotalRequests, Is.Zero);
    }

    [TestCase("http://www.okx.com", "wss://ws.okx.com", "Environment.Rest is http://www.okx.com")]
    [TestCase("http://8.8.8.8", "wss://ws.okx.com", "Environment.Rest is http://8.8.8.8")]
    [TestCase("http://172.32.0.1", "wss://ws.okx.com", "Environment.Rest is http://172.32.0.1")]
    [TestCase("http://[2001:db8::1]", "wss://ws.okx.com", "Environment.Rest is http://[2001:db8::1]")]
    [TestCase("http://localhost.example.com", "wss://ws.okx.com", "must begin with https://")]
    [TestCase("https://www.okx.com", "ws://ws.okx.com", "Environment.WebSocket is ws://ws.okx.com")]
    public async Task Start_PlainTextToAPublicHost_NamesKeyAndWhatIsAllowed(string rest, string webSocket, string said)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddOkxMarketData(options => options.Environment = OkxEnvironment.Custom("mirror", new Uri(rest), new Uri(webSocket)));
        using var host = builder.Build();

        var failure = (await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync()))!;

        Assert.That(failure.Message, Does.Contain(said));
    }

    [TestCase("http://127.0.0.1:8080")]
    [TestCase("http://[::1]")]
    [TestCase("http://10.1.2.3")]
    [TestCase("http://172.16.0.1")]
    [TestCase("http://192.168.1.10")]
    [TestCase("http://[fd00::1]")]
    [TestCase("http://okx-mirror:8080")]
    [TestCase("http://mirror.internal")]
    [TestCase("https://mirror.example.com")]
    public void Create_PlainTextWithinTheOwnNetwork_IsAllowed(string rest) =>
        Assert.That(async () => await OkxMarketClient.Create(options => options.Environment = OkxEnvironment.Custom("mirror", new Uri(rest), new Uri("wss://mirror.example.com"))).DisposeAsync(), Throws.Nothing);

    private static Task<OkxSimulator> StartSimulatorAsync() => OkxSimulator.StartAsync(options =>
    {
        options.Keys.Add(new SimulatedKey(First, "secret", "phrase"));
        options.Keys.Add(new SimulatedKey(Second, "secret", "phrase"));
    });

    private static ServiceProvider Provider(OkxSimulator simulator, IConfigurationRoot configuration, FakeLogCollector log)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(new FakeLoggerProvider(log)));
        services.AddOkxMarketData(Section(configuration)).UseSimulator(simulator).AddHealthCheck();
        return services.BuildServiceProvider();
    }

    private static IConfigurationRoot Configuration(params (string Key, string Value)[] settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create("OkxData:Credentials:" + setting.Key, (string?)setting.Value)))
        .Build();

    private static IConfigurationSection Section(IConfigurationRoot configuration) => configuration.GetSection("OkxData");

    private sealed class Provided(params OkxCredentials[] keys) : IOkxCredentialProvider
    {
        public ValueTask<IReadOnlyList<OkxCredentials>> GetCredentialsAsync(CancellationToken cancellationToken = default) =>
            keys.Length > 0 ? ValueTask.FromResult<IReadOnlyList<OkxCredentials>>(keys) : throw new HttpRequestException("the vault is sealed");
    }

    private sealed class Own : IOkxCredentialProvider
    {
        public ValueTask<IReadOnlyList<OkxCredentials>> GetCredentialsAsync(CancellationToken cancellationToken = default) =>
            ValueTask.FromResult<IReadOnlyList<OkxCredentials>>([new OkxCredentials(First, "secret", "phrase")]);
    }
}
