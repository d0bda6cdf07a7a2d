using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Models;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Rankings;

/// <content>The source's own categories.</content>
public sealed partial class MarketCapRankingTests
{
    [Test]
    public async Task GetMarketCapRankingAsync_OnlyCoinGeckoKnowsWhatItIs_IsLeftOutNowAndInThePast()
    {
        await using var simulated = await SimulatedClient.StartAsync(AddHushed);

        var now = await simulated.Client.GetMarketCapRankingAsync(new MarketCapQuery { Top = 5 });
        var past = await simulated.Client.GetMarketCapRankingAsync(new MarketCapQuery { Top = 5, AsOf = now.AsOf });
        var kept = await simulated.Client.GetMarketCapRankingAsync(new MarketCapQuery { Top = 5, Include = ["HUSH"] });

        foreach (var ranking in (MarketCapRanking[])[now, past])
        {
            Assert.That(ranking.Assets.Select(asset => asset.Symbol), Is.EqualTo(Largest.Take(5)));
            var left = ranking.Excluded.Single(asset => asset.Symbol == "HUSH-USDT");
            Assert.That((left.Reason, left.Class, left.Detail), Is.EqualTo((ExclusionReason.Class, AssetClass.TokenizedFund, "it is a tokenised fund or bond, by CoinGecko's category tokenized-treasuries")));
            Assert.That(ranking.MissingCategories, Is.Empty);
        }

        Assert.That(kept.Assets.Select(asset => asset.Symbol), Has.Member("HUSH-USDT"));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_Categories_AreAskedOnceAWeekByAllClientsOfACache()
    {
        var clock = new FakeTimeProvider(SimulatedClient.Now);
        await using var simulated = await SimulatedClient.StartAsync(options => options.Clock = clock);
        await RankAsync(simulated);
        var first = Asked();
        clock.Advance(TimeSpan.FromDays(6.9));
        await RankAsync(simulated);
        await using (var other = simulated.Again())
        {
            clock.Advance(TimeSpan.FromHours(2));
            await RankAsync(other);
        }

        var second = Asked();
        clock.Advance(TimeSpan.FromHours(2));
        await RankAsync(simulated);

        Assert.That((first, second, Asked()), Is.EqualTo((6, 6, 12)));

        int Asked() => simulated.Simulator.Requests.Count(request => request.Query.Contains("category="));

        static async Task RankAsync(SimulatedClient one) =>
            Assert.That((await one.Client.GetMarketCapRankingAsync()).Excluded.Single(asset => asset.SourceId == "quiet-note").Class, Is.EqualTo(AssetClass.Stablecoin));
    }

    private static void AddHushed(OkxSimulatorOptions options)
    {
        options.Symbols.Add(new SimulatedSymbol { Symbol = "HUSH-USDT", Price = 101 });
        options.MarketCaps.Assets.Add(Big("hush", "HUSH", 900) with { Categories = ["tokenized-treasuries"] });
    }
}
