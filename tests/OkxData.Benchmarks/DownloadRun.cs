using System.Diagnostics;
using System.Globalization;
using OkxData.Models;
using OkxData.Testing;

namespace OkxData.Benchmarks;

/// <summary>Downloads from a server that counts sliding windows, and says how far that is from what the limits allow.</summary>
internal static class DownloadRun
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    /// <returns>0 when every bar came, no request was refused and no window was over its budget; else 1.</returns>
    public static async Task<int> RunAsync()
    {
        Print("");
        Print("download from a simulated OKX that is 40 ± 20 ms away, and again from the cache");
        Print($"{"what",-26}{"bars",8}{"pages",7}{"other",7}{"seconds",9}{"floor",8}{"ratio",7}{"max 2 s candles/history",25}{"429",5}");
        var good = await RunAsync(symbols: 10, days: 1_096);
        good &= await RunAsync(symbols: 50, days: 1_826);
        Print(good ? "every bar came; no window was over its budget" : "NOT as promised: see the rows above");
        return good ? 0 : 1;
    }

    private static async Task<bool> RunAsync(int symbols, int days)
    {
        await using var market = await SimulatedMarket.StartAsync(symbols, days);
        var floor = DownloadFloor.Of(symbols, days, SimulatedMarket.Delay);
        var name = string.Create(CultureInfo.InvariantCulture, $"{symbols} x {days:n0} days");
        var good = await MeasureAsync(market, name + " cold", floor);
        return good & await MeasureAsync(market, name + " warm", null);
    }

    private static async Task<bool> MeasureAsync(SimulatedMarket market, string name, DownloadFloor? floor)
    {
        market.Simulator.Reset();
        await using var client = market.CreateClient();
        var started = Stopwatch.GetTimestamp();
        var batch = await client.GetCandlesAsync(market.Query);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;

        foreach (var (symbol, failure) in batch.Failures.Take(3))
            Print($"  {symbol} failed: {failure.Message}");
        var bars = batch.Series.Values.Sum(series => series.Count);
        var requests = market.Simulator.Requests;
        var pages = requests.Count(request => request.Path is SimulatorPaths.Candles or SimulatorPaths.HistoryCandles);
        var (recent, history) = (market.Simulator.MaxRequestsInAnyWindow(SimulatorPaths.Candles, Window), market.Simulator.MaxRequestsInAnyWindow(SimulatorPaths.HistoryCandles, Window));
        var refused = requests.Count(request => request.IsRefused);

        var floorText = floor is { } known ? Text(known.Time.TotalSeconds) : "";
        var ratio = floor is { Bursts: > 1 } several ? Text(seconds / several.Time.TotalSeconds) : floor is null ? "" : "1 burst";
        Print($"{name,-26}{bars,8}{pages,7}{requests.Count - pages,7}{Text(seconds),9}{floorText,8}{ratio,9}{recent + " / " + history,23}{refused,5}");
        return bars == market.Bars && refused == 0 && recent <= 40 && history <= 20 && (floor is not null || requests.Count == 0);
    }

    private static string Text(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    private static void Print(string line) => Console.WriteLine(line);
}
