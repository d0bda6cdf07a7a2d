using System.Net;
using System.Net.Sockets;
using System.Text;
using NUnit.Framework;
using OkxData.Caching;

namespace OkxData.IntegrationTests.DependencyInjection;

/// <summary>What a client leaves behind.</summary>
public sealed class ClientLifetimeTests
{
    private const string Reply = """{"code":"0","msg":"","data":[]}""";

    [Test]
    [CancelAfter(30_000)]
    public async Task DisposeAsync_ConnectionsThatWereKeptAlive_AreClosed(CancellationToken cancellationToken)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}");
        var client = OkxMarketClient.Create(options =>
        {
            options.Environment = OkxEnvironment.Custom("lifetime", address, new UriBuilder(address) { Scheme = "ws" }.Uri);
            options.Caching.Mode = CacheMode.Off;
            options.RateLimiting.MachineWide = false;
        });
        var call = client.GetTickersAsync(cancellationToken: cancellationToken);
        using var connection = await listener.AcceptTcpClientAsync(cancellationToken);
        var stream = connection.GetStream();
        var buffer = new byte[4096];
        for (var head = ""; !head.EndsWith("\r\n\r\n", StringComparison.Ordinal);)
            head += Encoding.ASCII.GetString(buffer, 0, await stream.ReadAsync(buffer, cancellationToken));
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Reply.Length}\r\nConnection: keep-alive\r\n\r\n{Reply}"), cancellationToken);
        Assert.That(await call, Is.Empty);

        await client.DisposeAsync();

        Assert.That(await stream.ReadAsync(buffer, cancellationToken), Is.Zero, "the client has closed the connection");
    }
}
