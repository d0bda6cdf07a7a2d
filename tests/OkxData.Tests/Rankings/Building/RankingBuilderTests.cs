using CsCheck;
using NUnit.Framework;
using OkxData.Models;
using OkxData.Rankings;
using static OkxData.Tests.Rankings.Building.Evidence;

namespace OkxData.Tests.Rankings.Building;

public sealed class RankingBuilderTests
{
    [Test]
    public void Build_ImpostorOfAKnownTicker_LosesWhateverCapItClaims()
    {
        var ranking = Of([Asset("bitcoin", "btc", 100, 60_000), Asset("fake", "BTC", 1_000_000, 60_000)], [Pair("BTC-USDT", 60_100)]).Rank();

        Assert.That(ranking.Assets.Single().SourceId, Is.EqualTo("bitcoin"), "even one that copies the price");
        Assert.That(ranking.Reasons(), Is.EqualTo(new[] { ("fake", ExclusionReason.AnotherAssetOfThatTicker) }));
    }

    [Test]
    public void Build_ImpostorOfATickerThatTheMapDoesNotKnow_LosesByItsPrice()
    {
        var ranking = Of([Asset("newcoin", "new", 100, 2.05m), Asset("fake", "NEW", 1_000_000, 0.3m)], [Pair("NEW-USDT", 2)]).Rank();

        Assert.That(ranking.Assets.Single().SourceId, Is.EqualTo("newcoin"));
        Assert.That(ranking.Reasons(), Is.EqualTo(new[] { ("fake", ExclusionReason.AnotherAssetOfThatTicker) }));
    }

    [Test]
    public void Build_SeveralOfAnUnknownTickerAgree_NoneIsGuessed()
    {
        var evidence = Of([Asset("one", "new", 100, 2.05m), Asset("two", "new", 90, 1.95m)], [Pair("NEW-USDT", 2)]);

        Assert.That(evidence.Rank().Reasons(), Is.EqualTo(new[] { ("one", ExclusionReason.Ambiguous), ("two", ExclusionReason.Ambiguous) }));
        Assert.That(evidence.Rank().Excluded[^1].Detail, Does.Contain("(one, two)").And.Contain("Rankings.AssetIds"));
        Assert.That(evidence.Rank(configure: options => options.AssetIds["new"] = "two").Assets.Single().SourceId, Is.EqualTo("two"));
    }

    [TestCase(2.0, 2.1)]
    [TestCase(2.019, 1.85)]
    public void Build_OneOfAnUnknownTickerAgreesClosely_TheOtherLosesWhateverCapItClaims(decimal real, decimal fake)
    {
        var ranking = Of([Asset("new", "new", 100, real), Asset("fake", "new", 10_000, fake)], [Pair("NEW-USDT", 2)]).Rank();

        Assert.That(ranking.Assets.Single().SourceId, Is.EqualTo("new"));
        Assert.That(ranking.Reasons(), Is.EqualTo(new[] { ("fake", ExclusionReason.AnotherAssetOfThatTicker) }));
    }

    [Test]
    public void Build_SourceWhoseIdsAreNobodys_IsJoinedByTickerAndPriceInEveryCurrency()
    {
        var evidence = Of(
            [Asset("a", "btc", 100, 60_000), Asset("b", "eth", 50, 3_000), Asset("c", "ETH", 900, 1), Asset("d", "link", 9, 20)],
            [Pair("BTC-USDT", 60_100), Pair("ETH-USDT", 2_995), Pair("BTC-EUR", 50_000), Pair("ETH-EUR", 2_500), Pair("ETH-BTC", 0.05m), Pair("LINK-DOGE", 200)],
            MarketCapIds.Other);

        Assert.That(evidence.Rank().Symbols(), Is.EqualTo(new[] { "BTC-USDT", "ETH-USDT" }));
        Assert.That(evidence.Rank(new MarketCapQuery { QuoteCurrency = "EUR" }).Symbols(), Is.EqualTo(new[] { "BTC-EUR", "ETH-EUR" }));
        Assert.That(evidence.Rank(new MarketCapQuery { QuoteCurrency = "BTC" }).Symbols(), Is.EqualTo(new[] { "ETH-BTC" }));
        Assert.That(evidence.Rank(new MarketCapQuery { QuoteCurrency = "DOGE" }).Excluded.Single(asset => asset.SourceId == "d").Detail, Is.EqualTo("nothing tells what DOGE is worth in dollars, to compare the price of LINK-DOGE"));
    }

