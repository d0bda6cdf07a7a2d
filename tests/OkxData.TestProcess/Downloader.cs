using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using OkxData.Models;

namespace OkxData.TestProcess;

/// <summary>
/// <c>download &lt;environment&gt; &lt;address&gt; &lt;folder&gt; &lt;now&gt; &lt;share&gt; &lt;limited|unlimited&gt; &lt;from&gt; &lt;to&gt; &lt;symbol&gt;…</c>: gets the daily candles of the
/// symbols into the folder, instants in Unix milliseconds, and writes <c>page</c> for each that has arrived, then <c>done</c>.
/// </summary>
internal static class Downloader
{
    public static async Task<int> RunAsync(string[] arguments)
    {
        var address = new Uri(arguments[1]);
        var now = InstantOf(arguments[3]);
        await using var client = OkxMarketClient.Create(
            options =>
            {
                options.Environment = OkxEnvironment.Custom(arguments[0], address, new UriBuilder(address) { Scheme = "ws" }.Uri);
                options.Caching.Directory = arguments[2];
                options.RateLimiting.Share = double.Parse(arguments[4], CultureInfo.InvariantCulture);
            },
            builder =>
            {
                builder.Services.AddKeyedSingleton<TimeProvider>(builder.Name, new ClockFrom(now));
                if (arguments[5] == "unlimited")
                    NoRateLimits.Register(builder);
            });

        var batch = await client.GetCandlesAsync(new CandleBatchQuery { Symbols = arguments[8..], From = InstantOf(arguments[6]), To = InstantOf(arguments[7]), Progress = new Pages() });
        batch.ThrowIfAnyFailed();
        if (batch.Series.Values.FirstOrDefault(series => !series.Coverage.IsComplete) is { } cut)
            throw new InvalidDataException($"{cut.Symbol} has {cut.Coverage}.");

        Console.WriteLine("done");
        return 0;
    }

    private static DateTimeOffset InstantOf(string milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(milliseconds, CultureInfo.InvariantCulture));

    private sealed class Pages : IProgress<CandleProgress>
    {
        public void Report(CandleProgress value) => Console.WriteLine("page");
    }

    private sealed class ClockFrom(DateTimeOffset start) : TimeProvider
    {
        private readonly TimeSpan _offset = start - System.GetUtcNow();

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _offset;
    }
}
