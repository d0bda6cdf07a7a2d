using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Diagnostics;
using OkxData.IntegrationTests.Candles;
using OkxData.Models;
using OkxData.TestProcess;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Caching;

/// <summary>A real disk that is too small for what is downloaded, or that may only be read.</summary>
[NonParallelizable]
public sealed class SmallDiskTests
{
    private static readonly CandleQuery Query = new() { Symbol = "BTC-USDT", Bar = BarSize.OneHour, From = Today.AddYears(-4), To = Today };

    private string _disk = null!;

    [SetUp]
    public void MountADisk()
    {
        _disk = Directory.CreateTempSubdirectory("okxdata-disk-").FullName;
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("A disk of one megabyte is made with Linux's tmpfs.");
        if (Mount("-t", "tmpfs", "-o", "size=1m", "tmpfs", _disk) is { Length: > 0 } refused)
            Assert.Ignore($"This user may not mount a disk: {refused}");
    }

    [TearDown]
    public void Unmount()
    {
        Run("umount", _disk);
        Directory.Delete(_disk, recursive: true);
    }

    [Test]
    public async Task GetCandlesAsync_DiskOfOneMegabyte_AnswersWarnsOnceAndLeavesOnlyWholeFiles()
    {
        await using var host = await StartAsync(options => options.Limits.Enabled = false, options => options.Caching.Directory = _disk, NoRateLimits.Register);

        var series = await host.Client.GetCandlesAsync(Query);

        Assert.That(series.Coverage.IsComplete);
        AssertWarned(host, LogEventIds.CacheUnwritable);
        var held = (await ArchiveFiles.ReadAllAsync(_disk)).Sum(segment => segment.Candles.Length);
        TestContext.Out.WriteLine($"{held} of {series.Count} candles found room");
        Assert.That(held, Is.InRange(1, series.Count - 1));
        Assert.That(Directory.GetFiles(_disk, ".~*.tmp", SearchOption.AllDirectories), Is.Empty);

        Assert.That(Mount("-o", "remount,size=16m", _disk), Is.Empty);
        await using var later = host.Again(options => options.Caching.Directory = _disk, NoRateLimits.Register);
        var again = await later.Client.GetCandlesAsync(Query);
        Assert.That(again.AsSpan().SequenceEqual(series.AsSpan()));
        Assert.That((again.Origin, Warnings(later)), Is.EqualTo((DataOrigin.Mixed, Array.Empty<int>())), "what was held is used, and the rest is stored now");
        await using var offline = host.Again(options => (options.Caching.Directory, options.Caching.Mode) = (_disk, CacheMode.Offline));
        Assert.That((await offline.Client.GetCandlesAsync(Query)).AsSpan().SequenceEqual(series.AsSpan()));
    }

    [Test]
    public async Task GetCandlesAsync_DiskThatMayOnlyBeRead_ServesWhatIsHeldAndWarnsOnce()
    {
        var (held, wanted) = (Query with { To = Query.From.AddDays(30) }, Query with { To = Query.From.AddDays(60) });
        await using var host = await StartAsync(options => options.Limits.Enabled = false, options => options.Caching.Directory = _disk, NoRateLimits.Register);
        await host.Client.GetCandlesAsync(held);
        Assert.That(Mount("-o", "remount,ro", _disk), Is.Empty);
        var files = Directory.GetFiles(_disk, "*", SearchOption.AllDirectories);

        await using var later = host.Again(options => options.Caching.Directory = _disk, NoRateLimits.Register);
        var requests = host.PageRequests;
        Assert.That((await later.Client.GetCandlesAsync(held)).Origin, Is.EqualTo(DataOrigin.Cache));
        Assert.That((host.PageRequests - requests, Warnings(later)), Is.EqualTo((0, Array.Empty<int>())), "to read, no file need be made");

        Assert.That((await later.Client.GetCandlesAsync(wanted)).Coverage.IsComplete);
        Assert.That((await later.Client.GetCandlesAsync(wanted)).Coverage.IsComplete);
        AssertWarned(later, LogEventIds.CacheUnwritable);
        Assert.That(Directory.GetFiles(_disk, "*", SearchOption.AllDirectories), Is.EquivalentTo(files));
    }

    private static void AssertWarned(SimulatedClient host, int id) => Assert.That(Warnings(host), Is.EqualTo(new[] { id }));

    private static int[] Warnings(SimulatedClient host) => [.. host.Log.GetSnapshot().Where(record => record.Level >= LogLevel.Warning).Select(record => record.Id.Id)];

    private static string Mount(params string[] arguments) => Run("mount", arguments);

    /// <summary>What the command said against it; empty when it did what it should.</summary>
    private static string Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(command, arguments) { RedirectStandardError = true })!;
            var said = process.StandardError.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? "" : said.Length > 0 ? said : $"{command} ended with {process.ExitCode}";
        }
        catch (System.ComponentModel.Win32Exception exception)
        {
            return exception.Message;
        }
    }
}
