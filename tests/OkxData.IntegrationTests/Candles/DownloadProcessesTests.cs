using NUnit.Framework;
using OkxData.Caching;
using OkxData.Models;
using OkxData.TestProcess;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

/// <summary>Several processes that download into one folder at the same time.</summary>
[NonParallelizable]
public sealed class DownloadProcessesTests
{
    private const int Days = 600;

    [TestCase(2)]
    [TestCase(4)]
    [CancelAfter(120_000)]
    public async Task GetCandlesAsync_ProcessesWithTheSameAndOtherSeries_LoseNothing(int processes, CancellationToken cancellationToken)
    {
        string[] shared = [.. OldSymbols(6)];
        await using var host = await StartAsync(options => ListOldSymbols(options, 6 + processes));

        await RunAsync(host, processes, process => (Today.AddDays(-Days), Today, [.. shared, $"OLD{7 + process}-USDT"]), cancellationToken);

        await AssertHeldAsync(host, OldSymbols(6 + processes));
        Assert.That(host.Simulator.Requests.Count(request => request.IsRefused), Is.Zero, "a quarter for each of four is not more than all");
    }

    [TestCase(2)]
    [TestCase(4)]
    [CancelAfter(120_000)]
    public async Task GetCandlesAsync_ProcessesWithPartsOfOneFileEach_LoseNoPart(int processes, CancellationToken cancellationToken)
    {
        var symbols = OldSymbols(4);
        var part = Days / processes;
        await using var host = await StartAsync(options => ListOldSymbols(options, 4));

        await RunAsync(host, processes, process => (Today.AddDays(-Days + process * part), Today.AddDays(-Days + (process + 1) * part), symbols), cancellationToken);

        await AssertHeldAsync(host, symbols);
    }

    private static async Task RunAsync(SimulatedClient host, int processes, Func<int, (DateTimeOffset From, DateTimeOffset To, string[] Symbols)> order, CancellationToken cancellationToken)
    {
        var children = Enumerable.Range(0, processes).Select(order)
            .Select(one => DownloadProcess.Start(host.Simulator, host.Folder, 0.25, true, one.From, one.To, one.Symbols))
            .ToList();
        try
        {
            foreach (var child in children)
                Assert.That(await child.WaitForExitAsync(cancellationToken), Is.EqualTo((0, "")));
        }
        finally
        {
            children.ForEach(child => child.Dispose());
        }
    }

    private static async Task AssertHeldAsync(SimulatedClient host, string[] symbols)
    {
        var segments = await ArchiveFiles.ReadAllAsync(host.Folder);
        Assert.That(segments.Select(segment => segment.Symbol), Is.EquivalentTo(symbols));
        Assert.That(Directory.GetFiles(host.Folder, ".~*.tmp", SearchOption.AllDirectories), Is.Empty);

        await using var offline = host.Again(options => options.Caching.Mode = CacheMode.Offline);
        await using var other = await StartAsync(
            options =>
            {
                ListOldSymbols(options, symbols.Length);
                options.Limits.Enabled = false;
            },
            options => options.Caching.Mode = CacheMode.Off,
            NoRateLimits.Register);
        var held = await offline.Client.GetCandlesAsync(SimulatedClient.Days(Days, symbols));
        held.ThrowIfAnyFailed();
        foreach (var symbol in symbols)
        {
            var truth = await other.Client.GetCandlesAsync(new CandleQuery { Symbol = symbol, From = Today.AddDays(-Days), To = Today });
            Assert.That(truth.Count, Is.EqualTo(Days));
            Assert.That(held.Series[symbol].AsSpan().SequenceEqual(truth.AsSpan()), symbol);
        }
    }
}
