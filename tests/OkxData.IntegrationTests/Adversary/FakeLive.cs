using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>What becomes of a request for a socket.</summary>
public enum FakeUpgrade
{
    Accept, Status403, Status429, Status503, Html200, Redirect, WrongKey, Garbage, Silent, Fin, Reset, AcceptThenFin, AcceptThenReset,
}

/// <summary>A small OKX of sockets and requests on one raw listener, written from the facts about OKX alone. It counts what arrives.</summary>
internal sealed class FakeLive : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<long> _upgrades = new();
    private readonly ConcurrentQueue<string> _targets = new();
    private readonly Lock _gate = new();
    private readonly List<FakeLiveSocket> _sockets = [];
    private readonly Task _accepting;
    private int _connections;

    public FakeLive()
    {
        _listener.Start(200);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>How OKX answers and pushes.</summary>
    public FakeManner Manner { get; set; } = new();

    /// <summary>What becomes of the n-th request for a socket, from 1.</summary>
    public Func<int, FakeUpgrade> UpgradeOf { get; set; } = _ => FakeUpgrade.Accept;

    /// <summary>The reply to a request that is not for a socket.</summary>
    public Func<string, (int Status, string Body)> Rest { get; set; } = _ => (404, "");

    /// <summary>What is pushed with a subscription.</summary>
    public Func<string, string, string?> FirstDataOf { get; set; } = (_, _) => null;

    /// <summary>The error that a channel and a symbol are answered with.</summary>
    public Func<FakeLiveSocket, string, string, string?> ErrorOf { get; set; } = (_, _, _) => null;

    /// <summary>Told of every message of a client, after it was answered.</summary>
    public Action<FakeLiveSocket> Answered { get; set; } = _ => { };

    /// <summary>The connections of sockets, also of those that are not served.</summary>
    public int Connections => Volatile.Read(ref _connections);

    public int Upgrades => _upgrades.Count;

    public IReadOnlyList<string> Targets => [.. _targets];

    public IReadOnlyList<FakeLiveSocket> Sockets
    {
        get
        {
            lock (_gate)
                return [.. _sockets];
        }
    }

    public IReadOnlyList<FakeLiveSocket> Open => [.. Sockets.Where(socket => socket.IsOpen)];

    /// <summary>The same with its properties in another order, with spaces and escapes.</summary>
    public static string OddPush(string channel, string symbol, params IEnumerable<string> rows) =>
        $$"""
         { "d\u0061ta" :	[ {{string.Join(" ,\r\n ", rows)}} ] , "action" : { "arg": { "channel": "no" }, "event": "error" },
           "arg":{"uly":null,"instId":"{{symbol.Replace("-", "\\u002d", StringComparison.Ordinal)}}", "channel":"{{channel}}", "list":[[{"instId":"no"}]] } }
        """;

    public static string Push(string channel, string symbol, params IEnumerable<string> rows) =>
        $$"""{"arg":{"channel":"{{channel}}","instId":"{{symbol}}"},"data":[{{string.Join(',', rows)}}]}""";

    public static string Ticker(string symbol, long ts, string last = "100.5") =>
        $$"""{"instType":"SPOT","instId":"{{symbol}}","last":"{{last}}","lastSz":"","askPx":"","askSz":"","bidPx":"100","bidSz":"1","open24h":"99","high24h":"101","low24h":"98","sodUtc0":"99","sodUtc8":"99","volCcy24h":"5000","vol24h":"50","ts":"{{ts}}"}""";

    public OkxMarketClient Client(string folder, TimeProvider clock, Action<OkxMarketDataOptions>? configure = null) => OkxMarketClient.Create(
        options =>
        {
            options.Environment = OkxEnvironment.Custom("live", new Uri($"http://127.0.0.1:{Port}"), new Uri($"ws://127.0.0.1:{Port}"));
            options.Caching.Directory = folder;
            options.RateLimiting.MachineWide = false;
            configure?.Invoke(options);
        },
        builder => Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton(builder.Services, clock));

    /// <summary>The most sockets that were asked for in any second.</summary>
    public int MostUpgradesInASecond()
    {
        var times = _upgrades.Order().ToList();
        return times.Count == 0 ? 0 : times.Max(first => times.Count(at => at >= first && Stopwatch.GetElapsedTime(first, at) < TimeSpan.FromSeconds(1)));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Stop();
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
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            client.NoDelay = true;
            try
            {
                while (await ReadHeadAsync(client.GetStream()) is { } head)
                {
                    var target = head[0].Split(' ')[1];
                    if (head.Any(line => line.StartsWith("Upgrade: websocket", StringComparison.OrdinalIgnoreCase)))
                    {
                        await UpgradeAsync(client, target, head);
                        break;
                    }

                    _targets.Enqueue(target);
                    var (status, body) = Rest(target);
                    var bytes = Encoding.UTF8.GetBytes(body);
                    await WriteAsync(client, $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\n\r\n{body}");
                }
            }
            catch (Exception exception) when (exception is IOException or EndOfStreamException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The client has gone, or the test is over.
                return;
            }
        }
    }

    private async Task UpgradeAsync(TcpClient client, string target, List<string> head)
    {
        Interlocked.Increment(ref _connections);
        try
        {
            _upgrades.Enqueue(Stopwatch.GetTimestamp());
            await UpgradeAsync(client, target, head, UpgradeOf(_upgrades.Count));
        }
        finally
        {
            Interlocked.Decrement(ref _connections);
        }
    }

    private async Task UpgradeAsync(TcpClient client, string target, List<string> head, FakeUpgrade upgrade)
    {
        var key = head.Single(line => line.StartsWith("Sec-WebSocket-Key:", StringComparison.OrdinalIgnoreCase)).Split(':', 2)[1].Trim();
#pragma warning disable CA5350 // what the protocol asks for
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        string Accepted(string by) => $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {by}\r\n\r\n";
        switch (upgrade)
        {
            case FakeUpgrade.Status403:
                await WriteAsync(client, "HTTP/1.1 403 Forbidden\r\nContent-Length: 17\r\n\r\nerror code: 1020\n");
                return;
            case FakeUpgrade.Status429:
                await WriteAsync(client, "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n");
                return;
            case FakeUpgrade.Status503:
                await WriteAsync(client, "HTTP/1.1 503 X\r\nContent-Length: 0\r\n\r\n");
                return;
            case FakeUpgrade.Html200:
                await WriteAsync(client, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n<html></html>");
                return;
            case FakeUpgrade.Redirect:
                await WriteAsync(client, $"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:{Port}/elsewhere\r\nContent-Length: 0\r\n\r\n");
                return;
            case FakeUpgrade.WrongKey:
                await WriteAsync(client, Accepted("dGhlIHNhbXBsZSBub25jZQ=="));
                return;
            case FakeUpgrade.Garbage:
                await WriteAsync(client, "\u0015\u0003\u0001\u0000\u0002\u0002\u0028");
                return;
            case FakeUpgrade.Silent:
                await client.GetStream().ReadExactlyAsync(new byte[1], _stop.Token);
                return;
            case FakeUpgrade.Fin:
                return;
            case FakeUpgrade.Reset:
                client.Client.LingerState = new LingerOption(true, 0);
                return;
        }

        await WriteAsync(client, Accepted(accept));
        if (upgrade is FakeUpgrade.AcceptThenFin or FakeUpgrade.AcceptThenReset)
        {
            if (upgrade == FakeUpgrade.AcceptThenReset)
                client.Client.LingerState = new LingerOption(true, 0);
            return;
        }

        var socket = new FakeLiveSocket(this, client, target);
        lock (_gate)
            _sockets.Add(socket);
        await socket.ServeAsync(_stop.Token);
    }

    private ValueTask WriteAsync(TcpClient client, string text) => client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), _stop.Token);

    // Byte by byte: what comes after the head is the socket's.
    private async Task<List<string>?> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (await stream.ReadAsync(one, _stop.Token) == 1)
        {
            head.Append((char)one[0]);
            if (one[0] == '\n' && head.Length > 3 && head[^3] == '\n')
                return [.. head.ToString().Split("\r\n")];
        }

        return null;
    }
}