    [Test]
    public void Build_QuoteThatLostItsPeg_IsRatedAtItsOwnPrice()
    {
        var evidence = Of([Asset("usd-coin", "usdc", 40, 0.5m), Asset("bitcoin", "btc", 100, 60_000)], [Pair("BTC-USDC", 120_000), Pair("BTC-USDT", 60_000)]);

        Assert.That(evidence.Rank(new MarketCapQuery { QuoteCurrency = "USDC" }).Symbols(), Is.EqualTo(new[] { "BTC-USDC" }));
    }

    [TestCase(null)]
    [TestCase(0)]
    public void Build_OkxHasNoPrice_IsNeverRankedAtThePriceOfTheSource(int? price)
    {
        var ranking = Of([Asset("BTC", "BTC", 100, 60_000), Asset("ETH", "ETH", 50, null)], [Pair("BTC-USDT", price), Pair("ETH-USDT", 3_000)], MarketCapIds.OkxCurrency).Rank();

        Assert.That(ranking.Assets.Select(asset => (asset.Symbol, asset.Price)), Is.EqualTo(new[] { ("ETH-USDT", 3_000m) }));
        Assert.That(ranking.Reasons(), Is.EqualTo(new[] { ("BTC", ExclusionReason.NoPrice) }));
        Assert.That(ranking.Excluded.Single(asset => asset.SourceId == "BTC").Detail, Is.EqualTo("OKX has no price of BTC-USDT"));
    }

    [Test]
    public void Build_FiguresBeyondAllMeasure_AreNoReasonToFail()
    {
        const decimal tiny = 0.0000000000000000000000000001m;
        var ranking = Of(
            [Asset("bitcoin", "btc", decimal.MaxValue, decimal.MaxValue), Asset("ethereum", "eth", decimal.MaxValue, tiny), Asset("litecoin", "ltc", 1, 90)],
            [Pair("BTC-EUR", tiny), Pair("ETH-EUR", decimal.MaxValue), Pair("LTC-EUR", 80), Pair("LTC-USDT", 90), Pair("BTC-USDT", decimal.MaxValue)]);

        Assert.That(ranking.Rank().Symbols(), Is.EqualTo(new[] { "LTC-USDT" }));
        Assert.That(ranking.Rank(new MarketCapQuery { QuoteCurrency = "EUR" }).Symbols(), Is.Empty);
    }

    [Test]
    public void Build_NameInBothLists_IsLeftOut()
    {
        var ranking = Of([Asset("pax-gold", "paxg", 100, 4_000)], [Pair("PAXG-USDT", 4_000)]);

        Assert.That(ranking.Rank(new MarketCapQuery { Include = ["PAXG"] }).Symbols(), Is.EqualTo(new[] { "PAXG-USDT" }));
        Assert.That(ranking.Rank(new MarketCapQuery { Include = ["PAXG"], Exclude = ["PAXG"] }).Reasons(), Is.EqualTo(new[] { ("pax-gold", ExclusionReason.ByRequest) }));
    }

    [Test]
    public void Build_EqualCapitalisations_StandInTheOrderOfTheirIds()
    {
        MarketCapEntry[] assets = [Asset("litecoin", "ltc", 100, 90), Asset("dash", "dash", 100, 30), Asset("zcash", "zec", 100, 40)];
        MarketPair[] pairs = [Pair("LTC-USDT", 90), Pair("DASH-USDT", 30), Pair("ZEC-USDT", 40)];

        Assert.That(Of(assets, pairs).Rank().Symbols(), Is.EqualTo(new[] { "DASH-USDT", "LTC-USDT", "ZEC-USDT" }));
        Assert.That(Of(assets.Reverse(), pairs.Reverse()).Rank().Symbols(), Is.EqualTo(new[] { "DASH-USDT", "LTC-USDT", "ZEC-USDT" }));
    }

    [Test]
    public void Build_ACopyHasTheTickerAndThePriceToo_TheOriginalCounts()
    {
        var ranking = Of([Asset("bridged-new", "new", 500, 2, "Bridged New"), Asset("new", "new", 90, 1.99m)], [Pair("NEW-USDT", 2)]).Rank();

        Assert.That(ranking.Assets.Single().SourceId, Is.EqualTo("new"));
        Assert.That(ranking.Excluded.Single(asset => asset.SourceId == "bridged-new").Class, Is.EqualTo(AssetClass.Bridged));
    }

