using CacheTool;
using NUnit.Framework;
using OkxData.Models;

namespace OkxData.IntegrationTests.Samples;

[TestFixture]
public sealed class CacheToolArgumentsTests
{
    [Test]
    public void Parse_EveryOptionOfACommand_IsTaken()
    {
        var export = Arguments.Parse(["export", "csv", "--symbols", "BTC-USDT, ETH-USDT", "--bar", "1M", "--from", "2024-01-31", "--to", "2024-02-01T08:00Z", "--out", "x.csv", "--cache", "c", "--environment", "global"]);
        var prune = Arguments.Parse(["prune", "--quarantine", "--orphans", "--snapshots-older", "30", "--not-fetched", "0", "--yes"]);
        var manifest = Arguments.Parse(["manifest", "check", "dataset.json"]);

        using (Assert.EnterMultipleScope())
        {
            Assert.That((export.Verb, export.Word, export.Bar, export.Out, export.Cache, export.Environment), Is.EqualTo((Verb.Export, "csv", (BarSize?)BarSize.OneMonth, "x.csv", "c", "global")));
            Assert.That(export.Symbols, Is.EqualTo(new[] { "BTC-USDT", "ETH-USDT" }));
            Assert.That((export.From, export.To), Is.EqualTo(((DateTimeOffset?)new DateTimeOffset(2024, 1, 31, 0, 0, 0, TimeSpan.Zero), (DateTimeOffset?)new DateTimeOffset(2024, 2, 1, 8, 0, 0, TimeSpan.Zero))));
            Assert.That((prune.Quarantine, prune.Orphans, prune.SnapshotsOlder, prune.NotFetched, prune.Yes), Is.EqualTo((true, true, (TimeSpan?)TimeSpan.FromDays(30), (TimeSpan?)TimeSpan.Zero, true)));
            Assert.That((manifest.Word, manifest.File), Is.EqualTo(("check", "dataset.json")));
        }
    }

    [TestCase("frobnicate", "frobnicate")]
    [TestCase("1", "1")]
    [TestCase("json|csv", "convert", "json|csv")]
    [TestCase("parquet|json", "convert")]
    [TestCase("xml", "export", "xml")]
    [TestCase("--frobnicate", "list", "--frobnicate")]
    [TestCase("1q", "list", "--bar", "1q")]
    [TestCase("--bar", "list", "--bar")]
    [TestCase("A,,B", "list", "--symbols", "A,,B")]
    [TestCase("--yes", "list", "--yes")]
    [TestCase("--json", "prune", "--json")]
    [TestCase("--symbols", "verify", "--symbols", "BTC-USDT")]
    [TestCase("31-01-2024", "export", "csv", "--from", "31-01-2024")]
    [TestCase("2024-01-01", "export", "csv", "--from", "2024-01-02", "--to", "2024-01-01")]
    [TestCase("-5", "prune", "--not-fetched", "-5")]
    [TestCase("a file", "manifest", "create", "--cache")]
    public void Parse_BadArguments_NamesTheValueInOneLine(string named, params string[] arguments)
    {
        var refusal = Assert.Throws<UsageException>(() => Arguments.Parse(arguments))!;

        Assert.That(refusal.Message, Does.Contain(named).And.Not.Contain("\n"));
    }

    [TestCase]
    [TestCase("--help")]
    [TestCase("verify", "-h")]
    public void Parse_NothingOrHelp_ShowsHelp(params string[] arguments) => Assert.That(Arguments.Parse(arguments).ShowHelp, Is.True);
}
