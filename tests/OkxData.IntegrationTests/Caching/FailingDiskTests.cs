using Microsoft.Extensions.Logging.Testing;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Diagnostics;
using OkxData.Tests.Caching;

namespace OkxData.IntegrationTests.Caching;

/// <summary>Every operation that is asked of the disk fails in turn, once or from then on: the call gets its candles, says what happened once, and loses nothing.</summary>
public sealed class FailingDiskTests
{
    // The damaged file, which was put into quarantine or could not be.
    private static readonly int[] Damage = [701, 711];

    private static readonly string[] Verbs = ["read", "mkdir", "create", "append", "flush", "verify", "lock", "rename", "delete", "sync", "list"];

    // Operations whose failure costs nothing that is worth a warning: what is left over is swept another time.
    private static readonly string[] Silent = ["list", "delete"];

    private static readonly (string Name, Func<Exception> Failure)[] Failures =
    [
        ("no space", () => new IOException("No space left on device", 28)),
        ("I/O error", () => new IOException("Input/output error", 5)),
        ("no permission", () => new UnauthorizedAccessException("Access to the path is denied.")),
    ];

    private CachedMarket _market = null!;

    [OneTimeSetUp]
    public async Task OpenAsync() => _market = await CachedMarket.OpenAsync();

    [OneTimeTearDown]
    public async Task CloseAsync() => await _market.DisposeAsync();

    [Test]
    [Category("Soak")]
    public async Task GetCandlesAsync_NthOperationOfAKindFails_AnswersWarnsOnceAndLosesNothing([ValueSource(nameof(Verbs))] string verb, [Values] bool persistent)
    {
        // In the short form every fourth operation fails, in one way, and the ways take turns.
        var (hits, random) = (0, new Random(Soak.Seed()));
        for (var n = 1; ; n += Soak.IsLong ? 1 : random.Next(1, 8))
        {
            var ways = Soak.IsLong ? Failures : [Failures[n % Failures.Length]];
            var missed = false;
            foreach (var (name, failure) in ways)
                missed |= !await FailsAsync(new FaultyFileSystem { Verb = verb, FailAt = n, Persistent = persistent, Failure = failure }, $"{name} at {verb} {n}{(persistent ? " and after" : "")}");
            if (missed)
                break;
            hits++;
        }

        TestContext.Out.WriteLine($"{hits} operations of the kind failed");
        Assert.That(hits, Is.Positive);
    }

    [Test]
    public async Task GetCandlesAsync_NthWriteIsShort_AnswersWarnsOnceAndLosesNothing([Values] bool persistent)
    {
        var hits = 0;
        while (await FailsAsync(new FaultyFileSystem { Verb = "append", FailAt = hits + 1, Persistent = persistent, IsShort = true }, $"short write {hits + 1}"))
            hits++;

        Assert.That(hits, Is.Positive);
    }

    /// <summary>Whether the run met the failure at all.</summary>
    private async Task<bool> FailsAsync(FaultyFileSystem files, string what)
    {
        var folder = _market.Folder();
        var warnings = await _market.RunAsync(new FileCacheStore(folder, files), what);
        if (files.Failed.Count == 0)
            return false;

        AssertWarnings(warnings, files, what);
        await _market.CheckFilesAsync(folder, what);
        if (!(files.Persistent && files.Verb == "delete"))
            Assert.That(Directory.GetFiles(folder, ".~*.tmp", SearchOption.AllDirectories), files.Verb == "delete" ? Has.Length.LessThanOrEqualTo(1) : Is.Empty, what);
        await _market.HealAsync(folder, what);
        await _market.CheckFilesAsync(folder, what);
        Directory.Delete(folder, recursive: true);
        return true;
    }

    private static void AssertWarnings(IReadOnlyList<FakeLogRecord> warnings, FaultyFileSystem files, string what)
    {
        var of = warnings.GroupBy(warning => warning.Id.Id).ToDictionary(group => group.Key, group => group.Count());
        var all = string.Join(Environment.NewLine, warnings.Select(warning => warning.Message));
        Assert.That(of.Keys, Is.SubsetOf((int[])[LogEventIds.CacheUnreadable, LogEventIds.CacheUnwritable, .. Damage]), $"{what}: {all}");
        Assert.That(of.Values, Is.All.EqualTo(1), $"{what}: {all}");
        var told = of.Keys.Except(Damage).Count();
        if (!Silent.Contains(files.Verb))
            Assert.That(told, Is.Positive, $"{what}: nothing is said of {string.Join(", ", files.Failed.Take(3))}");
        if (!files.Persistent)
            Assert.That(told, Is.LessThanOrEqualTo(1), $"{what}: {all}");
    }
}
