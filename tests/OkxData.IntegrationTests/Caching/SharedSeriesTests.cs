using System.Globalization;
using NUnit.Framework;
using OkxData.Candles.Archive;
using OkxData.IntegrationTests.Processes;
using OkxData.TestProcess;

namespace OkxData.IntegrationTests.Caching;

/// <summary>Several processes that write and read the same twenty series, left alone or killed at any instant.</summary>
[NonParallelizable]
[Category("Soak")]
public sealed class SharedSeriesTests
{
    private const int Writers = 4;

    private string _root = null!;

    [SetUp]
    public void SetUp() => _root = Directory.CreateTempSubdirectory("okxdata-").FullName;

    [TearDown]
    public void TearDown() => Directory.Delete(_root, recursive: true);

    [Test]
    [CancelAfter(300_000)]
    public async Task AddAsync_FourWritersAndFourReaders_LoseNothingAndTearNothing(CancellationToken cancellationToken)
    {
        var seconds = Text(Soak.Of(8, 60));
        var writers = Enumerable.Range(0, Writers).Select(writer => StartWriter(writer, 0, -1, seconds)).ToList();
        var readers = Enumerable.Range(0, 4).Select(_ => ChildProcess.Start("series-reader", _root, seconds)).ToList();
        try
        {
            var written = await Task.WhenAll(writers.Select(writer => LinesAsync(writer, cancellationToken)));
            var read = await Task.WhenAll(readers.Select(reader => LinesAsync(reader, cancellationToken)));
            foreach (var child in writers.Concat(readers))
                Assert.That(await child.WaitForExitAsync(cancellationToken), Is.EqualTo((0, "")));

            TestContext.Out.WriteLine($"writes: {string.Join(", ", written.Select(lines => lines.Count))}; reads and the longest in ms: {string.Join(", ", read.Select(lines => lines[^1]))}");
            Assert.That(written.Select(lines => lines.Count), Is.All.GreaterThan(NumberedSeries.Count));
            await AssertHeldAsync([.. written.Select(lines => lines.Count)], mayHoldOneMore: false);
        }
        finally
        {
            writers.Concat(readers).ToList().ForEach(child => child.Dispose());
        }

        Assert.That(Orphans(), Is.Empty);
    }

    [Test]
    [CancelAfter(1_800_000)]
    public async Task AddAsync_KilledAtRandomInstantsWhileOthersWrite_LosesNothingThatWasStored(CancellationToken cancellationToken)
    {
        var (cycles, random) = (Soak.Of(24, 1_000), new Random(Soak.Seed()));
        var next = new int[Writers];
        var (inAWrite, longest) = (0, TimeSpan.Zero);
        var children = Enumerable.Range(0, Writers).Select(writer => StartWriter(writer, 0, -1, "100000")).ToArray();
        try
        {
            for (var cycle = 0; cycle < cycles; cycle++)
            {
                var victim = random.Next(Writers);
                var lines = random.Next(1, 8);
                for (var line = 0; line < lines; line++)
                    next[victim] = 1 + (Parse(await children[victim].Output.ReadLineAsync(cancellationToken)) ?? throw new InvalidOperationException((await children[victim].WaitForExitAsync(cancellationToken)).Errors));

                Thread.SpinWait(random.Next(0, 60_000));
                children[victim].Kill();
                while (await children[victim].Output.ReadLineAsync(cancellationToken) is { } rest)
                    next[victim] = 1 + (Parse(rest) ?? next[victim] - 1);
                await children[victim].WaitForExitAsync(cancellationToken);
                children[victim].Dispose();

                var started = TimeProvider.System.GetTimestamp();
                await AssertStoredAsync(victim, Math.Max(0, next[victim] - NumberedSeries.Count), next[victim]);
                var recovery = TimeProvider.System.GetElapsedTime(started);
                longest = recovery > longest ? recovery : longest;
                inAWrite += Orphans().Any(IsDead) ? 1 : 0;
                children[victim] = StartWriter(victim, next[victim], -1, "100000");
            }

            for (var writer = 0; writer < Writers; writer++)
            {
                children[writer].Kill();
                while (await children[writer].Output.ReadLineAsync(cancellationToken) is { } rest)
                    next[writer] = 1 + (Parse(rest) ?? next[writer] - 1);
                await children[writer].WaitForExitAsync(cancellationToken);
            }
        }
        finally
        {
            Array.ForEach(children, child => child.Dispose());
        }

        var left = Orphans().Length;
        await AssertHeldAsync(next, mayHoldOneMore: true);
        await RunOnceMoreAsync(next, cancellationToken);
        await AssertHeldAsync(next, mayHoldOneMore: false);
        TestContext.Out.WriteLine($"{cycles} kills, {inAWrite} of them left a file begun; {next.Sum()} candles stored; longest recovery {longest.TotalMilliseconds:F0} ms; {left} files left before the next run");
        Assert.That(inAWrite, Is.Positive, "a test that never interrupts a write shows nothing");
        Assert.That(Orphans(), Is.Empty, "the next run removes what the killed have left");
    }

