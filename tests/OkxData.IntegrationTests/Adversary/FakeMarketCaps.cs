using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using OkxData.Caching;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>OKX's lists, CoinGecko and CoinPaprika on a raw socket; a test makes each reply from the request's target.</summary>
internal sealed class FakeMarketCaps : IAsyncDisposable
{
    public const string Markets = "/api/v3/coins/markets";
    public const string Paprika = "/v1/tickers";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _targets = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("okxdata-caps-").FullName;
    private readonly List<OkxMarketClient> _clients = [];
    private readonly Task _accepting;

    public FakeMarketCaps()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    /// <summary>OKX's spot pairs: symbol, price, category and state.</summary>
    public List<(string Symbol, string Price, string Category, string State)> Pairs { get; } = [];

    /// <summary>CoinGecko's reply to a page (from 1).</summary>
    public Func<int, (int Status, string Body)> Page { get; set; } = _ => (200, "[]");

    /// <summary>CoinGecko's reply to a category.</summary>
    public Func<string, (int Status, string Body)> Category { get; set; } = _ => (200, "[]");

    /// <summary>Whether OKX itself has an outage.</summary>
    public bool IsOkxDown { get; set; }

    /// <summary>Which targets are never answered.</summary>
    public Func<string, bool> IsSilent { get; set; } = _ => false;

    public Func<(int Status, string Body)> CoinPaprika { get; set; } = () => (503, "");

    public IReadOnlyList<string> Targets => [.. _targets];

    public static string Coin(string id, string symbol, string cap, string price, string name = "Some Coin") =>
        $$"""{"id":"{{id}}","symbol":"{{symbol}}","name":"{{name}}","current_price":{{price}},"market_cap":{{cap}},"market_cap_rank":1,"circulating_supply":1,"last_updated":null}""";

    public static (int Status, string Body) Coins(params IEnumerable<string> rows) => (200, $"[{string.Join(',', rows)}]");

    /// <summary>A client with a folder that all clients of this server share.</summary>
    public OkxMarketClient Client(Action<OkxMarketDataOptions>? configure = null, Action<Microsoft.Extensions.DependencyInjection.IOkxMarketDataBuilder>? build = null)
    {
        var address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        var client = OkxMarketClient.Create(
            options =>
            {
                options.Environment = OkxEnvironment.Custom("fake", address, new Uri("ws://127.0.0.1:1"));
                (options.Rankings.CoinGeckoBaseAddress, options.Rankings.CoinPaprikaBaseAddress) = (address, address);
                options.RateLimiting.MachineWide = false;
                (options.Caching.Directory, options.Caching.RankingsTtl, options.Resilience.MaxRetries) = (_folder, TimeSpan.Zero, 0);
                configure?.Invoke(options);
            },
            build);
        _clients.Add(client);
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private (int Status, string Body) Answer(string target)
    {
        var (path, query) = target.Split('?') is [var left, var right] ? (left, right) : (target, "");
        var fields = query.Split('&').Select(part => part.Split('=')).ToLookup(part => part[0], part => part[^1]);
        return path switch
        {
            _ when IsOkxDown && path.StartsWith("/api/v5/", StringComparison.Ordinal) => (503, ""),
            "/api/v5/public/instruments" => Okx(Pairs.Select(pair =>
                $$"""{"instType":"SPOT","instId":"{{pair.Symbol}}","baseCcy":"{{pair.Symbol.Split('-')[0]}}","quoteCcy":"{{pair.Symbol.Split('-')[1]}}","state":"{{pair.State}}","instCategory":"{{pair.Category}}","tickSz":"0.1","lotSz":"0.1","minSz":"0.1"}""")),
            "/api/v5/market/tickers" => Okx(Pairs.Select(pair =>
                $$"""{"instType":"SPOT","instId":"{{pair.Symbol}}","last":"{{pair.Price}}","volCcy24h":"5000","vol24h":"50","ts":"1780000000000"}""")),
            Markets when fields["category"].FirstOrDefault() is { } category => Category(category),
            Markets => Page(int.Parse(fields["page"].Single(), System.Globalization.CultureInfo.InvariantCulture)),
            Paprika => CoinPaprika(),
            _ => (404, ""),
        };
    }

    private static (int, string) Okx(IEnumerable<string> rows) => (200, $$"""{"code":"0","msg":"","data":[{{string.Join(',', rows)}}]}""");

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
                serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var connection = client;
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.ASCII, leaveOpen: true);
            while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 } line)
            {
                while (await reader.ReadLineAsync(_stop.Token) is { Length: > 0 })
                {
                    // The headers say nothing that matters here.
                }

                var target = line.Split(' ')[1];
                _targets.Enqueue(target);
                if (IsSilent(target))
                    await Task.Delay(Timeout.Infinite, _stop.Token);
                var (status, body) = Answer(target);
                var bytes = Encoding.UTF8.GetBytes(body);
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\n\r\n"), _stop.Token);
                await client.GetStream().WriteAsync(bytes, _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The client went away, or the test is over.
            return;
        }
    }
}
