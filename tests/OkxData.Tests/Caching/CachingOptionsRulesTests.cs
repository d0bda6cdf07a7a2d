using NUnit.Framework;
using OkxData.Caching;

namespace OkxData.Tests.Caching;

[TestFixture]
public sealed class CachingOptionsRulesTests
{
    [Test]
    public void Check_Defaults_HasNothingToSay() =>
        Assert.That(CachingOptionsRules.Check(new CachingOptions()), Is.Empty);

    [TestCase("data")]
    [TestCase("/var/cache/okx")]
    [TestCase("with space/ä")]
    public void Check_Directory_Passes(string directory) =>
        Assert.That(CachingOptionsRules.Check(new CachingOptions { Directory = directory }), Is.Empty);

    [TestCase("")]
    [TestCase(" \t")]
    [TestCase("a\0b")]
    public void Check_DirectoryThatIsNone_NamesKeyAndRange(string directory) =>
        Assert.That(
            CachingOptionsRules.Check(new CachingOptions { Directory = directory }).Single(),
            Does.StartWith("Caching.Directory is").And.Contains("must be the path of a folder"));

    [Test]
    public void Check_EveryValueOutOfRange_NamesEachWithItsValue()
    {
        var faults = CachingOptionsRules.Check(new CachingOptions { CandleFormat = (CandleFormat)7, Mode = (CacheMode)(-1), GapRetryAfter = TimeSpan.Zero }).ToList();

        Assert.That(faults, Is.EqualTo(new[]
        {
            "Caching.CandleFormat is 7; it must be one of Parquet, Json.",
            "Caching.Mode is -1; it must be one of Normal, Offline, Refresh, Off.",
            "Caching.GapRetryAfter is 00:00:00; it must be longer than 00:00:00.",
        }));
    }
}
