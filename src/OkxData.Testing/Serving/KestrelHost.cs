using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace OkxData.Testing.Serving;

/// <summary>Kestrel by itself on a free port of the loopback: no host, no configuration, no signal handlers.</summary>
internal sealed class KestrelHost : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly KestrelServer _server;
    private int _isDisposed;

    private KestrelHost(KestrelServer server) => _server = server;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public static async Task<KestrelHost> StartAsync(RequestPipeline pipeline, CancellationToken cancellationToken)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MinResponseDataRate = null;
        options.Listen(IPAddress.Loopback, 0);
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        var server = new KestrelServer(Options.Create(options), transport, NullLoggerFactory.Instance);
        var host = new KestrelHost(server);
        try
        {
            await server.StartAsync(new Application(pipeline, host._stopping.Token), cancellationToken).ConfigureAwait(false);
            host.Address = new Uri(server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First());
            return host;
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;

        await _stopping.CancelAsync().ConfigureAwait(false);
        using var atOnce = new CancellationTokenSource();
        await atOnce.CancelAsync().ConfigureAwait(false);
        await _server.StopAsync(atOnce.Token).ConfigureAwait(false);
        _server.Dispose();
        _stopping.Dispose();
    }

    private sealed class Application(RequestPipeline pipeline, CancellationToken stopping) : IHttpApplication<HttpContext>
    {
        public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

        public Task ProcessRequestAsync(HttpContext context) => pipeline.ProcessAsync(context, stopping);

        public void DisposeContext(HttpContext context, Exception? exception)
        {
        }
    }
}