    /// <summary>The next run of the program, which adds a day to every series and comes to its end.</summary>
    private async Task RunOnceMoreAsync(int[] next, CancellationToken cancellationToken)
    {
        for (var writer = 0; writer < Writers; writer++)
        {
            using var child = StartWriter(writer, next[writer], next[writer] + NumberedSeries.Count - 1, "100000");
            next[writer] += (await LinesAsync(child, cancellationToken)).Count;
            Assert.That(await child.WaitForExitAsync(cancellationToken), Is.EqualTo((0, "")));
        }
    }

    /// <summary>That what a writer was told is stored can be read, by a process that takes no lock.</summary>
    private async Task AssertStoredAsync(int writer, int from, int to)
    {
        foreach (var group in Enumerable.Range(from, to - from).Select(step => NumberedSeries.StepOf(step, writer, Writers)).GroupBy(step => step.Series, step => step.Day))
            Assert.That(await DaysAsync(group.Key), Is.SupersetOf(group), $"series {group.Key}, writer {writer}");
    }

    private async Task AssertHeldAsync(int[] written, bool mayHoldOneMore)
    {
        var wanted = Enumerable.Range(0, Writers).SelectMany(writer => Enumerable.Range(0, written[writer]).Select(step => NumberedSeries.StepOf(step, writer, Writers))).ToLookup(step => step.Series, step => step.Day);
        for (var series = 0; series < NumberedSeries.Count; series++)
        {
            var held = await DaysAsync(series);
            Assert.That(held.IsSupersetOf(wanted[series]), $"series {series} has lost a candle");
            Assert.That(held, Has.Count.LessThanOrEqualTo(wanted[series].Count() + (mayHoldOneMore ? Writers : 0)), $"series {series}");
        }
    }

    private async Task<HashSet<int>> DaysAsync(int series)
    {
        CandleArchive archive = SeriesWorker.Open(_root);
        return NumberedSeries.DaysOf(series, (await archive.LoadAsync(NumberedSeries.KeyOf(series), NumberedSeries.AllDays, default)).Candles.Span);
    }

    private ChildProcess StartWriter(int writer, int from, int to, string seconds) =>
        ChildProcess.Start("series-writer", _root, Text(writer), Text(Writers), Text(from), Text(to), seconds);

    private static async Task<List<string>> LinesAsync(ChildProcess child, CancellationToken cancellationToken)
    {
        var lines = new List<string>();
        while (await child.Output.ReadLineAsync(cancellationToken) is { } line)
            lines.Add(line);
        return lines;
    }

    private string[] Orphans() => Directory.GetFiles(_root, ".~*.tmp", SearchOption.AllDirectories);

    /// <summary>Whether no living process has the file open.</summary>
    private static bool IsDead(string file)
    {
        try
        {
            using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // The last line of a killed process may be cut, which makes a number smaller: then it is not the next one.
    private static int? Parse(string? line) => int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
