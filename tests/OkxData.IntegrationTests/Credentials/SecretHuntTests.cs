using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using NUnit.Framework;
using OkxData.Credentials;
using OkxData.Errors;
using OkxData.IntegrationTests.Http;
using OkxData.Models;
using OkxData.RateLimiting;
using OkxData.Testing;
using OkxData.Tests.Credentials.Hunt;

namespace OkxData.IntegrationTests.Credentials;

/// <summary>Sets the three secrets wherever they can be set, makes a client do all it can and fail in all ways, and looks for them in whatever it leaves behind.</summary>
public sealed class SecretHuntTests
{
    private const string Key = "9b1deb4d-3b7d-4bad-9bdd-2b0d7b3dcb6d";
    private const string Secret = "22582BD0CFF14C41EDBF1AB98506286D";
    private const string Passphrase = "Correct-Horse:Battery/Staple";

    private static readonly string[] Secrets = [Key, Secret, Passphrase];

    // After a refusal for the limit's sake nothing is sent for two seconds: one kind of that is enough.
    private static readonly FaultKind[] SlowFaults =
    [
        FaultKind.NoAnswer, FaultKind.SlowDrip, FaultKind.OversizedBody, FaultKind.RateLimitedInOk, FaultKind.RateLimitedNumericCode,
        FaultKind.TooManyRequests, FaultKind.TooManyRequestsRetryAfter,
    ];

    // The last one is of no key at all.
    private static readonly SimulatedKey?[] Scenarios =
    [
        new(Key, Secret, Passphrase), new(Key, Secret, Passphrase) { IsFrozen = true }, new(Key, Secret, Passphrase) { Permissions = (KeyPermissions)15 },
        new(Key, "some other secret", Passphrase), new(Key, Secret, "some other phrase"), null,
    ];

    [Test]
    public async Task WholeRun_SecretsSetEverywhere_LeavesNoneAnywhere()
    {
        using var evidence = new Evidence();
        using var variables = new EnvironmentVariables(Key, Secret, Passphrase);
        var folder = Directory.CreateTempSubdirectory("okxdata-hunt-").FullName;
        await using var simulator = await OkxSimulator.StartAsync(options =>
        {
            options.StartAt = SimulatedClient.Now;
            options.Limits.Enabled = false;
            options.Keys.Add(new SimulatedKey(Key, Secret, Passphrase));
        });
        try
        {
            foreach (var key in Scenarios)
            {
                using var host = HostOf(simulator, folder, evidence);
                await host.StartAsync();
                simulator.AddKey(key ?? new SimulatedKey(Key, Secret, Passphrase));
                if (key is null)
                    simulator.RevokeKey(Key);
                foreach (var name in (string[])["", "provided", "environment"])
                {
                    var client = host.Services.GetRequiredKeyedService<IOkxMarketClient>(name);
                    if (key == Scenarios[0] && name != "environment")
                        await UseAsync(client, simulator, evidence);
                    await TryAsync(client.VerifyCredentialsAsync(), evidence);
                    var options = host.Services.GetRequiredService<IOptionsMonitor<OkxMarketDataOptions>>().Get(name);
                    Assert.That(options.Credentials.Keys.Concat(Provider.Keys).Select(one => one.RevealKey()), Does.Contain(Key), "the secrets are really set");
                    evidence.Add($"options '{name}' as JSON", JsonSerializer.Serialize(options));
                    evidence.Add($"options '{name}' by reflection", ObjectDump.Of(options));
                }

                await host.StopAsync();
            }

            foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            {
                evidence.Add("the name of a file", file);
                evidence.Add(file, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        using (Assert.EnterMultipleScope())
        {
            Assert.That(simulator.Requests.Where(request => request.Path == SimulatorPaths.AccountConfig).Select(request => request.Code).Distinct(), Is.SupersetOf(new[] { "0", "50100", "50102", "50113", "50105", "50119" }));
            Assert.That(evidence.Kinds, Is.SupersetOf(new[] { "log", "scope", "exception", "metric", "activity", "options '' as JSON", "options '' by reflection" }), "there is something to search");
            Assert.That(evidence.Find(Secrets), Is.Empty);
            Assert.That(evidence.Contains("…cb6d"), "the end of the key is what is shown");
        }
    }

    [Test]
    public async Task Search_SomethingThatLeaks_IsFound()
    {
        using var evidence = new Evidence();
        using var logs = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(evidence));
        var logger = logs.CreateLogger("Leak");
#pragma warning disable CA1848, CA2254
        using (logger.BeginScope(new Dictionary<string, object> { ["passphrase"] = Passphrase }))
            logger.LogTrace("nothing");
        logger.LogTrace($"the key is {Key}");
#pragma warning restore CA1848, CA2254
        evidence.Add("exception", new InvalidOperationException("outer", new ArgumentException(Secret)).ToString());
        evidence.Add("object", ObjectDump.Of(new Leaky(Secret)));
        evidence.Add("bytes", ObjectDump.Of(System.Text.Encoding.UTF8.GetBytes("x" + Secret)));
        evidence.Add("base64", JsonSerializer.Serialize(new { Bytes = System.Text.Encoding.UTF8.GetBytes(Secret) }));

        await using var server = new RawServer(_ => RawServer.KeepAlive("{}"));
        await using var client = OkxMarketClient.Create(options =>
        {
            options.Environment = OkxEnvironment.Custom("raw", server.Address, new Uri("ws://127.0.0.1:1"));
            options.Credentials.Keys.Add(new OkxCredentials(Key, Secret, Passphrase));
        });
        await Assert.ThatAsync(() => client.VerifyCredentialsAsync(), Throws.InstanceOf<OkxException>());
        evidence.Add("wire", string.Concat(server.Heads));

        Assert.That(evidence.Find(Secrets).Select(found => found.Split(':')[0]).Distinct(), Is.EquivalentTo(new[] { "scope", "log", "exception", "object", "bytes", "base64", "wire" }));
    }

    private static IHost HostOf(OkxSimulator simulator, string folder, Evidence evidence)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders().SetMinimumLevel(LogLevel.Trace).AddProvider(evidence);
        builder.Services.Configure<LoggerFactoryOptions>(options => options.ActivityTrackingOptions = (ActivityTrackingOptions)0x7F);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["OkxData:Credentials:Key"] = Key,
            ["OkxData:Credentials:Secret"] = Secret,
            ["OkxData:Credentials:Passphrase"] = Passphrase,
            ["OkxData:Credentials:Keys:0:Key"] = Key,
            ["OkxData:Credentials:Keys:0:Secret"] = Secret + "-of-another",
            ["OkxData:Credentials:Keys:0:Passphrase"] = Passphrase,
            ["OkxData:Credentials:Keys:1:Key"] = Key,
            ["OkxData:Credentials:Keys:1:Secret"] = Secret,
            ["OkxData:Credentials:Keys:1:Passphrase"] = Passphrase + "-of-another",
        });

