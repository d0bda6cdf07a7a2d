using OkxData.Models;

namespace OkxData.IntegrationTests.Samples;

/// <summary>A cache folder as a client leaves it: days and hours of some pairs, and the documents of the other rooms.</summary>
internal sealed class CacheTree : IAsyncDisposable
{
    public const int DayCount = 400;

    public static readonly DateTimeOffset Now = new(2024, 6, 15, 10, 30, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Today = new(2024, 6, 15, 0, 0, 0, TimeSpan.Zero);

    private CacheTree(SimulatedClient host) => Host = host;

    public static string[] Pairs { get; } = SimulatedClient.OldSymbols(4);

    public SimulatedClient Host { get; }

    public string Folder => Host.Folder;

    public string DayFile(string symbol) => Path.Combine(Folder, Host.Simulator.Name, "candles", "bar=1Dutc", $"symbol={symbol}", "all.parquet");

    public static async Task<CacheTree> MakeAsync()
    {
        var host = await SimulatedClient.StartAsync(options =>
        {
            options.StartAt = Now;
            SimulatedClient.ListOldSymbols(options, Pairs.Length);
        });
        var tree = new CacheTree(host);
        (await tree.DaysAsync(host, DayCount)).ThrowIfAnyFailed();
        await host.Client.GetCandlesAsync(new CandleQuery { Symbol = Pairs[0], Bar = BarSize.OneHour, From = new DateTimeOffset(2023, 12, 20, 0, 0, 0, TimeSpan.Zero), To = new DateTimeOffset(2024, 1, 20, 0, 0, 0, TimeSpan.Zero) });
        await host.Client.GetInstrumentsAsync();
        await host.Client.GetTickersAsync();
        await host.Client.GetMarketCapRankingAsync(new MarketCapQuery { Top = 5 });
        return tree;
    }

    /// <summary>The days up to the last midnight, from what is held and, where that is not enough, from the simulator.</summary>
    public Task<CandleBatch> DaysAsync(SimulatedClient client, int days) =>
        client.Client.GetCandlesAsync(new CandleBatchQuery { Symbols = Pairs, From = Today.AddDays(-days), To = Today });

    /// <summary>The same folder elsewhere, for a test that changes it.</summary>
    public static string Copy(string folder, string copy)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        return copy;
    }

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