    [TestCase(100, 90.0, true)]
    [TestCase(100, 89.9, false)]
    [TestCase(90.0, 100, true)]
    [TestCase(89.9, 100, false)]
    public void Build_PriceTolerance_IsAPartOfTheLargerOne(decimal source, decimal okx, bool isSame)
    {
        var ranking = Of([Asset("litecoin", "ltc", 100, source)], [Pair("LTC-USDT", okx)]).Rank();

        Assert.That(ranking.Symbols(), Is.EqualTo(isSame ? ["LTC-USDT"] : Array.Empty<string>()));
        Assert.That(ranking.Reasons(), Is.EqualTo(isSame ? Array.Empty<(string, ExclusionReason)>() : [("litecoin", ExclusionReason.PriceDisagrees)]));
    }

    [Test]
    public void Build_KnownIdIsGoneFromTheSource_TheTickerAndThePriceDecide()
    {
        var ranking = Of([Asset("litecoin-renamed", "ltc", 100, 90), Asset("fake", "ltc", 900, 5)], [Pair("LTC-USDT", 91)]).Rank();

        Assert.That(ranking.Assets.Single().SourceId, Is.EqualTo("litecoin-renamed"));
    }

    [Test]
    public void Build_NameThatOkxReused_IsNotTheOldAsset()
    {
        var ranking = Of([Asset("terra-luna", "luna", 1000, 0.00006m, "Terra Luna Classic"), Asset("terra-luna-2", "luna", 10, 0.2m)], [Pair("LUNA-USDT", 0.21m)]).Rank();

        Assert.That(ranking.Assets.Single().SourceId, Is.EqualTo("terra-luna-2"));
    }

    [Test]
    public void Build_NullZeroAndAbsentFigures_AreLeftOutWithTheirReason()
    {
        var ranking = Of(
            [Asset("litecoin", "ltc", null, 90), Asset("dash", "dash", 0, 30), Asset("zcash", "zec", 50, null), Asset("neo", "neo", 40, 3), Asset("nobody", "nob", null, 1)],
            [Pair("LTC-USDT", 90), Pair("DASH-USDT", 30), Pair("ZEC-USDT", 40), Pair("NEO-USDT", null)]).Rank();

        Assert.That(ranking.Assets, Is.Empty);
        Assert.That(ranking.Reasons(), Is.EquivalentTo(new[]
        {
            ("zcash", ExclusionReason.NoPrice), ("neo", ExclusionReason.NoPrice), ("dash", ExclusionReason.NoMarketCap), ("litecoin", ExclusionReason.NoMarketCap),
        }));
    }

    [Test]
    public void Build_InstrumentsTheSourceDoesNotKnow_AreNamedWhereTheyAreMoreThanSmall()
    {
        var ranking = Of([], [
            Pair("XTSLA-USDT", 300, category: InstrumentCategory.Stock), Pair("XAUX-USDT", 300, category: InstrumentCategory.Commodity), Pair("EUR-USDT", 1.1m),
            Pair("TESTPM-USDT", 1, InstrumentState.Test), Pair("SOON-USDT", null, InstrumentState.PreOpen), Pair("TINY-USDT", 1), Pair("ETH5S-USDT", 1)]).Rank();

        Assert.That(ranking.Excluded.Where(asset => asset.SourceId.Length == 0).Select(asset => (asset.Symbol, asset.Reason, asset.Class)), Is.EqualTo(new[]
        {
            ("XTSLA-USDT", ExclusionReason.Class, AssetClass.TokenizedStock), ("XAUX-USDT", ExclusionReason.Class, AssetClass.Commodity), ("EUR-USDT", ExclusionReason.Class, AssetClass.Fiat),
            ("TESTPM-USDT", ExclusionReason.TestInstrument, AssetClass.Coin), ("SOON-USDT", ExclusionReason.NotLive, AssetClass.Coin), ("ETH5S-USDT", ExclusionReason.Class, AssetClass.Leveraged),
        }));
    }

