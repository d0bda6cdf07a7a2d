using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.Http;

namespace OkxData.IntegrationTests.Http;

/// <summary>A connection that was used before and dies before answering makes SocketsHttpHandler send again by itself.</summary>
internal sealed class SilentResendTests
{
    private const string Good = """{"code":"0","msg":"","data":[[1],[2]]}""";

    [Test]
    [CancelAfter(60_000)]
    public async Task Send_ReusedConnectionDies_EveryArrivalHasItsToken(CancellationToken cancellationToken)
    {
        // Each connection answers once and takes its second request to the grave.
        await using var server = new RawServer(request => request == 1 ? RawServer.KeepAlive(Good) : null);
        using var client = new LoopbackClient(server.Address);
        for (var i = 0; i < 20; i++)
            Assert.That(await client.SendAsync(cancellationToken), Is.EqualTo(2));

        Assert.That(server.Arrivals, Is.GreaterThan(20), "some requests went to connections that died");
        Assert.That(client.Tokens, Is.EqualTo(server.Arrivals));
        Assert.That(client.Sends, Is.EqualTo(client.Tokens));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Send_ManyAtOnceOverDyingConnections_NeverArrivesMoreOftenThanTokens(CancellationToken cancellationToken)
    {
        await using var server = new RawServer(request => request % 3 != 0 ? RawServer.KeepAlive(Good) : null);
        using var client = new LoopbackClient(server.Address, options => options.MaxRetries = 10);
        for (var round = 0; round < 10; round++)
            await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => client.SendAsync(cancellationToken)));

        Assert.That(server.Arrivals, Is.GreaterThan(200));
        Assert.That(server.Arrivals, Is.LessThanOrEqualTo(client.Tokens));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Send_WithoutTheGuard_ArrivesMoreOftenThanTokens(CancellationToken cancellationToken)
    {
        // The negative control: this is what the guard is for.
        await using var server = new RawServer(request => request == 1 ? RawServer.KeepAlive(Good) : null);
        using var client = new LoopbackClient(server.Address, user: builder => builder.ConfigurePrimaryHttpMessageHandler(() =>
        {
            var handler = OkxHttpPipeline.CreateSocketHandler();
            handler.PlaintextStreamFilter = null;
            return handler;
        }));
        for (var i = 0; i < 10; i++)
            await client.SendAsync(cancellationToken);

        Assert.That(server.Arrivals, Is.GreaterThan(client.Tokens));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Send_UserHandlerThatSendsAgain_IsStoppedAtTheSocket(CancellationToken cancellationToken)
    {
        await using var server = new RawServer(_ => RawServer.KeepAlive(Good));
        using var client = new LoopbackClient(server.Address, options => options.MaxRetries = 0, builder => builder.AddHttpMessageHandler(() => new Twice()));
        await Assert.ThrowsAsync<OkxTransportException>(async () => await client.SendAsync(cancellationToken));
        Assert.That(server.Arrivals, Is.EqualTo(1));
    }

    private sealed class Twice : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            (await base.SendAsync(request, cancellationToken)).Dispose();
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
