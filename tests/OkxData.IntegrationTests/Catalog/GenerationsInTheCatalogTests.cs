using NUnit.Framework;
using OkxData.Caching;
using OkxData.Catalog;
using OkxData.Models;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Catalog;

/// <summary>A series that began anew, as a client leaves it, seen through the catalog.</summary>
[TestFixture]
public sealed class GenerationsInTheCatalogTests
{
    private const string Symbol = "BTC-USDT";

    [Test]
    public async Task Catalog_SeriesWithAnEarlierGeneration_SeesBothAsTheClientDoesInEitherFormat()
    {
        await using var host = await StartAsync();
        var first = await host.Client.GetCandlesAsync(new CandleQuery { Symbol = Symbol, From = Today.AddDays(-100), To = Today.AddDays(-5) });
        host.Simulator.ReviseCandle(Symbol, "1Dutc", Today.AddDays(-6));
        await host.Client.GetCandlesAsync(new CandleQuery { Symbol = Symbol, From = Today.AddDays(-100), To = Today });
        var second = await host.Client.AcceptHistoryAsync(Symbol);
        var catalog = CacheCatalog.OpenFolder(host.Folder, host.Simulator.Clock);

        foreach (var format in (CandleFormat[])[CandleFormat.Parquet, CandleFormat.Json, CandleFormat.Parquet])
        {
            var conversion = await catalog.ConvertAsync(format);
            var verification = await catalog.VerifyAsync();
            var entries = await catalog.ListAsync().ToListAsync();
            var environment = entries[0].Environment;
            using (Assert.EnterMultipleScope())
            {
                Assert.That(conversion.LeftAlone, Is.Empty);
                Assert.That(verification.Findings, Is.Empty, () => string.Join('\n', verification.Findings));
                Assert.That(entries.Select(entry => (entry.Generation, entry.Format)), Is.EqualTo(new[] { ((int?)1, (CandleFormat?)format), (null, format) }));
                Assert.That((await catalog.ReadAsync(environment, Symbol, BarSize.OneDay, second.Range)).ContentHash, Is.EqualTo(second.ContentHash));
                Assert.That((await catalog.ReadAsync(environment, Symbol, BarSize.OneDay, first.Range, generation: 2)).Generation, Is.EqualTo(2), "the present one by its number");
                Assert.That((await catalog.ReadAsync(environment, Symbol, BarSize.OneDay, first.Range, generation: 1)).ContentHash, Is.EqualTo(first.ContentHash));
            }

            await using var offline = host.Again(options => options.Caching.Mode = CacheMode.Offline);
            var held = await offline.Client.GetCandlesAsync(new CandleQuery { Symbol = Symbol, From = first.Range.Start, To = first.Range.End, Generation = 1 });
            Assert.That(held.ContentHash, Is.EqualTo(first.ContentHash), "the client finds what the catalog has converted");
        }
    }
}
