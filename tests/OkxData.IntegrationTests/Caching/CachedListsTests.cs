using NUnit.Framework;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Caching;

/// <summary>Instruments and tickers through the cache, with a simulator behind.</summary>
public sealed class CachedListsTests
{
    [Test]
    public async Task GetInstrumentsAsync_LaterRunWithinTheHour_SendsNothingAndIsEqual()
    {
        await using var first = await SimulatedClient.StartAsync();
        var fetched = await first.Client.GetInstrumentsAsync(InstrumentType.Swap);
        await using var later = first.Again();

        var cached = await later.Client.GetInstrumentsAsync(InstrumentType.Swap);

        Assert.That(cached, Is.EqualTo(fetched).And.Not.Empty);
        Assert.That(first.Simulator.TotalRequests, Is.EqualTo(1));
    }

    [Test]
    public async Task GetInstrumentsAsync_AnyAnswer_TellsItsOriginAndAge()
    {
        await using var simulated = await SimulatedClient.StartAsync();
        var fetched = (IDatedAnswer)await simulated.Client.GetInstrumentsAsync();
        var cached = (IDatedAnswer)await simulated.Client.GetInstrumentsAsync();
        var tickers = (IDatedAnswer)await simulated.Client.GetTickersAsync();

        Assert.That((fetched.Origin, cached.Origin, tickers.Origin), Is.EqualTo((DataOrigin.Network, DataOrigin.Cache, DataOrigin.Network)));
        Assert.That(cached.RetrievedAt, Is.EqualTo(fetched.RetrievedAt).And.InRange(SimulatedClient.Now, SimulatedClient.Now.AddMinutes(10)));
    }

    [Test]
    public async Task GetTickersAsync_RefreshInBackgroundWhileOkxIsDown_IsAtOnceTheOlderListAndEndsWithTheClient()
    {
        await using var simulated = await SimulatedClient.StartAsync(client: options => (options.Caching.TickersTtl, options.Caching.RefreshInBackground) = (TimeSpan.Zero, true));
        var before = await simulated.Client.GetTickersAsync();
        simulated.Simulator.Outage = OutageMode.Unavailable;

        var during = await simulated.Client.GetTickersAsync();

        Assert.That(during, Is.EqualTo(before));
        Assert.That(((IDatedAnswer)during).RetrievedAt, Is.EqualTo(((IDatedAnswer)before).RetrievedAt));
    }

    [Test]
    public async Task GetTickersAsync_HundredCallersAtOnce_AreOneRequestAndEqualFigures()
    {
        await using var simulated = await SimulatedClient.StartAsync(client: options => options.Caching.TickersTtl = TimeSpan.FromHours(1));

        var lists = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => simulated.Client.GetTickersAsync()));
        await using var later = simulated.Again(options => options.Caching.TickersTtl = TimeSpan.FromHours(1));

        Assert.That(simulated.Simulator.TotalRequests, Is.EqualTo(1));
        Assert.That(lists, Is.All.EqualTo(lists[0]));
        Assert.That(await later.Client.GetTickersAsync(InstrumentType.Margin), Is.EqualTo(lists[0]), "the tickers of margin are those of spot");
    }

    [Test]
    public async Task GetTickersAsync_OkxIsDown_IsTheOlderListWithAWarning()
    {
        await using var simulated = await SimulatedClient.StartAsync(client: AlwaysAsk);
        var before = await simulated.Client.GetTickersAsync();
        simulated.Simulator.Outage = OutageMode.Unavailable;

        var during = await simulated.Client.GetTickersAsync();

        Assert.That(during, Is.EqualTo(before));
        Assert.That(simulated.Log.GetSnapshot().Select(record => record.Message), Has.Exactly(1).StartsWith("The SPOT tickers are those of 00:00:0"));
        await Assert.ThatAsync(() => simulated.Client.GetInstrumentsAsync(), Throws.InstanceOf<OkxException>(), "nothing is held of these");
    }

    [Test]
    public async Task GetInstrumentsAsync_Offline_IsWhatIsHeldOrAnErrorThatSaysWhatIsMissing()
    {
        await using var simulated = await SimulatedClient.StartAsync();
        var fetched = await simulated.Client.GetInstrumentsAsync();
        await using var offline = simulated.Again(options => options.Caching.Mode = CacheMode.Offline);

        Assert.That(await offline.Client.GetInstrumentsAsync(), Is.EqualTo(fetched));
        await Assert.ThatAsync(() => offline.Client.GetTickersAsync(), Throws.TypeOf<OkxCacheException>().With.Message.Contains("SPOT tickers"));
        Assert.That(simulated.Simulator.TotalRequests, Is.EqualTo(1));
    }

    private static void AlwaysAsk(OkxMarketDataOptions options) => (options.Caching.TickersTtl, options.Resilience.MaxRetries) = (TimeSpan.Zero, 0);
}
