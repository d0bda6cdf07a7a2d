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

    [TestCase(nameof(CachingOptions.InstrumentsTtl), 365)]
    [TestCase(nameof(CachingOptions.TickersTtl), 365)]
    [TestCase(nameof(CachingOptions.RankingsTtl), 365)]
    [TestCase(nameof(CachingOptions.MaxStale), 3650)]
    [TestCase(nameof(CachingOptions.MaxStaleTickers), 3650)]
    public void Check_AgeOutOfRange_NamesKeyAndRange(string key, int mostDays)
    {
        Assert.That(Faults(TimeSpan.Zero), Is.Empty);
        Assert.That(Faults(TimeSpan.FromDays(mostDays)), Is.Empty);
        Assert.That(Faults(TimeSpan.FromTicks(-1)).Single(), Does.StartWith($"Caching.{key} is -00:00:00.0000001; it must be from 00:00:00 to {mostDays} days."));
        Assert.That(Faults(TimeSpan.FromDays(mostDays + 1)).Single(), Does.StartWith($"Caching.{key} is "));

        IEnumerable<string> Faults(TimeSpan value)
        {
            var options = new CachingOptions();
            typeof(CachingOptions).GetProperty(key)!.SetValue(options, value);
            return CachingOptionsRules.Check(options);
        }
    }
}
