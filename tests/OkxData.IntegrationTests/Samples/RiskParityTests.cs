using System.Globalization;
using NUnit.Framework;
using OkxData.IntegrationTests.Readme;
using RiskParity;

namespace OkxData.IntegrationTests.Samples;

[TestFixture]
public sealed class RiskParityTests
{
    private static readonly byte[] PngSignature = [0x89, (byte)'P', (byte)'N', (byte)'G'];

    private string _folder = null!;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("okxdata-riskparity-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Run_Twice_SharesTheRiskAndAsksOnce()
    {
        string[] arguments = ["--top", "4", "--years", "2", "--cache", Path.Combine(_folder, "cache"), "--out", Path.Combine(_folder, "out")];

        var first = await SampleProcess.RunAsync("RiskParity", arguments);
        var weights = await WeightsAsync();
        var second = await SampleProcess.RunAsync("RiskParity", arguments);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(first.ExitCode, Is.Zero, first.Error);
            Assert.That(first.Output.Split('\n')[0], Does.StartWith("Source: an OKX simulator in this process"));
            Assert.That(first.Output, Does.Contain("largest by market cap").And.Contain("Biased: ").And.Contain("  Excluded, it is a stablecoin: USDC, USDT."));
            Assert.That(first.Output, Does.Not.Contain(": 0 page requests"));
            Assert.That(second.ExitCode, Is.Zero, second.Error);
            Assert.That(second.Output, Does.Contain(": 0 page requests"));
            Assert.That(weights, Has.Count.GreaterThanOrEqualTo(17), "Two years less a window of 180 days, a month each.");
            Assert.That(weights.Values.Select(rows => rows.Sum(row => row.Weight)), Is.All.EqualTo(1).Within(1e-8));
            Assert.That(weights.Values.SelectMany(rows => rows.Select(row => row.Contribution - 1d / rows.Length)), Is.All.EqualTo(0).Within(1e-6));
            Assert.That((await File.ReadAllBytesAsync(Path.Combine(_folder, "out", "risk-parity.png")))[..4], Is.EqualTo(PngSignature));
        }
    }

    [Test]
    public async Task Run_ByTurnover_ChoosesByWhatWasTradedBefore()
    {
        var run = await SampleProcess.RunAsync("RiskParity", "--by-turnover", "--top", "3", "--years", "1", "--cache", Path.Combine(_folder, "cache"), "--out", Path.Combine(_folder, "out"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(run.Output, Does.Contain("greatest median daily turnover").And.Contain("Only pairs that still trade are known"));
            Assert.That((await WeightsAsync()).Values.Select(rows => rows.Length), Is.All.EqualTo(3));
        }
    }

    [Test]
    public async Task Run_Recorded_BeginsWhereTheRecordingDoes()
    {
        var recordings = Path.GetFullPath(Path.Combine(ReadmeFile.Root, "..", "shared", "recorded", "candles"));
        Assume.That(Directory.Exists(recordings), $"The recorded rows are not at {recordings}; this test needs them.");

        var run = await SampleProcess.RunAsync("RiskParity", "--recorded", recordings, "--cache", Path.Combine(_folder, "cache"), "--out", Path.Combine(_folder, "out"));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.Zero, run.Error);
            Assert.That(run.Output, Does.Contain("BTC-USDT-SWAP").And.Contain("2024-01-01").And.Contain("Bitcoin"));
            Assert.That((await WeightsAsync()).Values.Select(rows => rows.Sum(row => row.Weight)), Is.All.EqualTo(1).Within(1e-8));
        }
    }

    [TestCase("--top '1'", "--top", "1")]
    [TestCase("--top '101'", "--top", "101")]
    [TestCase("--years '-1'", "--years", "-1")]
    [TestCase("--years needs a value", "--years")]
    [TestCase("--frobnicate", "--frobnicate")]
    [TestCase("no-such-folder", "--recorded", "no-such-folder")]
    [TestCase("exclude each other", "--live", "--recorded", "rows")]
    public async Task Run_BadArguments_SaysSoInOneLineAndEndsWith2(string named, params string[] arguments)
    {
        var run = await SampleProcess.RunAsync("RiskParity", [.. arguments, "--cache", _folder, "--out", _folder]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(run.ExitCode, Is.EqualTo(2));
            Assert.That(run.Error.TrimEnd().Split('\n'), Has.Length.EqualTo(1), run.Error);
            Assert.That(run.Error, Does.Contain(named));
        }
    }

    [Test]
    public void Parse_Nothing_GivesTheDefaults() =>
        Assert.That(Arguments.Parse([]), Is.EqualTo(new Arguments { Top = 20, Years = 5, Cache = null, Out = ".", Live = false, Recorded = null, ShowHelp = false }));

    [Test]
    public void Parse_EveryOption_IsTaken() =>
        Assert.That(Arguments.Parse(["--top", "7", "--years", "3", "--cache", "c", "--out", "o", "--recorded", "r"]), Is.EqualTo(new Arguments { Top = 7, Years = 3, Cache = "c", Out = "o", Recorded = "r", ByTurnover = true }));

    private async Task<Dictionary<string, (double Weight, double Contribution)[]>> WeightsAsync()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(_folder, "out", "weights.csv"));
        Assert.That(lines[0], Is.EqualTo("date,symbol,weight,risk_contribution"));
        return lines[1..].Select(line => line.Split(',')).GroupBy(cells => cells[0])
            .ToDictionary(date => date.Key, date => date.Select(cells => (Figure(cells[2]), Figure(cells[3]))).ToArray());
    }

    private static double Figure(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
