using NUnit.Framework;
using OkxData.Caching;
using OkxData.Credentials;
using OkxData.Errors;
using OkxData.IntegrationTests.Http;
using OkxData.Models;

namespace OkxData.IntegrationTests.Credentials;

[Parallelizable(ParallelScope.All)]
public sealed class PublicCallTests
{
    private const string Instrument = """{"code":"0","msg":"","data":[{"instType":"SPOT","instId":"BTC-USDT","baseCcy":"BTC","quoteCcy":"USDT","state":"live"}]}""";

    [Test]
    public async Task EveryCall_WithKeysSet_OnlyTheCheckOfTheKeyCarriesThem()
    {
        await using var server = new RawServer(_ => RawServer.KeepAlive(Instrument));
        await using var client = OkxMarketClient.Create(options =>
        {
            options.Environment = OkxEnvironment.Custom("raw", server.Address, new Uri("ws://127.0.0.1:1"));
            options.Rankings.CoinGeckoBaseAddress = options.Rankings.CoinPaprikaBaseAddress = server.Address;
            options.Resilience.MaxRetries = 0;
            options.Caching.Mode = CacheMode.Off;
            options.Credentials.Keys.Add(new OkxCredentials("the-key-of-the-test-1a2b", "the-secret", "the-phrase"));
        });
        await client.GetInstrumentsAsync();

        // Whatever they make of the reply, what they send is looked at.
        foreach (var call in (Func<Task>[])
        [
            () => client.VerifyCredentialsAsync(),
            () => client.GetTickersAsync(),
            () => client.GetMarketCapRankingAsync(),
            () => client.GetDailyCandlesAsync("BTC-USDT", years: 1),
            () => client.GetSystemStatusAsync(),
            () => client.VerifyCredentialsAsync(),
            () => client.GetInstrumentsAsync(InstrumentType.Swap),
        ])
            await TryAsync(call);

        var signed = server.Heads.Where(head => head.Contains("/api/v5/account/config")).ToList();
        var others = server.Heads.Except(signed).ToList();
        Assert.That(signed, Is.Not.Empty.And.All.Contains("OK-ACCESS-KEY: the-key-of-the-test-1a2b").And.All.Contains("OK-ACCESS-PASSPHRASE: the-phrase").And.All.Contains("OK-ACCESS-SIGN: ").And.All.Contains("OK-ACCESS-TIMESTAMP: "));
        Assert.That(others.Select(PathOf).Distinct().ToList(), Has.Count.GreaterThanOrEqualTo(5));
        Assert.That(others.Where(head => head.Contains("OK-ACCESS", StringComparison.OrdinalIgnoreCase) || head.Contains("the-")), Is.Empty);
        Assert.That(server.Heads.Where(head => head.Contains("the-secret")), Is.Empty, "a secret signs and never travels");
    }

    [Test]
    public async Task SignedCall_OverTheWire_IsSignedToTheByte()
    {
        await using var server = new RawServer(_ => RawServer.KeepAlive(Instrument));
        var credentials = new OkxCredentials("the-key-of-the-test-1a2b", "the-secret", "a phrase, with ; \"signs\"");
        await using var client = OkxMarketClient.Create(options =>
        {
            options.Environment = OkxEnvironment.Custom("raw", new Uri(server.Address, "/a%20mirror/"), new Uri("ws://127.0.0.1:1"));
            options.Resilience.MaxRetries = 0;
            options.Credentials.Keys.Add(credentials);
        });

        await Assert.ThatAsync(() => client.VerifyCredentialsAsync(), Throws.InstanceOf<OkxPayloadException>(), "the canned reply tells no permission");

        var head = server.Heads.Single(one => one.Contains("account/config"));
        Assert.That(PathOf(head), Is.EqualTo("/a%20mirror/api/v5/account/config"));
        Assert.That(HeaderOf(head, "OK-ACCESS-SIGN"), Is.EqualTo(credentials.Sign(HeaderOf(head, "OK-ACCESS-TIMESTAMP") + "GET" + PathOf(head))));
        Assert.That(HeaderOf(head, "OK-ACCESS-PASSPHRASE"), Is.EqualTo("a phrase, with ; \"signs\""));
    }

    [Test]
    public async Task SignedCall_HostSendsElsewhere_DoesNotFollow()
    {
        await using var elsewhere = new RawServer(_ => RawServer.KeepAlive(Instrument));
        await using var server = new RawServer(_ => System.Text.Encoding.ASCII.GetBytes(
            $"HTTP/1.1 307 Temporary Redirect\r\nLocation: {elsewhere.Address}api/v5/account/config\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n"));
        await using var client = OkxMarketClient.Create(options =>
        {
            options.Environment = OkxEnvironment.Custom("raw", server.Address, new Uri("ws://127.0.0.1:1"));
            options.Resilience.MaxRetries = 0;
            options.Credentials.Keys.Add(new OkxCredentials("the-key-of-the-test-1a2b", "the-secret", "the-phrase"));
        });

        await Assert.ThatAsync(() => client.VerifyCredentialsAsync(), Throws.InstanceOf<OkxException>());

        Assert.That(elsewhere.Arrivals, Is.Zero);
    }

    private static async Task TryAsync(Func<Task> call)
    {
        try
        {
            await call();
        }
        catch (OkxException exception)
        {
            TestContext.Out.WriteLine(exception.Message);
        }
    }

    private static string PathOf(string head) => head.Split(' ')[1].Split('?')[0];

    private static string HeaderOf(string head, string name) =>
        head.Split("\r\n").Single(line => line.StartsWith(name + ": ", StringComparison.Ordinal))[(name.Length + 2)..];
}
