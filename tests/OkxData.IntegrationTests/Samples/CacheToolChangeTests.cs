using NUnit.Framework;
using OkxData.Caching;
using OkxData.Candles.Codecs;
using OkxData.Catalog;
using OkxData.IntegrationTests.Candles;
using OkxData.Models;
using OkxData.TestProcess;
using static OkxData.IntegrationTests.Samples.CacheTree;

namespace OkxData.IntegrationTests.Samples;

/// <summary>The tool while, and after, something changes what is held.</summary>
[TestFixture]
public sealed class CacheToolChangeTests
{
    [Test]
    [CancelAfter(120_000)]
    public async Task Manifest_BeforeAndAfterChanges_SaysSameExtendedAndChangedAndWhere(CancellationToken cancellationToken)
    {
        await using var tree = await MakeAsync();
        var file = Path.Combine(Path.GetTempPath(), $"okxdata-manifest-{Guid.NewGuid():N}.json");

        var created = await RunAsync(tree, "manifest", "create", file);
        var same = await RunAsync(tree, "manifest", "check", file);
        (await tree.DaysAsync(tree.Host, DayCount + 20)).ThrowIfAnyFailed();
        var extended = await RunAsync(tree, "manifest", "check", file);
        await ChangeOneFigureAsync(tree.DayFile(Pairs[2]), cancellationToken);
        File.Delete(tree.DayFile(Pairs[3]));
        var changed = await RunAsync(tree, "manifest", "check", file);
        File.Delete(file);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(created.ExitCode, Is.Zero, created.Error);
            Assert.That((same.ExitCode, same.Output.Split("same: ").Length - 1), Is.EqualTo((0, 4)), same.Output + same.Error);
            Assert.That((extended.ExitCode, extended.Output.Split("extended: ").Length - 1), Is.EqualTo((0, 4)), extended.Output + extended.Error);
            Assert.That(changed.ExitCode, Is.EqualTo(1), changed.Output + changed.Error);
            Assert.That(changed.Output, Does.Contain($"changed: {Pairs[2]} is not what it was in [2023-05-12T00:00:00Z").And.Contain($"missing: {Pairs[3]}").And.Contain($"extended: {Pairs[0]}"));
        }
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task Verify_DamageThatAClientHeals_IsAFindingThenARemarkThenGone(CancellationToken cancellationToken)
    {
        await using var tree = await MakeAsync();
        var content = await File.ReadAllBytesAsync(tree.DayFile(Pairs[0]), cancellationToken);
        content[100] ^= 1;
        await File.WriteAllBytesAsync(tree.DayFile(Pairs[0]), content, cancellationToken);

        var damaged = await RunAsync(tree, "verify");
        await using (var later = tree.Host.Again())
            (await tree.DaysAsync(later, DayCount)).ThrowIfAnyFailed();
        var healed = await RunAsync(tree, "verify");
        var strict = await RunAsync(tree, "verify", "--strict");
        var pruned = await RunAsync(tree, "prune", "--quarantine", "--yes");
        var clean = await RunAsync(tree, "verify", "--strict");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(damaged.ExitCode, Is.EqualTo(1), damaged.Output);
            Assert.That(healed.ExitCode, Is.Zero, healed.Output);
            Assert.That(healed.Output, Does.Contain("1 of [cache.quarantined]"));
            Assert.That(strict.ExitCode, Is.EqualTo(1), strict.Output);
            Assert.That(pruned.ExitCode, Is.Zero, pruned.Output);
            Assert.That(clean.Output, Does.Not.Contain("cache.quarantined"));
        }
    }

    /// <summary>One process downloads the newer half of each file while others turn all files from one format into the other and back.</summary>
    [Test]
    [CancelAfter(180_000)]
    public async Task Convert_WhileAClientDownloadsIntoTheSameFiles_LosesNothing(CancellationToken cancellationToken)
    {
        const int Count = 12, Days = 600;
        var symbols = SimulatedClient.OldSymbols(Count);
        await using var host = await SimulatedClient.StartAsync(options =>
        {
            options.StartAt = Now;
            options.Latency = TimeSpan.FromMilliseconds(60);
            SimulatedClient.ListOldSymbols(options, Count);
        });
        (await host.Client.GetCandlesAsync(new CandleBatchQuery { Symbols = symbols, From = Today.AddDays(-Days), To = Today.AddDays(-Days / 2) }, cancellationToken)).ThrowIfAnyFailed();

        var converted = 0;
        using (var child = DownloadProcess.Start(host.Simulator, host.Folder, 0.2, true, Today.AddDays(-Days / 2), Today, symbols))
        {
            var download = child.WaitForExitAsync(cancellationToken);
            var looking = LookAsync(host.Folder, symbols, Days / 2, download, cancellationToken);
            for (var round = 0; round < 2 || !download.IsCompleted; round++)
            {
                var run = await SampleProcess.RunAsync("CacheTool", "convert", round % 2 == 0 ? "json" : "parquet", "--cache", host.Folder);
                Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
                converted += int.Parse(run.Output.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
            }

            Assert.That(await download, Is.EqualTo((0, "")));
            Assert.That(await looking, Is.Positive);
        }

        var verification = await CacheCatalog.OpenFolder(host.Folder).VerifyAsync(cancellationToken: cancellationToken);
        await using var offline = host.Again(options => options.Caching.Mode = CacheMode.Offline);
        await using var truth = host.Again(options => options.Caching.Mode = CacheMode.Off, NoRateLimits.Register);
        var query = new CandleBatchQuery { Symbols = symbols, From = Today.AddDays(-Days), To = Today };
        var held = await offline.Client.GetCandlesAsync(query, cancellationToken);
        var expected = await truth.Client.GetCandlesAsync(query, cancellationToken);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(converted, Is.GreaterThanOrEqualTo(2 * Count), "the conversions had something to do");
            Assert.That(verification.Findings, Is.Empty, () => string.Join('\n', verification.Findings));
            Assert.That(verification.Candles, Is.EqualTo(Count * Days));
            foreach (var symbol in symbols)
                Assert.That(held.Series[symbol].ContentHash, Is.EqualTo(expected.Series[symbol].ContentHash), symbol);
        }
    }

    /// <summary>Checks and reads all that is held, over and over while it is written and moved: never less than there was, and never a finding.</summary>
    private static async Task<int> LookAsync(string folder, string[] symbols, int least, Task until, CancellationToken cancellationToken)
    {
        var catalog = CacheCatalog.OpenFolder(folder);
        var looks = 0;
        for (; looks == 0 || !until.IsCompleted; looks++)
        {
            // A process that the system takes off the processor just between its two steps has both files for longer than a check waits.
            var verification = await catalog.VerifyAsync(cancellationToken: cancellationToken);
            Assert.That(verification.Findings.Where(finding => finding.Rule != CatalogRules.TwoFormats), Is.Empty);
            await foreach (var entry in catalog.ListAsync(cancellationToken: cancellationToken))
                Assert.That(entry.Rows, Is.GreaterThanOrEqualTo(least), entry.Symbol);
            var series = await catalog.ReadAsync((await catalog.ListAsync(cancellationToken: cancellationToken).FirstAsync(cancellationToken)).Environment, symbols[looks % symbols.Length], BarSize.OneDay, cancellationToken: cancellationToken);
            Assert.That(series.Count, Is.GreaterThanOrEqualTo(least));
            Assert.That(series.Coverage.IsComplete, Is.True);
        }

        return looks;
    }

    private static Task<SampleProcess> RunAsync(CacheTree tree, params string[] arguments) => SampleProcess.RunAsync("CacheTool", [.. arguments, "--cache", tree.Folder]);

    private static async Task ChangeOneFigureAsync(string file, CancellationToken cancellationToken)
    {
        var segment = await CandleCodecs.Parquet.DecodeAsync(await File.ReadAllBytesAsync(file, cancellationToken), cancellationToken);
        var rows = segment.Candles.ToArray();
        rows[30] = rows[30] with { Volume = rows[30].Volume + 1 };
        await File.WriteAllBytesAsync(file, (await CandleCodecs.Parquet.EncodeAsync(segment with { Candles = rows }, cancellationToken)).ToArray(), cancellationToken);
    }
}
