using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Rankings;

/// <content>Rankings of the past.</content>
public sealed partial class MarketCapRankingTests
{
    [Test]
    public async Task GetMarketCapRankingAsync_AsOf_IsTheLastStoredAtOrBeforeIt()
    {
        var clock = new FakeTimeProvider(SimulatedClient.Now);
        await using var simulated = await SimulatedClient.StartAsync(options => options.Clock = clock);
        var first = await simulated.Client.GetMarketCapRankingAsync();
        clock.Advance(TimeSpan.FromDays(2));
        simulated.Simulator.Delist("SOL-USDT");
        var second = await simulated.Client.GetMarketCapRankingAsync();
        clock.Advance(TimeSpan.FromDays(2));
        var sent = simulated.Simulator.TotalRequests;

        var between = await AsOfAsync(first.AsOf.AddDays(1).ToOffset(TimeSpan.FromHours(8)));
        var exactly = await AsOfAsync(second.AsOf);
        var after = await AsOfAsync(clock.GetUtcNow());

        Assert.That(second.Assets.Select(asset => asset.Symbol), Has.None.EqualTo("SOL-USDT"));
        Assert.That((between.AsOf, between.IsPointInTime, between.Bias, between.Origin, between.Age), Is.EqualTo((first.AsOf, true, RankingBias.None, DataOrigin.Cache, TimeSpan.Zero)));
        Assert.That(between.Assets, Is.EqualTo(first.Assets), "with what was delisted since, at the prices of then");
        Assert.That(exactly.Assets, Is.EqualTo(second.Assets));
        Assert.That(after.Assets, Is.EqualTo(second.Assets));
        Assert.That(simulated.Simulator.TotalRequests, Is.EqualTo(sent));

        Task<MarketCapRanking> AsOfAsync(DateTimeOffset asOf) => simulated.Client.GetMarketCapRankingAsync(new MarketCapQuery { AsOf = asOf });
    }

    [Test]
    public async Task GetMarketCapRankingAsync_AsOfWithoutEvidence_ThrowsUnlessBiasIsAllowedAndThenSaysSo()
    {
        await using var simulated = await SimulatedClient.StartAsync();
        await simulated.Client.GetMarketCapRankingAsync();
        var query = new MarketCapQuery { AsOf = SimulatedClient.Now.AddYears(-1), Top = 5 };

        await Assert.ThatAsync(() => simulated.Client.GetMarketCapRankingAsync(query), Throws.TypeOf<OkxCacheException>()
            .With.Message.StartsWith("No ranking at or before 2025-06-15 10:30:00Z is stored; the oldest is of 2026-06-15 10:30:")
            .And.Message.Contains("AllowBiasedUniverse").And.Message.Contains("DatedFilesDirectory"));
        var biased = await simulated.Client.GetMarketCapRankingAsync(query with { AllowBiasedUniverse = true });

        Assert.That((biased.IsPointInTime, biased.Bias), Is.EqualTo((false, RankingBias.CurrentMembersOnly)));
        Assert.That(biased.Assets.Select(asset => asset.Symbol), Is.EqualTo(Largest.Take(5)));
        Assert.That(biased.ToString(), Does.EndWith("biased: CurrentMembersOnly"));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_AsOfInTheFuture_ThrowsAtTheCall()
    {
        await using var simulated = await SimulatedClient.StartAsync();

        Assert.That(
            () => { _ = simulated.Client.GetMarketCapRankingAsync(new MarketCapQuery { AsOf = SimulatedClient.Now.AddDays(1) }); },
            Throws.TypeOf<ArgumentOutOfRangeException>().With.Message.StartsWith("AsOf must not be in the future; it is 2026-06-15T10:3"));
    }

    [Test]
    public async Task GetMarketCapRankingAsync_DamagedSnapshot_IsPutAsideAndTheOneBeforeItAnswers()
    {
        var clock = new FakeTimeProvider(SimulatedClient.Now);
        await using var simulated = await SimulatedClient.StartAsync(options => options.Clock = clock);
        var first = await simulated.Client.GetMarketCapRankingAsync();
        clock.Advance(TimeSpan.FromDays(1));
        await simulated.Client.GetMarketCapRankingAsync();
        var file = Directory.GetFiles(Path.Combine(simulated.Folder, simulated.Simulator.Name, "rankings", "snapshots", "2026-06-16")).Single();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^100] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        var ranking = await simulated.Client.GetMarketCapRankingAsync(new MarketCapQuery { AsOf = clock.GetUtcNow() });

        Assert.That(ranking.AsOf, Is.EqualTo(first.AsOf));
        Assert.That(File.Exists(file), Is.False);
    }

