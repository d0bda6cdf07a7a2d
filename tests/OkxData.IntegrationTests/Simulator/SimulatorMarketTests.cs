using System.Globalization;
using System.Text.Json;
using NUnit.Framework;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Simulator;

public sealed class SimulatorMarketTests : SimulatorFixture
{
    private const string Instruments = SimulatorPaths.Instruments;
    private const string Tickers = SimulatorPaths.Tickers;

    [Test]
    public async Task Instruments_ByDefault_SixtyPairsAndSomeDerivatives()
    {
        var spot = await Client.GetDataAsync($"{Instruments}?instType=SPOT");
        var swaps = await Client.GetDataAsync($"{Instruments}?instType=SWAP");
        var futures = await Client.GetDataAsync($"{Instruments}?instType=FUTURES");

        Assert.That(spot, Has.Length.GreaterThanOrEqualTo(60));
        Assert.That(spot.Select(Name), Is.Unique.And.All.EndsWith("-USDT"));
        Assert.That(spot.Count(i => string.CompareOrdinal(Text(i, "listTime"), "1609459200000") < 0), Is.GreaterThanOrEqualTo(50));
        Assert.That(swaps.Select(Name), Does.Contain("BTC-USDT-SWAP").And.Contain("BTC-USD-SWAP"));
        Assert.That(futures.Select(Name), Is.EqualTo(new[] { "BTC-USD-240628", "BTC-USD-240927" }));
        Assert.That(await Client.GetDataAsync($"{Instruments}?instType=OPTION"), Is.Empty);
        Assert.That(await Client.GetDataAsync($"{Instruments}?instType=MARGIN"), Has.Length.EqualTo(spot.Length));
    }

    [Test]
    public async Task Instruments_Derivative_FieldsStandWhereOkxPutsThem()
    {
        var swap = (await Client.GetDataAsync($"{Instruments}?instType=SWAP&instId=BTC-USDT-SWAP"))[0];
        var spot = (await Client.GetDataAsync($"{Instruments}?instType=SPOT&instId=BTC-USDT"))[0];

        Assert.That((Text(swap, "baseCcy"), Text(swap, "settleCcy"), Text(swap, "ctVal"), Text(swap, "ctValCcy")), Is.EqualTo(("", "USDT", "0.01", "BTC")));
        Assert.That((Text(spot, "baseCcy"), Text(spot, "quoteCcy"), Text(spot, "ctVal"), Text(spot, "tickSz")), Is.EqualTo(("BTC", "USDT", "", "0.1")));
        Assert.That(spot.GetProperty("futureSettlement").ValueKind, Is.EqualTo(JsonValueKind.False));
    }

    [TestCase($"{Instruments}")]
    [TestCase($"{Instruments}?instType=spot")]
    [TestCase($"{Tickers}")]
    [TestCase($"{Tickers}?instType=MARGIN")]
    [TestCase(SimulatorPaths.Ticker)]
    public async Task WrongType_AnyEndpoint_51000WithHttp400(string query)
    {
        using var response = await Client.GetAsync(query);

        Assert.That((int)response.StatusCode, Is.EqualTo(400));
        Assert.That(await response.Content.ReadAsStringAsync(), Does.Contain("\"51000\""));
    }

    [Test]
    public async Task Tickers_Spot_AgreeWithTheCandles()
    {
        var ticker = (await Client.GetDataAsync($"{Tickers}?instType=SPOT")).Single(t => Name(t) == "ETH-USDT");
        var minute = (await Client.GetRowsAsync($"{Candles}?instId=ETH-USDT&bar=1m&limit=1"))[0];
        var day = (await Client.GetRowsAsync($"{Candles}?instId=ETH-USDT&bar=1Dutc&limit=1"))[0];
        var hongKong = (await Client.GetRowsAsync($"{Candles}?instId=ETH-USDT&bar=1D&limit=1"))[0];

        Assert.That(Text(ticker, "last"), Is.EqualTo(minute[4]));
        Assert.That(Text(ticker, "sodUtc0"), Is.EqualTo(day[1]));
        Assert.That(Text(ticker, "sodUtc8"), Is.EqualTo(hongKong[1]));
        Assert.That(Text(ticker, "ts"), Is.EqualTo(At(Noon)));
        Assert.That(Number(ticker, "volCcy24h") / Number(ticker, "vol24h"), Is.InRange(Number(ticker, "low24h"), Number(ticker, "high24h")));
        Assert.That(await Client.GetTextAsync($"{SimulatorPaths.Ticker}?instId=ETH-USDT"), Does.Contain(ticker.GetRawText()));
    }

