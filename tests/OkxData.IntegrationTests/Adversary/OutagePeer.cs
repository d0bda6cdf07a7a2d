using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>How a host is away.</summary>
public enum OutageKind
{
    Refused, BlackHole, Silent, Unavailable503, Html502, TlsOfGarbage, TlsOfSilence, NoSuchHost, Drip,
}

/// <summary>A host that is away, each in its way.</summary>
internal sealed class OutagePeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Socket> _fillers = [];
    private readonly Task _accepting = Task.CompletedTask;

    public OutagePeer(OutageKind kind)
    {
        // A backlog that is full: the system drops whoever comes next, without a word.
        _listener.Start(kind == OutageKind.BlackHole ? 0 : 100);
        var end = (IPEndPoint)_listener.LocalEndpoint;
        var scheme = kind is OutageKind.TlsOfGarbage or OutageKind.TlsOfSilence ? "https" : "http";
        Address = kind == OutageKind.NoSuchHost ? new Uri("https://no-such-host.invalid") : new Uri($"{scheme}://127.0.0.1:{end.Port}");
        switch (kind)
        {
            case OutageKind.Refused or OutageKind.NoSuchHost:
                _listener.Stop();
                break;
            case OutageKind.BlackHole:
                for (var i = 0; i < 8; i++)
                {
                    var filler = new Socket(SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                    _fillers.Add(filler);
                    _ = filler.ConnectAsync(end, _stop.Token).AsTask().ContinueWith(static ended => ended.Exception, TaskScheduler.Default);
                }

                break;
            default:
                _accepting = AcceptAsync(kind);
                break;
        }
    }

    public Uri Address { get; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
        _fillers.ForEach(filler => filler.Dispose());
        _stop.Dispose();
    }

    private async Task AcceptAsync(OutageKind kind)
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token), kind));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client, OutageKind kind)
    {
        using (client)
        {
            try
            {
                var buffer = new byte[4096];
                while (await client.GetStream().ReadAsync(buffer, _stop.Token) > 0)
                {
                    foreach (var (text, pause) in ReplyOf(kind))
                    {
                        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), _stop.Token);
                        await Task.Delay(pause, TimeProvider.System, _stop.Token);
                    }
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException)
            {
                // The client has gone, or the test is over.
                return;
            }
        }
    }

    private static IEnumerable<(string Text, TimeSpan Pause)> ReplyOf(OutageKind kind) => kind switch
    {
        OutageKind.Unavailable503 => [("HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n", TimeSpan.Zero)],
        OutageKind.Html502 => [("HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nContent-Length: 26\r\n\r\n<html>502 cloudflare</html>"[..^1], TimeSpan.Zero)],
        OutageKind.TlsOfGarbage => [("HTTP/1.1 400 Bad Request\r\n\r\n", TimeSpan.Zero)],
        OutageKind.Drip => Enumerable.Repeat((" ", TimeSpan.FromSeconds(0.2)), 100).Prepend(("HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n", TimeSpan.Zero)),
        _ => [],
    };
}
