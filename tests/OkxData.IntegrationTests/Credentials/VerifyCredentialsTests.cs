using NUnit.Framework;
using OkxData.Caching;
using OkxData.Credentials;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Credentials;

[Parallelizable(ParallelScope.All)]
public sealed class VerifyCredentialsTests
{
    private const string Key = "key-of-the-reader-1a2b";

    [Test]
    public async Task Verify_ReadOnlyKey_TellsWhatItMay()
    {
        await using var run = await StartAsync(new SimulatedKey(Key, "secret", "phrase") { Label = "backtest", BoundAddresses = ["127.0.0.1", "10.0.0.0/8"] });

        var report = await run.Client.VerifyCredentialsAsync();

        Assert.That((report.KeyHint, report.Label, report.Permissions, report.IsReadOnly), Is.EqualTo(("…1a2b", "backtest", KeyPermissions.Read, true)));
        Assert.That(report.BoundAddresses, Is.EqualTo(new[] { "127.0.0.1", "10.0.0.0/8" }));
        Assert.That((report.ExpiresWhenUnusedFor, report.VerificationLevel, report.IsDemo, report.IsSubAccount), Is.EqualTo(((TimeSpan?)null, (int?)3, false, false)));
        Assert.That(run.Simulator.Requests.Select(request => request.Path), Is.EqualTo(new[] { SimulatorPaths.Time, SimulatorPaths.AccountConfig }));
    }

    [TestCase(KeyPermissions.Read | KeyPermissions.Trade, "trade")]
    [TestCase(KeyPermissions.Read | KeyPermissions.Withdraw, "withdraw")]
    [TestCase(KeyPermissions.Read | KeyPermissions.Trade | KeyPermissions.Withdraw, "trade and withdraw")]
    [TestCase(KeyPermissions.Read | KeyPermissions.Unknown, "not know")]
    public async Task Verify_KeyThatMayDoMore_IsRefused(KeyPermissions permissions, string named)
    {
        await using var run = await StartAsync(new SimulatedKey(Key, "secret", "phrase") { Permissions = permissions });

        var failure = (await Assert.ThrowsAsync<OkxCredentialException>(() => run.Client.VerifyCredentialsAsync()))!;

        Assert.That(failure.Message, Does.Contain("…1a2b").And.Contain(named).And.Contain("RequireReadOnlyKeys"));
        Assert.That((failure.KeyHint, failure.Code, failure.IsTransient), Is.EqualTo(("…1a2b", "", false)));
    }

    [TestCase("", 14)]
    [TestCase("127.0.0.1", null)]
    public async Task Verify_KeyThatMayTradeAndIsAllowedTo_TellsWhenItExpires(string address, int? days)
    {
        await using var run = await StartAsync(
            new SimulatedKey(Key, "secret", "phrase") { Permissions = KeyPermissions.Read | KeyPermissions.Trade, BoundAddresses = address.Length == 0 ? [] : [address] },
            options => options.Credentials.RequireReadOnlyKeys = false);

        var report = await run.Client.VerifyCredentialsAsync();

        Assert.That(report.ExpiresWhenUnusedFor, Is.EqualTo(days is { } count ? TimeSpan.FromDays(count) : (TimeSpan?)null));
        Assert.That(report.IsReadOnly, Is.False);
    }

    [TestCase("other secret", "phrase", false, "50113", "secret")]
    [TestCase("secret", "other phrase", false, "50105", "passphrase")]
    [TestCase("secret", "phrase", true, "50101", "demo")]
    public async Task Verify_KeyThatDoesNotFit_NamesTheLikelyCause(string secret, string passphrase, bool isDemo, string code, string named)
    {
        await using var run = await StartAsync(
            new SimulatedKey(Key, "secret", "phrase") { IsDemo = isDemo },
            keys: new OkxCredentials(Key, secret, passphrase));

        var failure = (await Assert.ThrowsAsync<OkxCredentialException>(() => run.Client.VerifyCredentialsAsync()))!;

        Assert.That((failure.Code, failure.HttpStatus), Is.EqualTo((code, 401)));
        Assert.That(failure.Message, Does.Contain(named).And.Contain("…1a2b").And.Not.Contain("key-of-the"));
    }

