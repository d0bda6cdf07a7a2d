using System.Globalization;
using System.Web;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Candles;
using OkxData.Models;
using OkxData.Testing;
using OkxData.TestProcess;
using OkxData.Time;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Candles;

/// <summary>A download in a process of its own, killed at random instants: what it stored stays, and the next run goes on from there.</summary>
[NonParallelizable]
public sealed class DownloadKillTests
{
    private const int Symbols = 20;
    private const int Days = 1_826;
    private const int MaxRounds = 40;

    [Test]
    [CancelAfter(180_000)]
    public async Task GetCandlesAsync_KilledAtRandomInstants_KeepsWhatWasStoredAndGoesOnFromThere(CancellationToken cancellationToken)
    {
        var seed = Environment.TickCount & 0xFFFF;
        var random = new Random(seed);
        await using var host = await StartAsync(options =>
        {
            ListOldSymbols(options, Symbols);
            options.Limits.Enabled = false;
            options.Latency = TimeSpan.FromMilliseconds(30);
            options.Jitter = TimeSpan.FromMilliseconds(10);
        });
        var truth = await TruthAsync(host);
        var (kills, keptByKills, rounds) = (0, 0, 0);

        for (var finished = false; !finished; rounds++)
        {
            Assert.That(rounds, Is.LessThan(MaxRounds), "it never comes to an end");
            var held = await ArchiveFiles.ReadAllAsync(host.Folder);
            var before = host.Simulator.TotalRequests;
            finished = await RunAsync(host, mayFinish: rounds >= 8, random, cancellationToken);
            AssertNothingHeldIsAskedAgain(held, host.Simulator.Requests.Skip(before));
            await AssertWhatIsHeldIsTrueAsync(host, truth);
            kills += finished ? 0 : 1;
            keptByKills += finished ? 0 : (await ArchiveFiles.ReadAllAsync(host.Folder)).Sum(segment => segment.Candles.Length) > held.Sum(segment => segment.Candles.Length) ? 1 : 0;
        }

        TestContext.Out.WriteLine($"seed {seed}: {kills} kills, {keptByKills} of them after something new was stored, {host.PageRequests} page requests");
        Assert.That(keptByKills, Is.GreaterThan(0), "a test whose kills all come too early shows nothing");
        Assert.That((await ArchiveFiles.ReadAllAsync(host.Folder)).Select(segment => segment.Candles.Length), Has.Exactly(Symbols).Items.And.All.EqualTo(Days));
    }

    /// <summary>Runs a download and kills it a random while after its first request, or lets it finish.</summary>
    private static async Task<bool> RunAsync(SimulatedClient host, bool mayFinish, Random random, CancellationToken cancellationToken)
    {
        // Two workers and one: so few that the kills of a run spread over a while.
        using var process = DownloadProcess.Start(host.Simulator, host.Folder, 0.05, false, Today.AddDays(-Days), Today, OldSymbols(Symbols));
        var pages = mayFinish ? int.MaxValue : random.Next(5, 45);
        var line = "";
        for (var page = 0; page < pages && line is not (null or "done"); page++)
            line = await process.Output.ReadLineAsync(cancellationToken);
        if (line is "done" or null)
        {
            Assert.That(await process.WaitForExitAsync(cancellationToken), Is.EqualTo((0, "")));
            return true;
        }

        Thread.SpinWait(random.Next(0, 200_000));
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
        return false;
    }

    private static async Task<IReadOnlyDictionary<string, CandleSeries>> TruthAsync(SimulatedClient host)
    {
        await using var uncached = host.Again(options => options.Caching.Mode = CacheMode.Off, NoRateLimits.Register);
        var batch = await uncached.Client.GetCandlesAsync(SimulatedClient.Days(Days, OldSymbols(Symbols)));
        batch.ThrowIfAnyFailed();
        return batch.Series;
    }

    private static void AssertNothingHeldIsAskedAgain(List<CandleSegment> held, IEnumerable<RecordedRequest> requests)
    {
        var grid = BarSize.OneDay.ToGrid();
        foreach (var asked in requests.Select(request => HttpUtility.ParseQueryString(request.Query)).GroupBy(query => query["instId"]!))
        {
            var covered = held.SingleOrDefault(segment => segment.Symbol == asked.Key)?.Covered ?? IntervalSet.Empty;
            var openings = IntervalSet.Of(asked.Select(query => new Interval(Math.Max(Milliseconds(query["before"]) + 1, Start), Milliseconds(query["after"]))));
            var again = openings.Except(openings.Except(covered)).Sum(interval => grid.CountBetween(grid.Ceiling(interval.Start), interval.End));
            Assert.That(again, Is.LessThanOrEqualTo(covered.Count), $"{asked.Key}: more than the one candle before each hole, which is compared, was asked again");
        }
    }

    private static async Task AssertWhatIsHeldIsTrueAsync(SimulatedClient host, IReadOnlyDictionary<string, CandleSeries> truth)
    {
        await using var offline = host.Again(options => options.Caching.Mode = CacheMode.Offline);
        foreach (var segment in await ArchiveFiles.ReadAllAsync(host.Folder))
        {
            foreach (var covered in segment.Covered.Select(interval => interval.ToRange()))
            {
                var series = await offline.Client.GetCandlesAsync(new CandleQuery { Symbol = segment.Symbol, From = covered.Start, To = covered.End });
                Assert.That(series.SequenceEqual(truth[segment.Symbol].Where(candle => covered.Contains(candle.OpenTime))), segment.Symbol);
                Assert.That(series.Count, Is.GreaterThan(0));
            }
        }
    }

    private static long Start => Today.AddDays(-Days).ToUnixTimeMilliseconds();

    private static long Milliseconds(string? text) => long.Parse(text!, CultureInfo.InvariantCulture);
}
