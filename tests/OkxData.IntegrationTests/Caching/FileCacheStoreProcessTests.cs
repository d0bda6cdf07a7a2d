using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.IntegrationTests.Processes;
using OkxData.TestProcess;

namespace OkxData.IntegrationTests.Caching;

[TestFixture]
[NonParallelizable]
public sealed class FileCacheStoreProcessTests
{
    private const int Keys = 3;
    private const int ProcessesAtOnce = 4;

    private string _root = null!;

    // OKXDATA_KILLS asks for more rounds than the suite takes by default; OKXDATA_SEED repeats a run's choices.
    private static int Kills => Setting("OKXDATA_KILLS", 200);

    [SetUp]
    public void SetUp() => _root = Directory.CreateTempSubdirectory("okxdata-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_root, recursive: true);

    [Test]
    [CancelAfter(600_000)]
    public async Task WriteAsync_KilledAtRandomInstants_LeavesEveryKeyWholeAndNoAcknowledgedWriteLost(CancellationToken cancellationToken)
    {
        var seed = Setting("OKXDATA_SEED", Environment.TickCount & 0xFFFF);
        TestContext.Out.WriteLine($"seed {seed}, {Kills} kills");
        var random = new Random(seed);
        var store = new FileCacheStore(_root);
        var next = Enumerable.Repeat(1, ProcessesAtOnce).ToArray();
        var killsInAWrite = 0;

        for (var round = 0; round < (Kills + ProcessesAtOnce - 1) / ProcessesAtOnce; round++)
        {
            var acknowledged = await RunAndKillAsync(next, random, cancellationToken);
            for (var process = 0; process < ProcessesAtOnce; process++)
                next[process] = 1 + await CheckAsync(store, process, acknowledged[process]);

            var orphans = Orphans();
            killsInAWrite += orphans.Length;
            Array.ForEach(orphans, File.Delete);
        }

        TestContext.Out.WriteLine($"{killsInAWrite} kills fell into a write");
        Assert.That(killsInAWrite, Is.GreaterThan(0), "a test that never interrupts a write shows nothing");
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task WriteAsync_AfterAKill_SweepsWhatTheKilledLeft(CancellationToken cancellationToken)
    {
        var random = new Random(1);
        for (var round = 0; Orphans().Length == 0 && round < 50; round++)
            await RunAndKillAsync([1, 1, 1, 1], random, cancellationToken);
        Assert.That(Orphans(), Is.Not.Empty);

        var tomorrow = new FakeTimeProvider(new DateTimeOffset(Directory.GetLastWriteTimeUtc(_root), TimeSpan.Zero).AddDays(1));
        var store = new FileCacheStore(_root, timeProvider: tomorrow);
        for (var process = 0; process < ProcessesAtOnce; process++)
            await store.WriteAsync(FormattableString.Invariant($"p{process}/new"), NumberedContent.Of(1), WriteCondition.Any, cancellationToken);

        Assert.That(Orphans(), Is.Empty);
    }

    [Test]
    [CancelAfter(120_000)]
    public async Task WriteAsync_ManyProcessesThatMatch_LoseNoUpdate(CancellationToken cancellationToken)
    {
        const int Times = 25;
        var children = Enumerable.Range(0, ProcessesAtOnce)
            .Select(_ => ChildProcess.Start("cache-counter", _root, "n", Times.ToString(CultureInfo.InvariantCulture)))
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

        var item = await new FileCacheStore(_root).ReadAsync("n", cancellationToken);
        Assert.That(NumberedContent.NumberOf(item!.Content.Span), Is.EqualTo(ProcessesAtOnce * Times));
    }

    [Test]
    public void NumberedContent_CutOrMixed_IsNoticed()
    {
        var content = NumberedContent.Of(7);
        var mixed = content.ToArray();
        mixed[^1]++;

        Assert.That(NumberedContent.NumberOf(content), Is.EqualTo(7));
        Assert.That(NumberedContent.NumberOf(content.AsSpan(0, content.Length / 2)), Is.Null);
        Assert.That(NumberedContent.NumberOf(mixed), Is.Null);
        Assert.That(NumberedContent.NumberOf([]), Is.Null);
    }

    /// <summary>Starts writers, each in a folder of its own below one root, kills each a random while after its first write, and tells the last number that each acknowledged.</summary>
    private async Task<int[]> RunAndKillAsync(int[] next, Random random, CancellationToken cancellationToken)
    {
        var spins = next.Select(_ => (Lines: random.Next(1, 6), Spins: random.Next(0, 60_000))).ToArray();
        return await Task.WhenAll(next.Select((first, process) => Task.Run(
            async () =>
            {
                using var child = ChildProcess.Start(
                    "cache-writer", _root, FormattableString.Invariant($"p{process}/"), Keys.ToString(CultureInfo.InvariantCulture), first.ToString(CultureInfo.InvariantCulture));
                var last = first - 1;
                for (var line = 0; line < spins[process].Lines; line++)
                    last = Parse(await child.Output.ReadLineAsync(cancellationToken)) ?? throw new InvalidOperationException((await child.WaitForExitAsync(cancellationToken)).Errors);

                Thread.SpinWait(spins[process].Spins);
                child.Kill();
                while (await child.Output.ReadLineAsync(cancellationToken) is { } rest)
                    last = Parse(rest) ?? last;
                await child.WaitForExitAsync(cancellationToken);
                return last;
            },
            cancellationToken)));
    }

    /// <summary>Checks that every key of a process is whole and not older than what was acknowledged, and gives the highest number found.</summary>
    private static async Task<int> CheckAsync(FileCacheStore store, int process, int acknowledged)
    {
        var highest = acknowledged;
        for (var key = 0; key < Keys; key++)
        {
            var newest = Enumerable.Range(Math.Max(acknowledged - Keys + 1, 1), Keys).FirstOrDefault(number => number <= acknowledged && number % Keys == key);
            var item = await store.ReadAsync(FormattableString.Invariant($"p{process}/{key}"));
            if (item is null)
            {
                Assert.That(newest, Is.Zero, "an acknowledged write is gone");
                continue;
            }

            var number = NumberedContent.NumberOf(item.Content.Span);
            Assert.That(number, Is.Not.Null, "a torn content");
            Assert.That(number % Keys, Is.EqualTo(key));
            Assert.That(number, Is.GreaterThanOrEqualTo(newest).And.LessThanOrEqualTo(acknowledged + 1));
            highest = Math.Max(highest, number!.Value);
        }

        return highest;
    }

    private string[] Orphans() => Directory.GetFiles(_root, ".~*.tmp", SearchOption.AllDirectories);

    // The last line of a killed process may be cut; a number that is cut is smaller, never larger.
    private static int? Parse(string? line) =>
        int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int Setting(string variable, int fallback) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : fallback;
}