    [Test]
    public async Task Verify_NoKeySet_SaysWhereToSetOneAndSendsNothing()
    {
        await using var run = await SimulatedClient.StartAsync(client: options => options.Credentials.ReadEnvironment = false);

        var failure = (await Assert.ThrowsAsync<OkxCredentialException>(() => run.Client.VerifyCredentialsAsync()))!;

        Assert.That(failure.Message, Does.Contain("Credentials.Keys").And.Contain("OKX_API_KEY").And.Contain("IOkxCredentialProvider"));
        Assert.That(run.Simulator.TotalRequests, Is.Zero);
    }

    [Test]
    public async Task Verify_SimulatorInMemory_IsSignedAsOverTheNetwork()
    {
        await using var run = await SimulatedClient.StartAsync(
            simulator => simulator.Keys.Add(new SimulatedKey(Key, "secret", "phrase")),
            options => options.Credentials.Keys.Add(new OkxCredentials(Key, "secret", "phrase")));
        await using var client = OkxMarketClient.Create(
            options => options.Credentials.Keys.Add(new OkxCredentials(Key, "secret", "phrase")),
            builder => builder.UseSimulator(run.Simulator, SimulatorConnection.InMemory));
        run.Simulator.ClockOffset = TimeSpan.FromMinutes(1);

        Assert.That((await client.VerifyCredentialsAsync()).KeyHint, Is.EqualTo("…1a2b"));
        Assert.That(run.Simulator.Requests.Where(request => request.Code is not "0"), Is.Empty);
    }

    [Test]
    public async Task Verify_OfflineMode_SendsNothing()
    {
        await using var run = await StartAsync(new SimulatedKey(Key, "secret", "phrase"), options => options.Caching.Mode = CacheMode.Offline);

        await Assert.ThrowsAsync<OkxCacheException>(() => run.Client.VerifyCredentialsAsync());
        Assert.That(run.Simulator.TotalRequests, Is.Zero);
    }

    [Test]
    public async Task Verify_ClockOfTheMachineIsMinutesOff_SignsByTheHostsClock([Values(-400, -31, 31, 400)] int seconds)
    {
        await using var run = await StartAsync(new SimulatedKey(Key, "secret", "phrase"));
        run.Simulator.ClockOffset = TimeSpan.FromSeconds(seconds);

        await run.Client.VerifyCredentialsAsync();

        Assert.That(run.Simulator.Requests.Where(request => request.Code is not "0"), Is.Empty);
        Assert.That(run.Log.GetSnapshot().Where(line => line.Message.Contains("local clock")).Select(line => line.Message), Has.One.Items.And.All.Contains(seconds > 0 ? "behind" : "ahead"));
    }

    [Test]
    public async Task Verify_ClockIsSetWhileRunning_ResyncsOnceAndGoesOn()
    {
        await using var run = await StartAsync(new SimulatedKey(Key, "secret", "phrase"));
        await run.Client.VerifyCredentialsAsync();
        run.Simulator.ClockOffset = TimeSpan.FromMinutes(3);

        await run.Client.VerifyCredentialsAsync();

        Assert.That(run.Simulator.Requests.Select(request => (request.Path, request.Code)), Is.EqualTo(new[]
        {
            (SimulatorPaths.Time, "0"), (SimulatorPaths.AccountConfig, "0"), (SimulatorPaths.AccountConfig, "50102"), (SimulatorPaths.Time, "0"), (SimulatorPaths.AccountConfig, "0"),
        }));
    }

    private static Task<SimulatedClient> StartAsync(SimulatedKey key, Action<OkxMarketDataOptions>? client = null, params OkxCredentials[] keys) => SimulatedClient.StartAsync(
        simulator => simulator.Keys.Add(key),
        options =>
        {
            foreach (var one in keys.Length > 0 ? keys : [new OkxCredentials(Key, "secret", "phrase")])
                options.Credentials.Keys.Add(one);
            client?.Invoke(options);
        });
}
