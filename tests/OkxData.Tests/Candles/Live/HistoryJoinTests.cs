using NUnit.Framework;
using OkxData.Candles;
using OkxData.Candles.Live;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Candles.Live;

/// <summary>Streams that begin in the past.</summary>
[TestFixture]
internal sealed class HistoryJoinTests
{
    private const string Symbol = "BTC-USDT";

    private static CandleStreamQuery Since(LiveMarket market, int bars, params string[] symbols) => new()
    {
        Symbols = symbols.Length == 0 ? [Symbol] : symbols,
        Bar = BarSize.OneMinute,
        From = DateTimeOffset.FromUnixTimeMilliseconds(market.Opening(bars)),
    };

    private static int[] Bars(LiveMarket market, IEnumerable<CandleUpdate> updates) =>
        [.. updates.Select(update => (int)((update.Candle.OpenTime.ToUnixTimeMilliseconds() - market.Opening(0)) / 60_000))];

    [TestCase(0)]
    [TestCase(60)]
    [TestCase(-60)]
    public async Task StreamAsync_From_HistoryThenLiveWithoutHoleOrOverlap(int minutesWrong)
    {
        var market = new LiveMarket(TimeSpan.FromMinutes(minutesWrong));
        await using var reader = new LiveReader(market, Since(market, -700));
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0));
        var updates = await reader.ReadAsync(700, TimeSpan.FromSeconds(30));
        await reader.PassAsync(TimeSpan.FromSeconds(41) - (DateTimeOffset.FromUnixTimeMilliseconds(market.Now) - LiveMarket.Begin));
        market.PushFinished(Symbol, market.Opening(0));
        updates.Add(await reader.ReadAsync());

        Assert.That(Bars(market, updates), Is.EqualTo(Enumerable.Range(-700, 701)));
        Assert.That(updates.Select(update => update.MissingBefore), Has.All.Null);
        Assert.That(updates[^1].IsLive, Is.True);
        Assert.That(updates[^2].IsLive, Is.False);
    }

    [Test]
    public async Task StreamAsync_FromInsideTheFormingBar_BeginsWithTheNext()
    {
        var market = new LiveMarket();
        await using var reader = new LiveReader(market, Since(market, 0) with { From = LiveMarket.Begin.AddSeconds(-1) });
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0));
        await reader.PassAsync(TimeSpan.FromSeconds(40));
        market.PushFinished(Symbol, market.Opening(0));
        market.PushForming(Symbol, market.Opening(1));
        Assert.That(Bars(market, [await reader.ReadAsync()]), Is.EqualTo(new[] { 1 }));
    }

    [Test]
    public async Task StreamAsync_OneSymbolIsNewAndNothingIsPushed_BothGoOn()
    {
        var market = new LiveMarket();
        for (var bar = -10; bar < 0; bar++)
            market.Lacking.Add(("NEW-USDT", market.Opening(bar)));
        await using var reader = new LiveReader(market, Since(market, -3, Symbol, "NEW-USDT"));
        var updates = await reader.ReadAsync(6);
        Assert.That(Bars(market, updates.Where(update => update.Symbol == "NEW-USDT")), Is.SupersetOf(new[] { 0 }));
        Assert.That(updates.Where(update => update.Symbol == "NEW-USDT").Select(update => update.MissingBefore), Has.All.Null);
    }

    [Test]
    public async Task StreamAsync_TwoSymbols_GoSideBySideInTime()
    {
        var market = new LiveMarket();
        await using var reader = new LiveReader(market, Since(market, -2, Symbol, "ETH-USDT"));
        var updates = await reader.ReadAsync(4);
        Assert.That(updates.Select(update => update.Symbol), Is.EqualTo(new[] { Symbol, "ETH-USDT", Symbol, "ETH-USDT" }));
        Assert.That(Bars(market, updates), Is.EqualTo(new[] { -2, -2, -1, -1 }));
    }

    [Test]
    public async Task StreamAsync_YearsOfMinutes_AreAskedAStretchAtATime()
    {
        var market = new LiveMarket();
        await using var reader = new LiveReader(market, Since(market, -300_000));
        await reader.ReadAsync(1_000);
        Assert.That(market.HistoryQueries, Has.Count.EqualTo(1));
        Assert.That(market.HistoryQueries[0].To - market.HistoryQueries[0].From, Is.LessThanOrEqualTo(TimeSpan.FromMinutes(100_000)));
    }

    [Test]
    public async Task StreamAsync_OldHole_IsNamed()
    {
        var market = new LiveMarket();
        for (var bar = -200; bar < -190; bar++)
            market.Lacking.Add((Symbol, market.Opening(bar)));
        await using var reader = new LiveReader(market, Since(market, -201));
        var updates = await reader.ReadAsync(2);
        Assert.That(Bars(market, updates), Is.EqualTo(new[] { -201, -190 }));
        Assert.That(updates[1].MissingBefore, Is.EqualTo(new Interval(market.Opening(-200), market.Opening(-190)).ToRange()));
    }

    [Test]
    public async Task StreamAsync_YoungHole_IsAskedForUntilItIsCertain()
    {
        var market = new LiveMarket();
        market.Lacking.Add((Symbol, market.Opening(-5)));
        await using var reader = new LiveReader(market, Since(market, -10));
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0));
        var updates = await reader.ReadAsync(9);
        Assert.That(Bars(market, updates), Is.EqualTo(new[] { -10, -9, -8, -7, -6, -4, -3, -2, -1 }));
        Assert.That(updates[5].MissingBefore, Is.EqualTo(new Interval(market.Opening(-5), market.Opening(-4)).ToRange()));
        Assert.That(market.Requests.Any(request => request.Source == CandleSource.History), Is.True);
        Assert.That(market.Requests, Has.Count.LessThanOrEqualTo(4));
    }

    [Test]
    public async Task StreamAsync_ListedYearsAfterFrom_NothingIsMissingAndLittleIsAsked()
    {
        var market = new LiveMarket { };
        market.FirstOpening = market.Opening(-50);
        await using var reader = new LiveReader(market, Since(market, -3_000_000));
        var updates = await reader.ReadAsync(50);
        Assert.That(Bars(market, updates), Is.EqualTo(Enumerable.Range(-50, 50)));
        Assert.That(updates[0].MissingBefore, Is.Null);
        Assert.That(market.HistoryQueries.Count + market.Requests.Count, Is.LessThan(25));
    }

    [Test]
    public async Task StreamAsync_NotTradedSinceFrom_BeginsWithTheFirstCandle()
    {
        var market = new LiveMarket();
        market.FirstOpening = market.Opening(0);
        await using var reader = new LiveReader(market, Since(market, -5_000));
        await reader.PassAsync(TimeSpan.FromSeconds(5));
        market.PushForming(Symbol, market.Opening(0));
        await reader.PassAsync(TimeSpan.FromSeconds(35));
        market.PushFinished(Symbol, market.Opening(0));
        var update = await reader.ReadAsync();
        Assert.That(Bars(market, [update]), Is.EqualTo(new[] { 0 }));
        Assert.That(update.MissingBefore, Is.Null);
    }

    [Test]
    public async Task StreamAsync_RestIsDownAtFirst_WaitsForIt()
    {
        var market = new LiveMarket { RestFailure = new OkxTransportException("down") };
        await using var reader = new LiveReader(market, Since(market, -3));
        await reader.PassAsync(TimeSpan.FromSeconds(50));
        market.RestFailure = null;
        var updates = await reader.ReadAsync(3);
        Assert.That(Bars(market, updates), Is.EqualTo(new[] { -3, -2, -1 }));
        Assert.That(reader.Log.GetSnapshot().Select(record => record.Id.Id), Does.Contain(723));
    }

    [Test]
    public async Task StreamAsync_UnknownSymbol_EndsWithWhatOkxSaid()
    {
        var market = new LiveMarket { RestFailure = new OkxApiException("no") { Code = "51001", OkxMessage = "Instrument ID does not exist" } };
        await using var reader = new LiveReader(market, Since(market, -3));
        var failure = await reader.FailureAsync();
        Assert.That((failure as OkxStreamException)?.OkxMessage, Is.EqualTo("Instrument ID does not exist"));
        Assert.That(market.Listeners, Is.Zero);
    }

    [Test]
    public void StreamAsync_PolicyIsToThrow_IsNotTriedAgain()
    {
        var key = new SeriesKey(Symbol, BarSize.OneMinute);
        var failure = new OkxValidationException("spike") { Report = [] };
        Assert.That(StreamFailure.Of(key, failure), Is.SameAs(failure));
        Assert.That(StreamFailure.Of(key, new OkxTransportException("down")), Is.Null);
    }
}
