using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Credentials;
using OkxData.Errors;
using OkxData.IntegrationTests.Http;

namespace OkxData.IntegrationTests.Credentials;

/// <summary>Keys go to the host that they are for, by no redirect and through no proxy that could read them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class WayOfTheKeysTests
{
    private const string Instrument = """{"code":"0","msg":"","data":[{"instType":"SPOT","instId":"BTC-USDT","baseCcy":"BTC","quoteCcy":"USDT","state":"live"}]}""";

    [Test]
    public async Task Verify_HostsHandlerWithAProxy_IsRefusedBeforeTheProxySeesAKey([Values] bool isHttpClientHandler)
    {
        await using var proxy = new RawServer(_ => RawServer.KeepAlive(Instrument));
        await using var services = Services(new Uri("http://127.0.0.1:1"), () => WithProxy(isHttpClientHandler, new WebProxy(proxy.Address)));
        var client = services.GetRequiredService<IOkxMarketClient>();

        var failure = (await Assert.ThrowsAsync<OkxCredentialException>(() => client.VerifyCredentialsAsync()))!;

        Assert.That(failure.Message, Does.Contain(proxy.Address.Authority).And.Contain("UseProxy"));
        Assert.That((await client.GetInstrumentsAsync()).Select(one => one.Symbol), Is.EqualTo(new[] { "BTC-USDT" }), "public calls may");
        Assert.That(proxy.Heads.Where(head => head.Contains("OK-ACCESS", StringComparison.OrdinalIgnoreCase)), Is.Empty);
    }

    [Test]
    public async Task Verify_HostsHandlerWhoseProxyPassesByThisMachine_IsSent([Values] bool isHttpClientHandler)
    {
        await using var server = new RawServer(_ => RawServer.KeepAlive(Instrument));
        var proxy = new WebProxy("http://127.0.0.1:1") { BypassArrayList = { "127\\.0\\.0\\.1" } };
        await using var services = Services(server.Address, () => WithProxy(isHttpClientHandler, proxy));

        await Assert.ThatAsync(() => services.GetRequiredService<IOkxMarketClient>().VerifyCredentialsAsync(), Throws.InstanceOf<OkxPayloadException>(), "the canned reply tells no permission");

        Assert.That(server.Heads.Count(head => head.Contains("OK-ACCESS-KEY: the-key-of-the-test-1a2b")), Is.EqualTo(1));
    }

    [Test]
    public async Task Verify_HostsHandlerThatFollowsRedirects_TheKeyStaysWhereItWasSent([Values] bool isHttpClientHandler)
    {
        await using var elsewhere = new RawServer(_ => RawServer.KeepAlive(Instrument));
        await using var server = new RawServer(_ => Encoding.ASCII.GetBytes($"HTTP/1.1 302 Found\r\nLocation: {elsewhere.Address}stolen\r\nContent-Length: 0\r\n\r\n"));
        await using var services = Services(server.Address, () => isHttpClientHandler ? new HttpClientHandler { AllowAutoRedirect = true } : new SocketsHttpHandler { AllowAutoRedirect = true });

        await Assert.ThatAsync(() => services.GetRequiredService<IOkxMarketClient>().VerifyCredentialsAsync(), Throws.InstanceOf<OkxException>().With.Message.Contains("elsewhere"));

        Assert.That(elsewhere.Arrivals, Is.Zero);
    }

    private static HttpMessageHandler WithProxy(bool isHttpClientHandler, IWebProxy proxy) =>
        isHttpClientHandler ? new HttpClientHandler { Proxy = proxy } : new SocketsHttpHandler { Proxy = proxy };

    private static ServiceProvider Services(Uri address, Func<HttpMessageHandler> primary)
    {
        var services = new ServiceCollection();
        services.AddOkxMarketData(options =>
        {
            options.Environment = OkxEnvironment.Custom("raw", address, new Uri("ws://127.0.0.1:1"));
            options.Resilience.MaxRetries = 0;
            options.Caching.Mode = CacheMode.Off;
            options.Credentials.Keys.Add(new OkxCredentials("the-key-of-the-test-1a2b", "the-secret", "the-phrase"));
        }).HttpClient.ConfigurePrimaryHttpMessageHandler(primary);
        return services.BuildServiceProvider();
    }
}
