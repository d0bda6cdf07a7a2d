using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>How a reply goes wrong.</summary>
public enum FakeFault
{
    None, Status500, Html502, Html200, Unavailable503, Code50001, Code50013, Code50026, TooMany429, TooMany200, NumberCode429, DataBeforeError, NoData,
    Truncated, TruncatedGzip, ChunkCut, LengthTooLong, LengthTooShort, Empty, Fin, Reset, AnswerThenFin, AnswerThenReset, Hang,
}

/// <summary>A small OKX on a raw socket, written from the facts about OKX alone. It counts what arrives.</summary>
internal sealed class FakeOkx : IAsyncDisposable
{
    public const string Recent = "/api/v5/market/candles";
    public const string History = "/api/v5/market/history-candles";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<(string Path, long At, string Query)> _arrivals = new();
    private readonly Task _accepting;
    private int _count;

    public FakeOkx()
    {
        _listener.Start(200);
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    public FakeMarket Market { get; } = new();

    public Func<DateTimeOffset> Now { get; set; } = () => AdversaryHost.Now;

    public int RecentDepth { get; set; } = 1440;

    public Func<string, int> CapOf { get; set; } = _ => 300;

    public TimeSpan HistoryLag { get; set; }

    public bool HistoryShowsForming { get; set; }

    /// <summary>Whether the oldest rows are kept where more match than the limit allows.</summary>
    public bool OldestSide { get; set; }

    /// <summary>The delay of a reply.</summary>
    public Func<TimeSpan> Delay { get; set; } = () => TimeSpan.Zero;

    /// <summary>What goes wrong with the n-th request.</summary>
    public Func<int, string, FakeFault> FaultOf { get; set; } = (_, _) => FakeFault.None;

    /// <summary>Headers to add to the n-th reply, each ending in CRLF.</summary>
    public string ExtraHeaders { get; set; } = "";

    /// <summary>Changes how cursors and the limit are read: (path, after, before, limit).</summary>
    public Func<string, long, long, int, (long After, long Before, int Limit)> ReadQuery { get; set; } = (_, after, before, limit) => (after, before, limit);

    /// <summary>Changes the rows of a reply, newest first: (n, path, rows).</summary>
    public Func<int, string, List<string[]>, List<string[]>> Rows { get; set; } = (_, _, rows) => rows;

    public Func<string[], string> Write { get; set; } = row => "[\"" + string.Join("\",\"", row) + "\"]";

    public int Arrivals(string? path = null) => _arrivals.Count(arrival => path is null || arrival.Path == path);

    public IReadOnlyList<string> Queries => [.. _arrivals.Select(arrival => arrival.Query)];

    /// <summary>The most arrivals in any two seconds, half-open.</summary>
    public int MostInWindow(string path)
    {
        var times = _arrivals.Where(arrival => arrival.Path == path).Select(arrival => arrival.At).Order().ToList();
        var (most, first) = (0, 0);
        for (var last = 0; last < times.Count; last++)
        {
            while (Stopwatch.GetElapsedTime(times[first], times[last]) >= TimeSpan.FromSeconds(2))
                first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    public async ValueTask DisposeAsync()
    {
        // The loop ends by itself; a listener that is stopped under it throws whatever the instant brings.
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
                using var reader = new StreamReader(client.GetStream(), Encoding.ASCII, leaveOpen: true);
                while (await reader.ReadLineAsync(_stop.Token) is { } line)
                {
                    var at = Stopwatch.GetTimestamp();
                    while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 })
                    {
                    }

                    if (!await AnswerAsync(client, line.Split(' ')[1], at))
                        return;
                }
            }
            catch (Exception exception) when (exception is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }
        }
    }

    private async Task<bool> AnswerAsync(TcpClient client, string target, long at)
    {
        var parts = target.Split('?', 2);
        _arrivals.Enqueue((parts[0], at, parts.Length > 1 ? parts[1] : ""));
        var n = Interlocked.Increment(ref _count);
        if (Delay() is { Ticks: > 0 } delay)
            await Task.Delay(delay, _stop.Token);

        var fault = FaultOf(n, parts[0]);
        var body = Encoding.UTF8.GetBytes(BodyOf(n, parts[0], parts.Length > 1 ? parts[1] : ""));
        var stream = client.GetStream();
        switch (fault)
        {
            case FakeFault.Fin:
                client.Client.Shutdown(SocketShutdown.Both);
                return false;
            case FakeFault.Reset:
                client.LingerState = new LingerOption(true, 0);
                client.Client.Close();
                return false;
            case FakeFault.ChunkCut:
                await stream.WriteAsync((byte[])[.. Head(200, "Transfer-Encoding: chunked\r\n"), .. Encoding.ASCII.GetBytes($"{body.Length:x}\r\n"), .. body.AsSpan(0, body.Length / 2)]);
                return false;
            case FakeFault.LengthTooLong:
                await stream.WriteAsync((byte[])[.. Head(200, $"Content-Length: {body.Length + 100}\r\n"), .. body]);
                return false;
            case FakeFault.LengthTooShort:
                await stream.WriteAsync((byte[])[.. Head(200, $"Content-Length: {body.Length / 2}\r\n"), .. body]);
                return true;
            case FakeFault.TruncatedGzip:
                var packed = Gzip(body);
                await stream.WriteAsync((byte[])[.. Head(200, $"Content-Encoding: gzip\r\nContent-Length: {packed.Length / 2}\r\n"), .. packed.AsSpan(0, packed.Length / 2)]);
                return true;
            case FakeFault.Hang:
                await Task.Delay(Timeout.Infinite, _stop.Token);
                return false;
            default:
                var (status, text) = Reply(fault is FakeFault.AnswerThenFin or FakeFault.AnswerThenReset ? FakeFault.None : fault, body);
                await stream.WriteAsync((byte[])[.. Head(status, $"Content-Length: {text.Length}\r\n"), .. text]);
                if (fault == FakeFault.AnswerThenReset)
                    client.LingerState = new LingerOption(true, 0);
                return fault is not (FakeFault.AnswerThenFin or FakeFault.AnswerThenReset);
        }
    }

    private byte[] Head(int status, string headers) => Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{(status == 429 ? ExtraHeaders : "")}{headers}\r\n");

    private static (int Status, byte[] Body) Reply(FakeFault fault, byte[] body) => fault switch
    {
        FakeFault.None => (200, body),
        FakeFault.Status500 => (500, "{}"u8.ToArray()),
        FakeFault.Html502 => (502, "<html>bad gateway</html>"u8.ToArray()),
        FakeFault.Html200 => (200, "<html>just a moment</html>"u8.ToArray()),
        FakeFault.Unavailable503 => (503, """{"code":"50001","msg":"Service temporarily unavailable","data":[]}"""u8.ToArray()),
        FakeFault.Code50001 => (200, """{"code":"50001","msg":"Service temporarily unavailable","data":[]}"""u8.ToArray()),
        FakeFault.Code50013 => (200, """{"code":"50013","msg":"busy","data":[]}"""u8.ToArray()),
        FakeFault.Code50026 => (200, """{"code":"50026","msg":"System error","data":[]}"""u8.ToArray()),
        FakeFault.TooMany429 => (429, """{"msg":"Too Many Requests","code":"50011"}"""u8.ToArray()),
        FakeFault.TooMany200 => (200, """{"msg":"Too Many Requests","code":"50011"}"""u8.ToArray()),
        FakeFault.NumberCode429 => (429, """{"msg":"Requests too frequent.","code":50011}"""u8.ToArray()),
        FakeFault.DataBeforeError => (200, """{"data":[["1","2"]],"code":50026,"msg":"System error"}"""u8.ToArray()),
        FakeFault.NoData => (200, """{"code":"0","msg":""}"""u8.ToArray()),
        FakeFault.Truncated => (200, body[..(body.Length / 2)]),
        FakeFault.Empty => (200, []),
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    private string BodyOf(int n, string path, string query)
    {
        var fields = query.Split('&').Select(field => field.Split('=')).ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[^1]));
        if (path is not (Recent or History))
            return """{"code":"51000","msg":"Parameter error","data":[]}""";
        var (symbol, bar) = (fields["instId"], fields.GetValueOrDefault("bar", "1m"));
        if (Market.Unknown.Contains(symbol))
            return """{"code":"51001","msg":"Instrument ID, Instrument ID code, or Spread ID doesn't exist.","data":[]}""";
        if (!Market.Knows(bar))
            return """{"code":"51000","msg":"Parameter bar error","data":[]}""";

        var now = Now().ToUnixTimeMilliseconds();
        var (after, before, limit) = ReadQuery(path, Number(fields, "after", long.MaxValue), Number(fields, "before", long.MinValue), (int)Math.Min(CapOf(path), Number(fields, "limit", 100)));
        if (path == Recent)
            before = Math.Max(before, Market.Openings(symbol, bar, long.MinValue, long.MaxValue, now).Skip(RecentDepth).FirstOrDefault(long.MinValue));
        var matching = Market.Openings(symbol, bar, before, after, now)
            .Where(open => path == Recent || HistoryShowsForming || Market.CloseOf(bar, open) + HistoryLag.TotalMilliseconds <= now);
        var rows = (OldestSide ? matching.TakeLast(limit) : matching.Take(limit))
            .Select(open => Market.Row(symbol, bar, open, now))
            .ToList();
        return $$"""{"code":"0","msg":"","data":[{{string.Join(',', Rows(n, path, rows).Select(Write))}}]}""";
    }

    private static long Number(Dictionary<string, string> fields, string name, long otherwise) =>
        fields.TryGetValue(name, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static byte[] Gzip(byte[] body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(body);
        return packed.ToArray();
    }
}