    [Test]
    public async Task Delist_Later_NamesTheTimeAndThenTheInstrumentIsUnknown()
    {
        Simulator.Delist("SOL-USDT", Noon.AddHours(1));
        var instrument = (await Client.GetDataAsync($"{Instruments}?instType=SPOT&instId=SOL-USDT"))[0];
        Clock.Advance(TimeSpan.FromHours(1));

        Assert.That(Text(instrument, "expTime"), Is.EqualTo(At(Noon.AddHours(1))));
        await AssertUnknownAsync($"{Candles}?instId=SOL-USDT&bar=1Dutc");
        await AssertUnknownAsync($"{History}?instId=SOL-USDT&bar=1Dutc");
        await AssertUnknownAsync($"{SimulatorPaths.Ticker}?instId=SOL-USDT");
        Assert.That((await Client.GetDataAsync($"{Tickers}?instType=SPOT")).Select(Name), Does.Not.Contain("SOL-USDT"));
        Assert.That((await Client.GetDataAsync($"{Instruments}?instType=SPOT")).Select(Name), Does.Not.Contain("SOL-USDT"));
    }

    [Test]
    public async Task RemoveSymbol_Listed_IsUnknownAtOnce()
    {
        Assert.That(Simulator.RemoveSymbol("ADA-USDT"), Is.True);
        Assert.That(Simulator.RemoveSymbol("ADA-USDT"), Is.False);

        await AssertUnknownAsync($"{Candles}?instId=ADA-USDT");
    }

    [Test]
    public async Task AddSymbol_Announced_IsPreOpenWithEmptyFiguresUntilItsListing()
    {
        Simulator.AddSymbol(new SimulatedSymbol { Symbol = "SOON-USDT", ListedAt = Noon.AddDays(1), AnnouncedAt = Noon.AddDays(-1) });
        var announced = (await Client.GetDataAsync($"{Instruments}?instType=SPOT")).Single(i => Name(i) == "SOON-USDT");
        var early = await Client.GetTextAsync($"{Candles}?instId=SOON-USDT");
        Clock.Advance(TimeSpan.FromDays(1));
        var listed = (await Client.GetDataAsync($"{Instruments}?instType=SPOT&instId=SOON-USDT"))[0];

        Assert.That((Text(announced, "state"), Text(announced, "tickSz"), Text(announced, "baseCcy")), Is.EqualTo(("preopen", "", "")));
        Assert.That(early, Does.Contain("\"51021\""));
        Assert.That((Text(listed, "state"), Text(listed, "baseCcy")), Is.EqualTo(("live", "SOON")));
    }

    [Test]
    public void AddSymbol_BadFigures_NamesTheSymbol()
    {
        Assert.That(() => Simulator.AddSymbol(new SimulatedSymbol { Symbol = "A-B", Price = 0 }), Throws.ArgumentException.With.Message.Contains("A-B"));
        Assert.That(() => Simulator.AddSymbol(new SimulatedSymbol { Symbol = "AB" }), Throws.ArgumentException.With.Message.Contains("AB"));
        Assert.That(() => Simulator.Delist("NOPE-USDT"), Throws.ArgumentException.With.Message.Contains("NOPE-USDT"));
    }

    [Test]
    public async Task Future_AfterItsExpiry_IsUnknown()
    {
        Assert.That(await Client.GetOpeningsAsync($"{Candles}?instId=BTC-USD-240628&bar=1Dutc&limit=1"), Has.Length.EqualTo(1));

        Clock.Advance(TimeSpan.FromDays(14));

        await AssertUnknownAsync($"{Candles}?instId=BTC-USD-240628&bar=1Dutc");
    }

    [Test]
    public async Task Time_Asked_IsTheExchangesClock()
    {
        Clock.Advance(TimeSpan.FromMilliseconds(5));

        Assert.That(await Client.GetTextAsync(SimulatorPaths.Time), Is.EqualTo($$"""{"code":"0","msg":"","data":[{"ts":"{{At(Noon.AddMilliseconds(5))}}"}]}"""));
    }

    [Test]
    public async Task UnknownRoute_Get_404()
    {
        using var response = await Client.GetAsync("/api/v5/market/mystery");

        Assert.That((int)response.StatusCode, Is.EqualTo(404));
    }

    private async Task AssertUnknownAsync(string query)
    {
        using var response = await Client.GetAsync(query);
        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(
            await response.Content.ReadAsStringAsync(),
            Is.EqualTo("""{"code":"51001","msg":"Instrument ID, Instrument ID code, or Spread ID doesn't exist.","data":[]}"""));
    }

    private static string Name(JsonElement item) => Text(item, "instId");

    private static string Text(JsonElement item, string name) => item.GetProperty(name).GetString()!;

    private static decimal Number(JsonElement item, string name) => decimal.Parse(Text(item, name), CultureInfo.InvariantCulture);
}
