using NUnit.Framework;
using OkxData.Models;
using OkxData.Rankings;

namespace OkxData.Tests.Rankings;

public sealed class RankingsOptionsRulesTests
{
    [Test]
    public void Check_Defaults_HasNothingToSay() => Assert.That(RankingsOptionsRules.Check(new RankingsOptions()), Is.Empty);

    [Test]
    public void Check_EveryValueOutOfRange_NamesEachAndShowsNoKey()
    {
        var faults = RankingsOptionsRules.Check(new RankingsOptions
        {
            CoinGeckoBaseAddress = new Uri("ftp://x"),
            CoinPaprikaBaseAddress = new Uri("relative", UriKind.Relative),
            CoinGeckoDemoKey = "secret word",
            CoinGeckoProKey = "",
            CoinGeckoRequestsPerMinute = 0,
            AssetCount = 5001,
            PriceTolerance = 0.51m,
            DatedFilesDirectory = " ",
        }).ToList();

        Assert.That(faults, Is.EqualTo(new[]
        {
            "Rankings.CoinGeckoBaseAddress is 'ftp://x/'; it must be an absolute http or https address.",
            "Rankings.CoinPaprikaBaseAddress is 'relative'; it must be an absolute http or https address.",
            "Rankings.CoinGeckoDemoKey is empty or has a character that no header may have.",
            "Rankings.CoinGeckoProKey is empty or has a character that no header may have.",
            "Rankings.CoinGeckoDemoKey and Rankings.CoinGeckoProKey are both set; keep the one of your plan.",
            "Rankings.CoinGeckoRequestsPerMinute is 0; it must be from 1 to 1000, or null for the default.",
            "Rankings.AssetCount is 5001; it must be from 1 to 5000.",
            "Rankings.PriceTolerance is 0.51; it must be more than 0 and at most 0.5.",
            "Rankings.DatedFilesDirectory is empty; it must be the path of a folder, or null for none.",
        }));
    }

    [TestCase("Stablecoins")]
    [TestCase("a/b")]
    [TestCase("")]
    public void Check_CategoryThatIsNoId_IsNamed(string category)
    {
        var options = new RankingsOptions();
        options.CoinGeckoCategories[category] = OkxData.Models.AssetClass.Wrapped;

        Assert.That(RankingsOptionsRules.Check(options).Single(), Does.StartWith($"Rankings.CoinGeckoCategories has the id '{category}'"));
    }

    [TestCase("", "QuoteCurrency must be")]
    [TestCase("US DT", "QuoteCurrency must be")]
    [TestCase("../../x", "QuoteCurrency must be")]
    [TestCase("AVERYLONGCURRENCY", "QuoteCurrency must be")]
    public void Normalize_CurrencyThatIsNone_Throws(string currency, string message) => Assert.That(
        () => MarketCapQueryRules.Normalize(new MarketCapQuery { QuoteCurrency = currency }, DateTimeOffset.UnixEpoch, "query"),
        Throws.ArgumentException.With.Message.StartsWith(message));

    [TestCase("BTC-USDT")]
    [TestCase("")]
    [TestCase(null)]
    public void Normalize_NameThatIsNoCurrency_Throws(string? name)
    {
        Assert.That(() => MarketCapQueryRules.Normalize(new MarketCapQuery { Include = ["ETH", name!] }, DateTimeOffset.UnixEpoch, "query"), Throws.ArgumentException.With.Message.StartsWith($"Include has '{name}'"));
        Assert.That(() => MarketCapQueryRules.Normalize(new MarketCapQuery { Exclude = [name!] }, DateTimeOffset.UnixEpoch, "query"), Throws.ArgumentException.With.Message.StartsWith($"Exclude has '{name}'"));
    }

    [Test]
    public void Normalize_Instant_MayBeNowAndNotATickLater()
    {
        var now = new DateTimeOffset(2026, 6, 15, 0, 0, 0, TimeSpan.Zero);

        Assert.That(MarketCapQueryRules.Normalize(new MarketCapQuery { AsOf = now.ToOffset(TimeSpan.FromHours(2)), QuoteCurrency = "eur" }, now, "query"),
            Is.EqualTo(new MarketCapQuery { AsOf = now, QuoteCurrency = "EUR" }));
        Assert.That(() => MarketCapQueryRules.Normalize(new MarketCapQuery { AsOf = now.AddTicks(1) }, now, "query"), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
