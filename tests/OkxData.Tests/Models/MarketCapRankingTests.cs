using System.Text.Json;
using System.Text.Json.Serialization;
using NUnit.Framework;
using OkxData.Models;

namespace OkxData.Tests.Models;

public sealed partial class MarketCapRankingTests
{
    private static readonly DateTimeOffset At = new(2026, 6, 15, 18, 30, 0, TimeSpan.FromHours(8));

    [Test]
    public void RankedAsset_AsJson_IsExactlyTheShape()
    {
        var asset = Asset("BTC-USDT", 1) with { Price = 60000.10m, Volume24h = 287506892.157491959m, MarketCap = 1.2e12m, CirculatingSupply = 20030493m, GlobalRank = 2, Name = "Bitcoin", SourceId = "bitcoin" };

        const string Expected = """{"symbol":"BTC-USDT","market_cap_rank":1,"price":60000.10,"volume_24h":287506892.157491959,"timestamp":"2026-06-15T10:30:00+00:00","market_cap":1200000000000,"circulating_supply":20030493}""";
        Assert.That(JsonSerializer.Serialize(asset, AssetContext.Default.RankedAsset), Is.EqualTo(Expected));
        Assert.That(JsonSerializer.Serialize(asset), Is.EqualTo(Expected), "by reflection as well");
        Assert.That(JsonSerializer.Serialize(asset with { CirculatingSupply = null }, AssetContext.Default.RankedAsset), Does.EndWith("\"circulating_supply\":null}"));
    }

    [Test]
    public void Create_AssetsInAnyOrder_AreSortedInUtcAndComplete()
    {
        var ranking = MarketCapRanking.Create([Asset("B-USDT", 2), Asset("A-USDT", 1)], At);

        Assert.That(ranking.Assets.Select(asset => asset.Symbol), Is.EqualTo(new[] { "A-USDT", "B-USDT" }));
        Assert.That((ranking.AsOf.Offset, ranking.AsOf, ranking.IsComplete, ranking.Requested, ranking.Excluded.Count), Is.EqualTo((TimeSpan.Zero, At, true, 2, 0)));
        Assert.That(MarketCapRanking.Create([Asset("A-USDT", 1)], At, requested: 2).IsComplete, Is.False);
    }

    [Test]
    public void Create_RanksWithGapsOrASymbolTwice_Throws()
    {
        Assert.That(() => MarketCapRanking.Create([Asset("A-USDT", 1), Asset("B-USDT", 3)], At), Throws.ArgumentException.With.Message.StartsWith("The ranks must be 1 to 2 without gaps; B-USDT has 3."));
        Assert.That(() => MarketCapRanking.Create([Asset("A-USDT", 1), Asset("A-USDT", 2)], At), Throws.ArgumentException.With.Message.StartsWith("The symbol 'A-USDT' stands twice"));
    }

    private static RankedAsset Asset(string symbol, int rank) =>
        new() { Symbol = symbol, MarketCapRank = rank, Price = 1, MarketCap = 100, Timestamp = At.ToUniversalTime() };

    [JsonSerializable(typeof(RankedAsset))]
    private sealed partial class AssetContext : JsonSerializerContext;
}
