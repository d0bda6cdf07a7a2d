using NUnit.Framework;
using OkxData.Caching;

namespace OkxData.Tests.Caching;

[TestFixture]
public sealed class CacheKeyTests
{
    public static readonly string[] Invalid =
    [
        "", " ", "/", "a/", "/a", "a//b", ".", "..", "../a", "a/..", "a/./b", "a/../../b", "/etc/passwd",
        "C:/a", "C:a", "a\\b", "..\\a", "a\0b", "a\nb", "a b", "a~b", ".~locks/00", ".~0.tmp", "a/.~0.tmp", "~", "ä", "ａ", "a*", "a?", "a|b", "a:b", "a%2e",
        "a.", "a./b", "...", "NUL", "nul", "a/COM1/b", "com9.json", "LPT0.tar.gz", "aux.parquet", "con/a",
        new('a', CacheKey.MaxPartLength + 1),
        string.Join('/', Enumerable.Repeat("aaaaaaa", CacheKey.MaxLength / 8 + 1)),
    ];

    [TestCase("a")]
    [TestCase(".series.json")]
    [TestCase(".quarantine/global/a.parquet.0.damaged")]
    [TestCase("global/candles/bar=1Dutc/symbol=BTC-USD_UM-SWAP/2025-01.parquet")]
    [TestCase("..a")]
    [TestCase("a..b")]
    [TestCase("CON-USDT")]
    [TestCase("symbol=NUL")]
    [TestCase("COM10")]
    public void ThrowIfInvalid_Key_Passes(string key)
    {
        Assert.That(() => CacheKey.ThrowIfInvalid(key), Throws.Nothing);
        Assert.That(CacheKey.IsValid(key), Is.True);
    }

    [TestCaseSource(nameof(Invalid))]
    public void ThrowIfInvalid_NotAKey_NamesItAndTheFault(string key)
    {
        var exception = Assert.Throws<ArgumentException>(() => CacheKey.ThrowIfInvalid(key))!;

        Assert.That(exception.ParamName, Is.EqualTo("key"));
        Assert.That(exception.Message, Does.StartWith("The cache key '"));
        Assert.That(exception.Message.Any(char.IsControl), Is.False);
        Assert.That(CacheKey.IsValid(key), Is.False);
    }

    [Test]
    public void ThrowIfInvalid_AtTheBounds_Passes()
    {
        Assert.That(CacheKey.IsValid(new string('a', CacheKey.MaxPartLength)), Is.True);
        Assert.That(CacheKey.IsValid(string.Join('/', Enumerable.Repeat("aaaaaaa", CacheKey.MaxLength / 8))), Is.True);
    }
}
