using NUnit.Framework;
using OkxData.IntegrationTests.Readme;

namespace OkxData.IntegrationTests.Samples;

[TestFixture]
public sealed class QuickstartTests
{
    private string _cache = null!;

    [SetUp]
    public void MakeFolder() => _cache = Directory.CreateTempSubdirectory("okxdata-quickstart-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_cache, recursive: true);

    [Test]
    public async Task Run_WithoutASource_SaysFirstThatItSimulates()
    {
        var run = await SampleProcess.RunAsync("Quickstart", "--symbols", "BTC-USDT,ETH-USDT", "--years", "1", "--cache", _cache);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(run.Output.Split('\n')[0], Does.StartWith("Source: an OKX simulator in this process"));
            Assert.That(run.Output, Does.Contain(" page requests in "));
            Assert.That(run.Output, Does.Contain(_cache));
        }
    }

    [TestCase("1d")]
    [TestCase("1h")]
    public async Task Run_RecordedTwice_SecondRunAsksForNothing(string bar)
    {
        var folder = Recordings();

        var first = await SampleProcess.RunAsync("Quickstart", "--recorded", folder, "--bar", bar, "--cache", _cache);
        var second = await SampleProcess.RunAsync("Quickstart", "--recorded", folder, "--bar", bar, "--cache", _cache);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.ExitCode, Is.Zero, first.Error);
            Assert.That(first.Output, Does.Contain("BTC-USDT-SWAP").And.Contain("network"));
            Assert.That(first.Output, Does.Not.Contain(": 0 page requests"));
            Assert.That(second.ExitCode, Is.Zero, second.Error);
            Assert.That(second.Output, Does.Contain(": 0 page requests"));
            Assert.That(RowsOf(second.Output, "cache"), Is.EqualTo(RowsOf(first.Output, "network")));
        }
    }

    [Test]
    public async Task Run_UnknownSymbol_IsListedWithItsReason()
    {
        var run = await SampleProcess.RunAsync("Quickstart", "--symbols", "BTC-USDT,NOSUCH-USDT", "--years", "1", "--cache", _cache);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(1), run.Error);
            Assert.That(run.Output, Does.Contain("NOSUCH-USDT failed: ").And.Contain("51001"));
            Assert.That(run.Output, Does.Contain("1 symbol, "));
        }
    }

    [TestCase("--frobnicate", "--frobnicate")]
    [TestCase("five", "--years", "five")]
    [TestCase("../x", "--symbols", "../x")]
    [TestCase("BTC USDT", "--symbols", "BTC USDT")]
    [TestCase("no-such-folder", "--recorded", "no-such-folder")]
    [TestCase("1q", "--bar", "1q")]
    public async Task Run_BadArguments_SaysSoInOneLineAndEndsWith2(string named, params string[] arguments)
    {
        var run = await SampleProcess.RunAsync("Quickstart", [.. arguments, "--cache", _cache]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1), run.Error);
            Assert.That(run.Error, Does.Contain(named));
        }
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Ctrl-C cannot be sent to another process there.")]
    public async Task Run_Interrupted_EndsCleanlyAndTheNextRunGoesOn()
    {
        Assume.That(IgnoresInterrupts(), Is.False, "Whoever started this run ignores interrupts, as a shell's background job does, and the sample inherits that.");
        string[] arguments = ["--symbols", "BTC-USDT,ETH-USDT,SOL-USDT", "--years", "2", "--bar", "1h", "--cache", _cache];

        var whole = await SampleProcess.RunAsync("Quickstart", [.. arguments[..^1], Path.Combine(_cache, "whole")]);
        var stopped = await SampleProcess.InterruptAsync("Quickstart", "  1 of 3 symbols", arguments);
        var resumed = await SampleProcess.RunAsync("Quickstart", arguments);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(stopped.ExitCode, Is.EqualTo(130), stopped.Output + stopped.Error);
            Assert.That(stopped.Output, Does.Contain("Stopped: "));
            Assert.That(resumed.ExitCode, Is.Zero, resumed.Error);
            Assert.That(RequestsOf(resumed), Is.LessThan(RequestsOf(whole)));
        }
    }

    // Bit 1 of the mask is SIGINT; a process cannot take back what it was started with.
    internal static bool IgnoresInterrupts() => OperatingSystem.IsLinux() && File.ReadLines("/proc/self/status")
        .Where(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))
        .Any(line => (ulong.Parse(line["SigIgn:".Length..].Trim(), System.Globalization.NumberStyles.HexNumber, System.Globalization.CultureInfo.InvariantCulture) & 2) != 0);

    private static int RequestsOf(SampleProcess run)
    {
        var words = run.Output.Split([' ', '\n']);
        return int.Parse(words[Array.LastIndexOf(words, "page") - 1], System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>The rows of the table, without the word for where they came from.</summary>
    private static string[] RowsOf(string output, string source) =>
        [.. output.Split('\n').Select(line => line.Trim()).Where(line => line.EndsWith(source, StringComparison.Ordinal)).Select(line => line[..^source.Length].TrimEnd())];

    private static string Recordings()
    {
        var recordings = Path.GetFullPath(Path.Combine(ReadmeFile.Root, "..", "shared", "recorded", "candles"));
        Assume.That(Directory.Exists(recordings), $"The recorded rows are not at {recordings}; this test needs them.");
        return recordings;
    }
}
