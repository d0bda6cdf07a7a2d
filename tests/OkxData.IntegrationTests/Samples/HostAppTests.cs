using NUnit.Framework;

namespace OkxData.IntegrationTests.Samples;

[TestFixture]
public sealed class HostAppTests
{
    private string _cache = null!;

    [SetUp]
    public void MakeFolder() => _cache = Directory.CreateTempSubdirectory("okxdata-hostapp-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_cache, recursive: true);

    [Test]
    [Platform(Exclude = "Win", Reason = "No process can be asked to end there.")]
    public async Task Run_UntilEverythingWasSeen_KeepsTheCacheCurrentAndEndsCleanly()
    {
        string[] awaited = ["is Healthy", "ETH-USDT", "are current to"];
        var waiting = awaited.ToHashSet(StringComparer.Ordinal);
        var run = await SampleProcess.StopAsync(
            "HostApp",
            line =>
            {
                waiting.RemoveWhere(text => line.Contains(text, StringComparison.OrdinalIgnoreCase));
                return waiting.Count == 0;
            },
            "--OkxData:Caching:Directory", _cache, "--HostApp:HealthEvery", "00:00:01");

        Assert.That(run.ExitCode, Is.Zero, run.Output + run.Error);
        Assert.That(waiting, Is.Empty, run.Output);
        Assert.That(Directory.EnumerateFiles(_cache, "*.parquet", SearchOption.AllDirectories), Is.Not.Empty);
    }

    [Test]
    public async Task Run_UnknownKeyInTheSection_RefusesToStartAndNamesIt()
    {
        var run = await SampleProcess.RunAsync("HostApp", "--OkxData:Caching:Direktory", _cache);

        Assert.That(run.ExitCode, Is.Not.Zero);
        Assert.That(run.Error + run.Output, Does.Contain("Direktory"));
    }
}
