using System.Globalization;
using BenchmarkDotNet.Running;

namespace OkxData.Benchmarks;

/// <summary>Fills a cache, runs <see cref="WarmBenchmarks"/> over it and says what they mean.</summary>
internal static class WarmRun
{
    public static async Task RunAsync()
    {
        await using var market = await SimulatedMarket.StartAsync(symbols: 50, days: 1_826);
        await using (var client = market.CreateClient())
            (await client.GetCandlesAsync(market.Query)).ThrowIfAnyFailed();

        market.Simulator.Reset();
        WarmBenchmarks.Market = market;
        var summary = BenchmarkRunner.Run<WarmBenchmarks>(ShortConfig.Create());
        if (summary.MedianOf(nameof(WarmBenchmarks.OkxData)) is not { } ours || summary.MedianOf(nameof(WarmBenchmarks.DuckDb)) is not { } duckDb)
        {
            Console.WriteLine("The warm benchmark gave no result.");
            return;
        }

        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"warm read of {market.Symbols} symbols x {market.Days:n0} days ({market.Bars:n0} candles), requests sent: {market.Simulator.TotalRequests}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  median: ours {ours.TotalMilliseconds:0.0} ms, DuckDB's reader {duckDb.TotalMilliseconds:0.0} ms: {ours / duckDb:0.00} times its time (2 at most is the aim)"));
    }
}