    [Test]
    public void Build_QuoteOtherThanDollars_ComparesAcrossTheRate()
    {
        var ranking = Of(
            [Asset("bitcoin", "btc", 100, 60_000), Asset("ethereum", "eth", 50, 3_000)],
            [Pair("BTC-EUR", 50_000), Pair("ETH-EUR", 2_490), Pair("ETH-BTC", 0.05m), Pair("BTC-USDT", 60_000)]);

        Assert.That(ranking.Rank(new MarketCapQuery { QuoteCurrency = "EUR" }).Assets.Select(asset => (asset.Symbol, asset.Price)), Is.EqualTo(new[] { ("BTC-EUR", 50_000m), ("ETH-EUR", 2_490m) }));
        Assert.That(ranking.Rank(new MarketCapQuery { QuoteCurrency = "BTC" }).Symbols(), Is.EqualTo(new[] { "ETH-BTC" }));
        Assert.That(ranking.Rank(new MarketCapQuery { QuoteCurrency = "XYZ" }), Has.Property("IsComplete").False.And.Property("Assets").Empty);
    }

    [Test]
    public void Build_OneAssetUnderTwoNames_IsRankedOnceUnderTheOneThatTrades()
    {
        var ranking = Of(
            [Asset("polygon-ecosystem-token", "pol", 100, 0.5m)],
            [Pair("POL-USDT", 0.5m, volume: 10), Pair("MATIX-USDT", 0.5m, InstrumentState.Suspended, volume: 99)])
            .Rank(configure: options => options.AssetIds["MATIX"] = "polygon-ecosystem-token");

        Assert.That(ranking.Symbols(), Is.EqualTo(new[] { "POL-USDT" }));
    }

    [Test]
    public void Build_OneAssetUnderTwoNamesThatTrade_IsTheOneThatTradesMoreAndTheOtherIsNamed()
    {
        var ranking = Of(
            [Asset("polygon-ecosystem-token", "pol", 100, 0.5m)], [Pair("MATIX-USDT", 0.5m, volume: 9), Pair("POL-USDT", 0.5m, volume: 10)])
            .Rank(configure: options => options.AssetIds["MATIX"] = "polygon-ecosystem-token");

        Assert.That(ranking.Symbols(), Is.EqualTo(new[] { "POL-USDT" }));
        Assert.That(ranking.Excluded.Where(asset => asset.SourceId != "tether").Select(asset => (asset.Symbol, asset.Reason, asset.Detail)), Is.EqualTo(new[]
        {
            ("MATIX-USDT", ExclusionReason.AnotherPairOfThatAsset, "POL-USDT is the same asset, and counts"),
        }));
    }

    [Test]
    public void Build_RowThatCameTwice_IsRankedOnce()
    {
        var ranking = Of([Asset("litecoin", "ltc", 100, 90), Asset("litecoin", "ltc", 101, 90)], [Pair("LTC-USDT", 90)]).Rank();

        Assert.That(ranking.Symbols(), Is.EqualTo(new[] { "LTC-USDT" }));
    }

    [Test]
    public void Build_AnyFeed_IsSortedRefilledAndAccountsForWhatItPassesOver()
    {
        var asset = Gen.Select(Gen.Int[0, 60], Gen.Int[0, 3], Gen.Int[0, 1000]);
        Gen.Select(asset.Array[0, 80], Gen.Int[1, 30]).Sample((rows, top) =>
        {
            var entries = rows.DistinctBy(row => row.Item1).Select(row => Asset(
                $"id{row.Item1}", $"c{row.Item1}", row.Item2 == 1 ? null : row.Item3, row.Item2 == 2 ? 500 : 10, row.Item2 == 3 ? "Wrapped Thing" : "")).ToList();
            var ranking = Of(entries, entries.Select(entry => Pair($"{entry.Ticker.ToUpperInvariant()}-USDT", 10))).Rank(new MarketCapQuery { Top = top });

            var sound = entries.Where(entry => entry is { MarketCap: > 0, Price: 10, Name: "" }).OrderByDescending(entry => entry.MarketCap).ThenBy(entry => entry.Id, StringComparer.Ordinal).ToList();
            var expected = sound.Take(top).Select(entry => entry.Id).ToList();
            var left = ranking.Excluded.Select(excluded => excluded.SourceId).ToHashSet();
            return ranking.Assets.Select(ranked => ranked.SourceId).SequenceEqual(expected)
                && ranking.IsComplete == sound.Count >= top
                && entries.Except(sound).Where(entry => !(entry.MarketCap > 0) || !ranking.IsComplete || entry.MarketCap > ranking.Assets[^1].MarketCap).All(entry => left.Contains(entry.Id));
        });
    }
}
