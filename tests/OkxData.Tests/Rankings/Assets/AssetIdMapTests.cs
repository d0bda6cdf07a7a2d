using NUnit.Framework;
using OkxData.Models;
using OkxData.Rankings;
using OkxData.Rankings.Assets;

namespace OkxData.Tests.Rankings.Assets;

public sealed class AssetIdMapTests
{
    [Test]
    public void Find_TheLargest_AreKnown()
    {
        Assert.That(AssetIdMap.Count, Is.GreaterThanOrEqualTo(120));
        Assert.That(AssetIdMap.Find("btc", MarketCapIds.CoinGecko), Is.EqualTo("bitcoin"));
        Assert.That(AssetIdMap.Find("BTC", MarketCapIds.CoinPaprika), Is.EqualTo("btc-bitcoin"));
        Assert.That(AssetIdMap.Find("BTC", MarketCapIds.OkxCurrency), Is.EqualTo("BTC"));
        Assert.That(AssetIdMap.Find("BTC", MarketCapIds.Other), Is.Null);
        Assert.That(AssetIdMap.Find("XPL", MarketCapIds.CoinPaprika), Is.Null, "one whose id there is not known");
    }

    [TestCase("LUNA", "terra-luna")]
    [TestCase("ACT", "achain")]
    [TestCase("STRK", "strike")]
    [TestCase("MEME", "degenerator")]
    public void Find_NameThatOkxReused_IsNotTheOldAsset(string currency, string old) =>
        Assert.That(AssetIdMap.Find(currency, MarketCapIds.CoinGecko), Is.Not.Null.And.Not.EqualTo(old));

    [TestCase("USDC", AssetClass.Stablecoin)]
    [TestCase("WBTC", AssetClass.Wrapped)]
    [TestCase("STETH", AssetClass.Staked)]
    [TestCase("OKSOL", AssetClass.Staked)]
    [TestCase("BETH", AssetClass.Staked)]
    [TestCase("PAXG", AssetClass.Commodity)]
    [TestCase("EUR", AssetClass.Fiat)]
    [TestCase("BRL1", AssetClass.Stablecoin)]
    [TestCase("AUDF", AssetClass.Stablecoin)]
    [TestCase("BTC3L", AssetClass.Leveraged)]
    [TestCase("BTC", AssetClass.Coin)]
    [TestCase("1INCH", AssetClass.Coin)]
    [TestCase("SUSHI", AssetClass.Coin)]
    public void Classify_OkxCurrency_IsByTheTable(string currency, AssetClass expected) =>
        Assert.That(Classifier().Classify(null, new MarketPair { Symbol = $"{currency}-USDT", Base = currency, Quote = "USDT" }), Is.EqualTo(expected));

    [TestCase("x", "NEWUSD", "New Dollar", 1.001, AssetClass.Stablecoin)]
    [TestCase("x", "NEWUSD", "New Dollar", 3.0, AssetClass.Coin)]
    [TestCase("x", "WX", "Wrapped X", 3.0, AssetClass.Wrapped)]
    [TestCase("x", "STX2", "Liquid Staked X", 3.0, AssetClass.Staked)]
    [TestCase("x", "USDC.E", "Bridged USDC (Somewhere)", 1.0, AssetClass.Bridged)]
    [TestCase("x", "NVDAX", "NVIDIA xStock", 180.0, AssetClass.TokenizedStock)]
    [TestCase("x", "W", "Wormhole", 0.1, AssetClass.Coin)]
    [TestCase("ousg", "O", "O", 100.0, AssetClass.TokenizedFund)]
    public void Classify_AssetOfASource_IsByIdThenByName(string id, string ticker, string name, decimal price, AssetClass expected) =>
        Assert.That(Classifier().Classify(new MarketCapEntry { Id = id, Ticker = ticker, Name = name, Price = price }, null), Is.EqualTo(expected));

    [Test]
    public void Classify_SourceKnowsTheClass_ItCountsBeforeTheTableAndAfterTheUser()
    {
        var entry = new MarketCapEntry { Id = "tether", Ticker = "USDT", Class = AssetClass.TokenizedFund };

        Assert.That(Classifier().Classify(entry, null), Is.EqualTo(AssetClass.TokenizedFund));
        Assert.That(Classifier(("TETHER", AssetClass.Coin)).Classify(entry, null), Is.EqualTo(AssetClass.Coin));
    }

    [TestCase("unheard-of", "stablecoins", AssetClass.Stablecoin)]
    [TestCase("unheard-of", "of-no-interest", AssetClass.Coin)]
    [TestCase("lido-dao", "stablecoins", AssetClass.Coin, Description = "a coin of the map is a coin")]
    [TestCase("wrapped-bitcoin", "stablecoins", AssetClass.Wrapped, Description = "the table comes first")]
    public void Classify_CategoryOfCoinGecko_CountsWhereTheTableKnowsNothing(string id, string category, AssetClass expected)
    {
        var entry = new MarketCapEntry { Id = id, Ticker = "T", Name = "Some Thing", Category = category };

        Assert.That(Classifier().Classify(entry, null), Is.EqualTo(expected));
        Assert.That(Classifier((id, AssetClass.Fiat)).Classify(entry, null), Is.EqualTo(AssetClass.Fiat), "the user's word comes before all");
        Assert.That(Classifier().Explain(entry, null).Category, Is.EqualTo(id == "unheard-of" && expected != AssetClass.Coin ? category : null));
    }

    private static AssetClassifier Classifier(params (string Key, AssetClass Class)[] own) => new(
        own.ToDictionary(entry => entry.Key, entry => entry.Class, StringComparer.OrdinalIgnoreCase),
        new Dictionary<string, AssetClass> { ["stablecoins"] = AssetClass.Stablecoin });
}