    [Test]
    public async Task GetMarketCapRankingAsync_DatedFiles_AnswerForTheirTime()
    {
        var files = Directory.CreateTempSubdirectory("okxdata-dated-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(files.FullName, "2022-05-01.json"), """
                [{"symbol":"LUNA-USDT","market_cap":28000000000,"price":81.5,"volume_24h":1000},
                 {"symbol":"BTC","market_cap":720000000000,"price":38000.25,"circulating_supply":19000000,"name":"Bitcoin"},
                 {"symbol":"UST","market_cap":18000000000,"price":1.0}]
                """);
            await File.WriteAllTextAsync(Path.Combine(files.FullName, "2022-05-14.json"), """[{"symbol":"BTC","market_cap":560000000000,"price":29000}]""");
            await using var simulated = await SimulatedClient.StartAsync(client: options => options.Rankings.DatedFilesDirectory = files.FullName);

            var before = await AsOfAsync("2022-05-13T23:59:59Z");
            var after = await AsOfAsync("2022-05-14T00:00:00Z");

            Assert.That(before.Assets.Select(asset => (asset.Symbol, asset.MarketCapRank, asset.Price, asset.MarketCap)), Is.EqualTo(new[]
            {
                ("BTC-USDT", 1, 38000.25m, 720_000_000_000m), ("LUNA-USDT", 2, 81.5m, 28_000_000_000m),
            }));
            Assert.That((before.AsOf, before.IsPointInTime, before.Source, before.IsComplete), Is.EqualTo((new DateTimeOffset(2022, 5, 1, 0, 0, 0, TimeSpan.Zero), true, "DatedFiles", false)));
            Assert.That(before.Excluded.Select(asset => (asset.Symbol, asset.Class)), Is.EqualTo(new[] { ("UST-USDT", AssetClass.Stablecoin) }));
            Assert.That(after.Assets.Single().Price, Is.EqualTo(29000m));
            Assert.That(simulated.Simulator.TotalRequests, Is.Zero);
            await Assert.ThatAsync(() => AsOfAsync("2022-04-30T23:59:59Z"), Throws.TypeOf<OkxCacheException>(), "no file is of that time");

            Task<MarketCapRanking> AsOfAsync(string text) => simulated.Client.GetMarketCapRankingAsync(new MarketCapQuery { AsOf = DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture) });
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }

    [Test]
    public async Task GetMarketCapRankingAsync_DatedFileOfWrongFormAndASnapshot_IsTheSnapshotAndSaysSo()
    {
        var files = Directory.CreateTempSubdirectory("okxdata-dated-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(files.FullName, "2026-06-15.json"), "[");
            await using var simulated = await SimulatedClient.StartAsync(client: options => options.Rankings.DatedFilesDirectory = files.FullName);
            var now = await simulated.Client.GetMarketCapRankingAsync();

            var ranking = await simulated.Client.GetMarketCapRankingAsync(new MarketCapQuery { AsOf = now.AsOf });

            Assert.That((ranking.AsOf, ranking.IsPointInTime, ranking.Source), Is.EqualTo((now.AsOf, true, "CoinGecko")));
            Assert.That(ranking.Assets, Is.EqualTo(now.Assets));
            Assert.That(simulated.Log.GetSnapshot().Select(record => record.Message), Has.Exactly(1).Matches(
                @"^The ranking of 2026-06-15T10:30:\d\dZ is that of 2026-06-15T10:30:\d\dZ by CoinGecko, and a newer one may exist, since others did not answer: The dated ranking '.*2026-06-15\.json' cannot be used"));
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }

    [Test]
    public async Task GetMarketCapRankingAsync_DatedFileOfWrongForm_NamesFileAndFault()
    {
        var files = Directory.CreateTempSubdirectory("okxdata-dated-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(files.FullName, "2022-05-01.json"), """[{"symbol":"BTC","market_cap":1,"price":1},{"symbol":"ETH","market_cap":0,"price":1}]""");
            await using var simulated = await SimulatedClient.StartAsync(client: options => options.Rankings.DatedFilesDirectory = files.FullName);

            await Assert.ThatAsync(
                () => simulated.Client.GetMarketCapRankingAsync(new MarketCapQuery { AsOf = SimulatedClient.Now, AllowBiasedUniverse = true }),
                Throws.TypeOf<OkxPayloadException>().With.Message.Contains("2022-05-01.json").And.Message.Contains("row 1 (ETH): market_cap is not a number above zero"));
        }
        finally
        {
            files.Delete(recursive: true);
        }
    }
}
