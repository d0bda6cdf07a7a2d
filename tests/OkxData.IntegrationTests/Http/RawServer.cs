using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OkxData.IntegrationTests.Http;

/// <summary>A server on the loopback that counts the requests it sees and then does what it is told, to the byte.</summary>
internal sealed class RawServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<int, byte[]?> _answer;
    private readonly Task _accepting;
    private int _arrivals;
    private int _connections;

    /// <param name="answer">The bytes to answer a connection's n-th request with (from 1); <see langword="null"/> closes it unanswered.</param>
    public RawServer(Func<int, byte[]?> answer)
    {
        _answer = answer;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    public int Arrivals => Volatile.Read(ref _arrivals);

    /// <summary>The requests as they came, line and headers, in the order in which they were read.</summary>
    public System.Collections.Concurrent.ConcurrentQueue<string> Heads { get; } = new();

    public int Connections => Volatile.Read(ref _connections);

    public static byte[] KeepAlive(string body) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: keep-alive\r\n\r\n{body}");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception exception) when (_stop.IsCancellationRequested && exception is OperationCanceledException or SocketException or InvalidOperationException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        Interlocked.Increment(ref _connections);
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                for (var request = 1; await ReadRequestAsync(stream); request++)
                {
                    Interlocked.Increment(ref _arrivals);
                    if (_answer(request) is not { } bytes)
                        return;

                    await stream.WriteAsync(bytes, _stop.Token);
                }
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
                // The client went away, or the test is over.
                return;
            }
        }
    }

    private async Task<bool> ReadRequestAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var buffer = new byte[8192];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            var read = await stream.ReadAsync(buffer, _stop.Token);
            if (read == 0)
                return false;

            head.Append(Encoding.ASCII.GetString(buffer, 0, read));
        }

        Heads.Enqueue(head.ToString());
        return true;
    }
}
