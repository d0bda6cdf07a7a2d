using NUnit.Framework;

namespace OkxData.IntegrationTests.Samples;

[TestFixture]
public sealed class LiveTickerTests
{
    private string _cache = null!;

    [SetUp]
    public void MakeFolder() => _cache = Directory.CreateTempSubdirectory("okxdata-liveticker-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_cache, recursive: true);

    [Test]
    public async Task Run_ForAFewSeconds_ShowsTheLargestAndEndsByItself()
    {
        var run = await SampleProcess.RunAsync("LiveTicker", "--top", "5", "--for", "3s", "--cache", _cache);

        var lines = run.Output.Split('\n');
        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(lines[0], Does.StartWith("Source: an OKX simulator in this process"));
            Assert.That(lines.Count(line => line.Contains(" BTC-USDT ", StringComparison.Ordinal)), Is.GreaterThanOrEqualTo(1));
            Assert.That(lines.Where(line => line.Contains("-USDT", StringComparison.Ordinal)).Select(line => line.Split(' ')[1]).Distinct().Count(), Is.EqualTo(5));
            Assert.That(lines[^2], Does.Match("^Ended after [0-9]+ tickers\\.$"));
        }
    }

    [Test]
    public async Task Run_EnvironmentNamesAProxy_WhatIsOnThisMachineDoesWithoutIt()
    {
        var run = await SampleProcess.RunWithAsync("http_proxy", "http://127.0.0.1:1", "LiveTicker", "--symbols", "BTC-USDT", "--for", "2s", "--cache", _cache);

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")), run.Output);
        Assert.That(run.Output, Does.Contain(" BTC-USDT "));
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "No process can be asked to end there.")]
    public async Task Run_Candles_BeginsWithClosedOnes()
    {
        var left = 3;
        var run = await SampleProcess.StopAsync(
            "LiveTicker",
            line => line.Contains(" ETH-USDT ", StringComparison.Ordinal) && --left == 0,
            "--symbols", "BTC-USDT,ETH-USDT", "--candles", "1m", "--back", "3", "--cache", _cache);

        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        Assert.That(left, Is.LessThanOrEqualTo(0), "three closed candles come at once");
    }

    [Test]
    public async Task Run_UnknownSymbol_SaysWhatOkxSaidAndEndsWith1()
    {
        var run = await SampleProcess.RunAsync("LiveTicker", "--symbols", "BTC-USDT,NOSUCH-USDT", "--cache", _cache);

        Assert.That(run.ExitCode, Is.EqualTo(1), run.Output);
        Assert.That(run.Error, Does.Contain("NOSUCH-USDT").And.Contain("60018"));
    }

    [TestCase("--frobnicate", "--frobnicate")]
    [TestCase("0", "--top", "0")]
    [TestCase("1q", "--candles", "1q")]
    [TestCase("soon", "--for", "soon")]
    [TestCase("../x", "--symbols", "../x", "--for", "1s")]
    public async Task Run_BadArguments_SaysSoInOneLineAndEndsWith2(string named, params string[] arguments)
    {
        var run = await SampleProcess.RunAsync("LiveTicker", [.. arguments, "--cache", _cache]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1), run.Error);
            Assert.That(run.Error, Does.Contain(named));
        }
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "Ctrl-C cannot be sent to another process there.")]
    public async Task Run_Interrupted_EndsCleanly()
    {
        Assume.That(QuickstartTests.IgnoresInterrupts(), Is.False, "Whoever started this run ignores interrupts, as a shell's background job does, and the sample inherits that.");

        var run = await SampleProcess.InterruptAsync("LiveTicker", "Source: ", "--symbols", "BTC-USDT", "--cache", _cache);

        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        Assert.That(run.Error, Is.Empty);
    }
}
