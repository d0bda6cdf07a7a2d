using System.Globalization;
using System.Text.Json;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Catalog;

namespace OkxData.IntegrationTests.Samples;

/// <summary>The tool as a process, on a tree that a client made.</summary>
[TestFixture]
public sealed class CacheToolTests
{
    private CacheTree _tree = null!;
    private string _scratch = null!;

    [OneTimeSetUp]
    public async Task MakeTreeAsync() => _tree = await CacheTree.MakeAsync();

    [OneTimeTearDown]
    public async Task DeleteTreeAsync() => await _tree.DisposeAsync();

    [SetUp]
    public void MakeScratch() => _scratch = Directory.CreateTempSubdirectory("okxdata-cachetool-").FullName;

    [TearDown]
    public void DeleteScratch() => Directory.Delete(_scratch, recursive: true);

    [Test]
    public async Task List_Tree_SaysWhatIsHeld()
    {
        var run = await RunAsync("list");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            foreach (var symbol in CacheTree.Pairs)
                Assert.That(run.Output.Split('\n').Single(line => line.Contains(symbol) && line.Contains(" 1d ")), Does.Contain("2023-05-12").And.Contain("2024-06-14").And.Contain(" 400 ").And.Contain("Parquet"));
            Assert.That(run.Output.TrimEnd().Split('\n')[^1], Does.StartWith("5 series, 2,344 candles, 6 files, "));
        }
    }

    [Test]
    public async Task List_AsJson_CanBeReadByAProgram()
    {
        var run = await RunAsync("list", "--json", "--bar", "1h");

        var series = JsonDocument.Parse(run.Output).RootElement.EnumerateArray().Single();
        using (Assert.EnterMultipleScope())
        {
            Assert.That(series.GetProperty("symbol").GetString(), Is.EqualTo(CacheTree.Pairs[0]));
            Assert.That(series.GetProperty("candles").GetInt32(), Is.EqualTo(744));
            Assert.That(series.GetProperty("files").GetInt32(), Is.EqualTo(2));
            Assert.That(series.GetProperty("first").GetString(), Is.EqualTo("2023-12-20T00:00:00Z"));
            Assert.That(series.GetProperty("covered").EnumerateArray().Last().GetProperty("to").GetString(), Is.EqualTo("2024-01-20T00:00:00Z"));
        }
    }

    [Test]
    public async Task Verify_TreeOfAClient_IsSoundAndStaysAsItIs()
    {
        var before = FilesOf(_tree.Folder);

        var run = await RunAsync("verify");

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
            Assert.That(run.Output, Does.Contain("5 series, 2,344 candles").And.Contain(": 0 findings"));
            Assert.That(FilesOf(_tree.Folder), Is.EqualTo(before));
        }
    }

    [Test]
    public async Task Verify_OneByteFlipped_EndsWith1AndNamesTheFile()
    {
        var copy = CacheTree.Copy(_tree.Folder, Path.Combine(_scratch, "copy"));
        var file = _tree.DayFile(CacheTree.Pairs[1]).Replace(_tree.Folder, copy, StringComparison.Ordinal);
        var content = await File.ReadAllBytesAsync(file);
        content[content.Length / 2] ^= 4;
        await File.WriteAllBytesAsync(file, content);

        var run = await SampleProcess.RunAsync("CacheTool", "verify", "--cache", copy);
        var json = await SampleProcess.RunAsync("CacheTool", "verify", "--json", "--cache", copy);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.Error);
            Assert.That(run.Output, Does.Contain($"candles/bar=1Dutc/symbol={CacheTree.Pairs[1]}/all.parquet: [cache.damaged]").And.Contain(": 1 finding,"));
            Assert.That(json.ExitCode, Is.EqualTo(1), json.Error);
            Assert.That(JsonDocument.Parse(json.Output).RootElement.GetProperty("findings").EnumerateArray().Single().GetProperty("rule").GetString(), Is.EqualTo("cache.damaged"));
            Assert.That(await File.ReadAllBytesAsync(file), Is.EqualTo(content), "looking changes nothing");
        }
    }

    [Test]
    public async Task Convert_ThereAndBack_KeepsEveryHashAndLeavesOneFormat()
    {
        var copy = CacheTree.Copy(_tree.Folder, Path.Combine(_scratch, "copy"));
        var before = await HashesAsync(copy);
        var files = FilesOf(copy);

        var there = await SampleProcess.RunAsync("CacheTool", "convert", "json", "--cache", copy);
        var asJson = await HashesAsync(copy);
        var left = Directory.GetFiles(copy, "*.parquet", SearchOption.AllDirectories);
        var back = await SampleProcess.RunAsync("CacheTool", "convert", "parquet", "--cache", copy);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(there.ExitCode, Is.Zero, there.Output + there.Error);
            Assert.That(there.Output, Does.StartWith("6 converted to Json"));
            Assert.That(left, Is.Empty);
            Assert.That(asJson, Is.EqualTo(before));
            Assert.That(back.ExitCode, Is.Zero, back.Output + back.Error);
            Assert.That(await HashesAsync(copy), Is.EqualTo(before));
            Assert.That(FilesOf(copy), Is.EqualTo(files), "byte for byte");
        }
    }

    [TestCase("csv")]
    [TestCase("json")]
    public async Task Export_ToFileAndOutput_HasTheFiguresOfTheSeries(string format)
    {
        var file = Path.Combine(_scratch, "candles." + format);
        var symbol = CacheTree.Pairs[2];
        var series = (await _tree.DaysAsync(_tree.Host, CacheTree.DayCount)).Series[symbol];

        var toFile = await RunAsync("export", format, "--symbols", symbol, "--out", file);
        var cut = await RunAsync("export", format, "--symbols", symbol, "--from", "2024-01-01", "--to", "2024-01-08");

        var rows = RowsOf(format, await File.ReadAllTextAsync(file));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(toFile.ExitCode, Is.Zero, toFile.Error);
            Assert.That(rows, Is.EqualTo(series.Select(candle => (symbol, candle.OpenTime, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume))));
            Assert.That(RowsOf(format, cut.Output), Is.EqualTo(rows.Where(row => row.Item2 >= new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero)).Take(7)));
            Assert.That(Directory.GetFiles(Path.GetDirectoryName(file)!), Has.Length.EqualTo(1), "no temporary file is left");
        }
    }

    [Test]
    public async Task Prune_WithoutYes_OnlySaysSo()
    {
        var copy = CacheTree.Copy(_tree.Folder, Path.Combine(_scratch, "copy"));
        var before = FilesOf(copy);

        var dry = await SampleProcess.RunAsync("CacheTool", "prune", "--symbols", CacheTree.Pairs[3], "--cache", copy);
        var after = FilesOf(copy);
        var wet = await SampleProcess.RunAsync("CacheTool", "prune", "--symbols", CacheTree.Pairs[3], "--yes", "--cache", copy);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(dry.ExitCode, Is.Zero, dry.Error);
            Assert.That(dry.Output, Does.Contain("would remove ").And.Contain("--yes does it"));
            Assert.That(after, Is.EqualTo(before));
            Assert.That(wet.ExitCode, Is.Zero, wet.Error);
            Assert.That(FilesOf(copy).Keys.Where(key => key.Contains("candles")), Is.EqualTo(before.Keys.Where(key => key.Contains("candles") && !key.Contains(CacheTree.Pairs[3]))));
        }
    }

    [TestCase("frobnicate", "frobnicate")]
    [TestCase("../x", "list", "--symbols", "../x")]
    [TestCase("only what is named", "prune")]
    [TestCase("NOSUCH-USDT", "export", "csv", "--symbols", "NOSUCH-USDT")]
    [TestCase("no-such-manifest", "manifest", "check", "no-such-manifest")]
    public async Task Run_BadArguments_SaysSoInOneLineAndEndsWith2(string named, params string[] arguments)
    {
        var run = await RunAsync(arguments);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(2), run.Output);
            Assert.That(run.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1), run.Error);
            Assert.That(run.Error, Does.Contain(named));
        }
    }

    [Test]
    public async Task Run_FolderThatIsNotThere_SaysSoAndEndsWith2()
    {
        var run = await SampleProcess.RunAsync("CacheTool", "verify", "--cache", "/no/such/cache");

        Assert.That((run.ExitCode, run.Error.Contains("/no/such/cache", StringComparison.Ordinal)), Is.EqualTo((2, true)), run.Error);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Ctrl-C cannot be sent to another process there.")]
    [Retry(5)] // the last of it may be on its way when the signal comes, and then there is nothing left to stop
    public async Task Export_Interrupted_EndsWith130()
    {
        Assume.That(QuickstartTests.IgnoresInterrupts(), Is.False, "Whoever started this run ignores interrupts, as a shell's background job does, and the sample inherits that.");

        // More than a pipe holds, and nobody reads on before the signal.
        var run = await SampleProcess.InterruptAsync("CacheTool", "symbol,", "export", "csv", "--cache", _tree.Folder);

        Assert.That(run.ExitCode, Is.EqualTo(130), run.Error);
        Assert.That(run.Error, Does.StartWith("Stopped"));
    }

    private Task<SampleProcess> RunAsync(params string[] arguments) => SampleProcess.RunAsync("CacheTool", [.. arguments, "--cache", _tree.Folder]);

    private static async Task<Dictionary<string, string>> HashesAsync(string folder)
    {
        var catalog = CacheCatalog.OpenFolder(folder);
        var hashes = new Dictionary<string, string>();
        await foreach (var entry in catalog.ListAsync())
            hashes.Add($"{entry.Symbol} {entry.Bar}", (await catalog.ReadAsync(entry.Environment, entry.Symbol, entry.Bar)).ContentHash);
        return hashes;
    }

    /// <summary>Every file with a hash of its content, by path; locks aside.</summary>
    private static SortedDictionary<string, string> FilesOf(string folder) => new(
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => !file.Contains(".~locks", StringComparison.Ordinal))
            .ToDictionary(file => Path.GetRelativePath(folder, file), file => ContentVersion.Of(File.ReadAllBytes(file))),
        StringComparer.Ordinal);

    private static List<(string, DateTimeOffset, decimal, decimal, decimal, decimal, decimal)> RowsOf(string format, string text)
    {
        if (format == "json")
        {
            return [.. JsonDocument.Parse(text).RootElement.EnumerateArray().Select(row => (
                row.GetProperty("symbol").GetString()!, row.GetProperty("timestamp").GetDateTimeOffset(), row.GetProperty("open").GetDecimal(), row.GetProperty("high").GetDecimal(),
                row.GetProperty("low").GetDecimal(), row.GetProperty("close").GetDecimal(), row.GetProperty("volume").GetDecimal()))];
        }

        var lines = text.TrimEnd().Split('\n');
        Assert.That(lines[0], Is.EqualTo("symbol,timestamp,open,high,low,close,volume"));
        return [.. lines[1..].Select(line => line.Split(',')).Select(part => (
            part[0], DateTimeOffset.Parse(part[1], CultureInfo.InvariantCulture), Number(part[2]), Number(part[3]), Number(part[4]), Number(part[5]), Number(part[6])))];
    }

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
}