        // A host that wants to see everything: its own loggers around every client, with all headers.
        builder.Services.ConfigureHttpClientDefaults(client => client.AddDefaultLogger().RedactLoggedHeaders(_ => false));
        foreach (var one in (IOkxMarketDataBuilder[])
        [
            builder.Services.AddOkxMarketData(builder.Configuration.GetSection("OkxData")),
            builder.Services.AddOkxMarketData("provided", _ => { }).AddCredentialProvider<Provider>(),
            builder.Services.AddOkxMarketData("environment", _ => { }),
        ])
        {
            one.UseSimulator(simulator).HttpClient.AddDefaultLogger().RedactLoggedHeaders(_ => false);
            builder.Services.Configure<OkxMarketDataOptions>(one.Name, options =>
            {
                options.Caching.Directory = folder;
                options.Resilience.RetryDelay = TimeSpan.FromMilliseconds(5);
                options.Resilience.MaxRetries = 0;
            });
        }

        builder.Services.AddSingleton<IRateLimiterFactory>(new RoomyLimiters());
        return builder.Build();
    }

    private static async Task UseAsync(IOkxMarketClient client, OkxSimulator simulator, Evidence evidence)
    {
        await client.GetInstrumentsAsync();
        await client.GetTickersAsync();
        await client.GetMarketCapRankingAsync();
        await client.GetDailyCandlesAsync("BTC-USDT", years: 1);
        await TryAsync(client.GetDailyCandlesAsync("NOT-LISTED", years: 1), evidence);
        evidence.Add("report", (await client.VerifyCredentialsAsync()).ToString());
        simulator.ClockOffset += TimeSpan.FromMinutes(2);
        await client.VerifyCredentialsAsync();
        foreach (var fault in Enum.GetValues<FaultKind>().Except(SlowFaults))
        {
            simulator.FailNext(fault, times: 1, SimulatorPaths.AccountConfig);
            await TryAsync(client.VerifyCredentialsAsync(), evidence);
        }
    }

    private static async Task TryAsync(Task call, Evidence evidence)
    {
        try
        {
            await call;
        }
        catch (OkxException exception)
        {
            evidence.Add("exception", exception.ToString());
            evidence.Add("exception", ObjectDump.Of(exception));
            evidence.Add("exception", JsonSerializer.Serialize(new { exception.Message, exception.Endpoint, Inner = exception.InnerException?.Message, (exception as OkxApiException)?.OkxMessage }));
        }
    }

    private sealed record Leaky(string Value);

    private sealed class Provider : IOkxCredentialProvider
    {
        public static readonly OkxCredentials[] Keys = [new(Key, Secret, Passphrase), new(Key, Secret, Passphrase + "-of-another")];

        public ValueTask<IReadOnlyList<OkxCredentials>> GetCredentialsAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult<IReadOnlyList<OkxCredentials>>(Keys);
    }
}
