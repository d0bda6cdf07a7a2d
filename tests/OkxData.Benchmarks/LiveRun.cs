using System.Diagnostics;
using System.Globalization;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Models;

namespace OkxData.Benchmarks;

/// <summary>How long the real OKX takes to answer, from here, through the whole client, without the cache.</summary>
internal static class LiveRun
{
    private const int Rounds = 10;

    public static async Task<int> RunAsync()
    {
        await using var client = OkxMarketClient.Create(options => options.Caching.Mode = CacheMode.Off);
        var today = TimeProvider.System.GetUtcNow().Date;
        (string Name, Func<Task> Call)[] calls =
        [
            ("tickers", () => client.GetTickersAsync()),
            ("instruments (swaps)", () => client.GetInstrumentsAsync(InstrumentType.Swap)),
            ("candles, one page", () => DaysAsync(client, today, from: -299, to: 0)),
            ("history-candles, one page", () => DaysAsync(client, today, from: -1_900, to: -1_601)),
        ];

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"response times of the real OKX in ms, {Rounds} calls each, one after another"));
        Console.WriteLine($"{"what",-28}{"first",8}{"median",8}{"worst",8}");
        foreach (var (name, call) in calls)
        {
            try
            {
                var times = await TimeAsync(call);
                var sorted = times.Order().ToArray();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-28}{times[0],8:0}{sorted[Rounds / 2],8:0}{sorted[^1],8:0}"));
            }
            catch (OkxException exception)
            {
                Console.Error.WriteLine($"{name}: {exception.Message}");
                return 1;
            }
        }

        return 0;
    }

    private static async Task<double[]> TimeAsync(Func<Task> call)
    {
        var times = new double[Rounds];
        for (var i = 0; i < Rounds; i++)
        {
            var started = Stopwatch.GetTimestamp();
            await call();
            times[i] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }

        return times;
    }

    private static async Task DaysAsync(OkxMarketClient client, DateTime today, int from, int to) => await client.GetCandlesAsync(new CandleQuery
    {
        Symbol = "BTC-USDT",
        From = new DateTimeOffset(today, TimeSpan.Zero).AddDays(from),
        To = new DateTimeOffset(today, TimeSpan.Zero).AddDays(to),
    });
}
