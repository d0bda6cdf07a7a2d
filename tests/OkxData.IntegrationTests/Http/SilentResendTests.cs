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
        using var client = new LoopbackClient(server.Address, user: builder => builder.ConfigurePrimaryHttpMessageHandler(() => new Hidden(new SocketsHttpHandler())));
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

    [Test]
    [CancelAfter(60_000)]
    public async Task Send_HandlerOfTheHostsOwn_ArrivesAsOftenAsTokensAndGoesThroughItsFilterToo(CancellationToken cancellationToken)
    {
        var opened = 0;
        await using var server = new RawServer(request => request == 1 ? RawServer.KeepAlive(Good) : null);
        using var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            PlaintextStreamFilter = (context, _) =>
            {
                Interlocked.Increment(ref opened);
                return ValueTask.FromResult(context.PlaintextStream);
            },
        };
        using var first = new LoopbackClient(server.Address, user: builder => builder.ConfigurePrimaryHttpMessageHandler(() => handler));
        using var second = new LoopbackClient(server.Address, user: builder => builder.ConfigurePrimaryHttpMessageHandler(() => handler));
        for (var i = 0; i < 10; i++)
        {
            await first.SendAsync(cancellationToken);
            await second.SendAsync(cancellationToken);
        }

        Assert.That(server.Arrivals, Is.LessThanOrEqualTo(first.Tokens + second.Tokens));
        Assert.That((opened, handler.AllowAutoRedirect), Is.EqualTo((server.Connections, false)));
    }

    [Test]
    public async Task Create_HandlerThatHasSentAlready_IsRefusedWithTheRemedy()
    {
        await using var server = new RawServer(_ => RawServer.KeepAlive(Good));
        using var handler = new SocketsHttpHandler();
        using var elsewhere = new HttpClient(handler, disposeHandler: false);
        await elsewhere.GetStringAsync(server.Address);

        Assert.That(
            () => new LoopbackClient(server.Address, user: builder => builder.ConfigurePrimaryHttpMessageHandler(() => handler)),
            Throws.InvalidOperationException.With.Message.Contains("a handler of its own"));
    }

    /// <summary>Shows nobody what is inside it.</summary>
    private sealed class Hidden(HttpMessageHandler inner) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _inner = new(inner);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _inner.SendAsync(request, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
                _inner.Dispose();
            base.Dispose(disposing);
        }
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
