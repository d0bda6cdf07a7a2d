using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OkxData;
using OkxData.Datasets;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Panels;
using OkxData.Testing;
using OkxData.Time;

namespace OkxData.IntegrationTests.Readme;

/// <summary>The code of README.md, compiled; a test holds the two together.</summary>
internal static class ReadmeSnippets
{
    public static async Task QuickStartAsync()
    {
        await using var client = OkxMarketClient.Create();

        await DownloadAsync(client);
    }

    public static async Task DownloadAsync(IOkxMarketClient client)
    {
        var batch = await client.GetCandlesAsync(new CandleBatchQuery
        {
            Symbols = ["BTC-USDT", "ETH-USDT", "SOL-USDT"],
            From = new DateTimeOffset(2021, 1, 1, 0, 0, 0, TimeSpan.Zero),
            To = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero),
        });

        foreach (var series in batch.Series.Values)
            Console.WriteLine($"{series.Symbol}: {series.Coverage} ({series.Origin})");
        Console.WriteLine($"{batch.RequestsSent} requests");
    }

    public static async Task OneSeriesAsync(IOkxMarketClient client)
    {
        var from = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var hours = await client.GetCandlesAsync("btc/usdt", BarSize.OneHour, from);
        var days = await client.GetDailyCandlesAsync("ETH-USDT", years: 5);
        double[] closes = days.ToCloses();

        Console.WriteLine($"{hours.Count} {closes.Length}");
    }

    public static async Task WatchAsync(IOkxMarketClient client, CancellationToken cancellationToken)
    {
        await foreach (var ticker in client.StreamTickersAsync(["BTC-USDT", "ETH-USDT"], cancellationToken))
            Console.WriteLine($"{ticker.Symbol} {ticker.Price}");
    }

    public static async Task FollowAsync(IOkxMarketClient client, CancellationToken cancellationToken)
    {
        var live = new CandleStreamQuery { Symbols = ["BTC-USDT", "ETH-USDT"], Bar = BarSize.OneMinute, From = DateTimeOffset.UtcNow.AddDays(-1) };
        await foreach (var update in client.StreamCandlesAsync(live, cancellationToken))
            Console.WriteLine($"{update.Symbol} {update.Candle.OpenTime:u} {update.Candle.Close} {(update.IsLive ? "live" : "history")}");
    }

    public static async Task<DatasetComparison> CompareAsync(CandleBatch batch)
    {
        await DatasetManifest.Create(batch).SaveAsync("dataset.json");
        var comparison = (await DatasetManifest.LoadAsync("dataset.json")).Compare(batch);

        return comparison;
    }

    public static async Task<string[]> UniverseAsync(IOkxMarketClient client)
    {
        var universe = await client.GetMarketCapRankingAsync(new MarketCapQuery { Top = 50, QuoteCurrency = "USDT" });
        string[] symbols = [.. universe.Assets.Select(asset => asset.Symbol)];

        return symbols;
    }

    public static double[,] SideBySide(CandleBatch batch, DateTimeOffset asOf)
    {
        var prices = batch.ToPanel(PriceField.Close, Alignment.Union, MissingPrice.ForwardFill(maxBars: 2));
        var window = prices.ToReturns(ReturnKind.Log).Window(asOf, bars: 180, minObserved: 0.95);
        double[,] returns = window.Panel.Values;

        return returns;
    }

    public static void Register(IServiceCollection services, IConfiguration configuration)
    {
        services.AddOkxMarketData();
        services.AddOkxMarketData(options => options.Caching.Directory = "market-data");
        services.AddOkxMarketData(configuration.GetSection("OkxData"));
        services.AddOkxMarketData("europe", options => options.Environment = OkxEnvironment.Europe);
    }

    public static async Task SimulateAsync(IServiceCollection services)
    {
        await using var simulator = await OkxSimulator.StartAsync(options => options.StartAt = new DateTimeOffset(2026, 1, 10, 0, 0, 0, TimeSpan.Zero));
        services.AddOkxMarketData(options => options.Caching.Directory = "test-cache").UseSimulator(simulator);
    }
}
