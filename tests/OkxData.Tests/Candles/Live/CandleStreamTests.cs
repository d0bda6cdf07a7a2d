using NUnit.Framework;
using OkxData.Candles;
using OkxData.Candles.Live;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Tests.Candles.Live;

[TestFixture]
internal sealed class CandleStreamTests
{
    private const string Symbol = "BTC-USDT";
    private static readonly CandleStreamQuery FromNow = new() { Symbols = [Symbol], Bar = BarSize.OneMinute };

    private static CandleStreamQuery Since(LiveMarket market, int bars, params string[] symbols) =>
        FromNow with { Symbols = symbols.Length == 0 ? [Symbol] : symbols, From = DateTimeOffset.FromUnixTimeMilliseconds(market.Opening(bars)) };

    private static int[] Bars(LiveMarket market, IEnumerable<CandleUpdate> updates) =>
        [.. updates.Select(update => (int)market.Grid.CountBetween(market.Opening(-10_000), update.Candle.OpenTime.ToUnixTimeMilliseconds()) - 10_000)];

    [TestCase(0)]
    [TestCase(60)]
    [TestCase(-60)]
    [TestCase(61)]
    public async Task StreamAsync_NoFrom_FirstIsTheCandleThatFormsAtTheCallWhateverTheLocalClockSays(int minutesWrong)
    {
        var market = new LiveMarket(TimeSpan.FromMinutes(minutesWrong));
        await using var reader = new LiveReader(market, FromNow);
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0));
        await reader.PassAsync(TimeSpan.FromSeconds(1));
        market.PushForming(Symbol, market.Opening(0), 2m);
        await reader.PassAsync(TimeSpan.FromSeconds(39));
        market.PushFinished(Symbol, market.Opening(0));
        market.PushForming(Symbol, market.Opening(1));
        var update = await reader.TryReadAsync();

        Assert.That(Bars(market, [update!.Value]), Is.EqualTo(new[] { 0 }));
        Assert.That(update.Value.IsLive, Is.True);
        Assert.That(update.Value.Candle, Is.EqualTo(LiveMarket.Candle(market.Opening(0))));
    }

    [TestCase(0)]
    [TestCase(60)]
    [TestCase(-60)]
    public async Task StreamAsync_NothingIsEverPushed_HistoryTellsWhereToBegin(int minutesWrong)
    {
        var market = new LiveMarket(TimeSpan.FromMinutes(minutesWrong));
        await using var reader = new LiveReader(market, FromNow with { Symbols = [Symbol, "ETH-USDT"] });
        var updates = await reader.ReadAsync(8);
        Assert.That(Bars(market, updates.Where(update => update.Symbol == "ETH-USDT")), Is.EqualTo(new[] { 0, 1, 2, 3 }));
        Assert.That(updates.Select(update => update.IsLive), Has.All.False);
    }

    [Test]
    public async Task StreamAsync_FirstPushIsOfAnOldBar_BeginsAtTheCall()
    {
        var market = new LiveMarket();
        await using var reader = new LiveReader(market, FromNow);
        reader.Begin();
        market.PushForming(Symbol, market.Opening(-30));
        var update = await reader.ReadAsync();
        Assert.That(Bars(market, [update]), Is.EqualTo(new[] { 0 }));
        Assert.That(market.Requests, Has.Count.LessThanOrEqualTo(3));
    }

    [Test]
    public async Task StreamAsync_ReconnectInMidBarMissedNothing_AsksNothing()
    {
        var market = new LiveMarket();
        await using var reader = new LiveReader(market, FromNow);
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0));
        await reader.PassAsync(TimeSpan.FromSeconds(30));
        market.PushForming(Symbol, market.Opening(0), 2m);
        await reader.PassAsync(TimeSpan.FromSeconds(9));
        market.PushFinished(Symbol, market.Opening(0));

        Assert.That((await reader.ReadAsync(TimeSpan.Zero)).IsLive, Is.True);
        Assert.That(market.Requests, Is.Empty);
    }

    [Test]
    public async Task StreamAsync_ConfirmationIsLost_IsFetchedOnce()
    {
        var market = new LiveMarket();
        await using var reader = new LiveReader(market, FromNow);
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0));
        await reader.PassAsync(TimeSpan.FromSeconds(41));
        market.PushForming(Symbol, market.Opening(1));
        var update = await reader.ReadAsync(TimeSpan.FromSeconds(10));

        Assert.That(update.IsLive, Is.False);
        Assert.That(update.Candle.OpenTime.ToUnixTimeMilliseconds(), Is.EqualTo(market.Opening(0)));
        Assert.That(market.Requests.Select(request => (request.Openings, request.Source)), Is.EqualTo(new[] { (new Interval(market.Opening(0), market.Opening(1)), CandleSource.Recent) }));
    }

    [Test]
    public async Task StreamAsync_ConfirmationComesAfterTheNextBar_AsksNothing()
    {
        var market = new LiveMarket();
        await using var reader = new LiveReader(market, FromNow);
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0));
        await reader.PassAsync(TimeSpan.FromSeconds(41));
        market.PushForming(Symbol, market.Opening(1));
        await reader.PassAsync(TimeSpan.FromSeconds(1));
        market.PushFinished(Symbol, market.Opening(0));

        Assert.That((await reader.ReadAsync(TimeSpan.Zero)).IsLive, Is.True);
        Assert.That(market.Requests, Is.Empty);
    }

    [Test]
    public async Task StreamAsync_NothingIsPushedAnyMore_CandlesComeFromHistoryOneRequestEach()
    {
        var market = new LiveMarket();
        await using var reader = new LiveReader(market, FromNow);
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0));
        var updates = await reader.ReadAsync(10);

        Assert.That(Bars(market, updates), Is.EqualTo(Enumerable.Range(0, 10)));
        Assert.That(updates.Select(update => update.IsLive), Has.All.False);
        Assert.That(market.Requests, Has.Count.EqualTo(10));
    }

    [Test]
    public async Task StreamAsync_ReaderComesBackThousandsOfCandlesLater_GetsThemAllWithFewRequests()
    {
        const int Behind = 5_000;
        var market = new LiveMarket();
        await using var reader = new LiveReader(market, FromNow);
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0));
        await reader.PassAsync(TimeSpan.FromSeconds(40));
        market.PushFinished(Symbol, market.Opening(0));
        var updates = new List<CandleUpdate> { (await reader.TryReadAsync())!.Value };
        for (var bar = 1; bar < Behind; bar++)
        {
            market.Time.Advance(TimeSpan.FromMinutes(1));
            market.PushFinished(Symbol, market.Opening(bar));
            market.PushForming(Symbol, market.Opening(bar + 1));
        }

        updates.AddRange(await reader.ReadAsync(Behind - 1));
        Assert.That(Bars(market, updates), Is.EqualTo(Enumerable.Range(0, Behind)));
        Assert.That(updates.Count(update => update.IsLive), Is.EqualTo(CandleMailbox.Room + 1));
        Assert.That(market.Requests, Has.Count.LessThanOrEqualTo(Behind / 300 + 2));
    }

    [Test]
    public async Task StreamAsync_OkxLacksABar_IsNamedAndNotBeforeItsTime()
    {
        var market = new LiveMarket();
        market.Lacking.Add((Symbol, market.Opening(1)));
        await using var reader = new LiveReader(market, FromNow);
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0));
        await reader.PassAsync(TimeSpan.FromSeconds(40));
        market.PushFinished(Symbol, market.Opening(0));
        await reader.TryReadAsync();
        await reader.PassAsync(TimeSpan.FromSeconds(118));
        Assert.That(await reader.TryReadAsync(), Is.Null);

        // Nothing is pushed; history has the next bar since a moment ago.
        var update = await reader.ReadAsync();
        Assert.That(Bars(market, [update]), Is.EqualTo(new[] { 2 }));
        Assert.That(update.MissingBefore, Is.EqualTo(new Interval(market.Opening(1), market.Opening(2)).ToRange()));
        Assert.That(market.Now, Is.GreaterThanOrEqualTo(market.Opening(3)));
        Assert.That(reader.Log.GetSnapshot().Select(record => record.Id.Id), Does.Contain(721));
    }

    [Test]
    public async Task StreamAsync_HistoryLagsBehind_IsWaitedForAndNothingIsMissing()
    {
        var market = new LiveMarket { RestLag = TimeSpan.FromSeconds(55) };
        await using var reader = new LiveReader(market, FromNow);
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0));
        await reader.PassAsync(TimeSpan.FromSeconds(41));
        market.PushForming(Symbol, market.Opening(1));
        await reader.PassAsync(TimeSpan.FromSeconds(40));
        market.PushForming(Symbol, market.Opening(1), 2m);
        var update = await reader.ReadAsync();

        Assert.That(Bars(market, [update]), Is.EqualTo(new[] { 0 }));
        Assert.That(update.MissingBefore, Is.Null);
        Assert.That(market.Requests, Has.Count.LessThan(8));
    }

    [Test]
    public async Task StreamAsync_RestIsDown_LiveGoesOnAndTheHoleIsFilledLater()
    {
        var market = new LiveMarket { RestFailure = new OkxTransportException("down") };
        await using var reader = new LiveReader(market, FromNow);
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0));
        await reader.PassAsync(TimeSpan.FromSeconds(40));
        market.PushFinished(Symbol, market.Opening(0));
        Assert.That((await reader.ReadAsync(TimeSpan.Zero)).IsLive, Is.True);
        await reader.PassAsync(TimeSpan.FromMinutes(2));
        market.PushFinished(Symbol, market.Opening(2));
        await reader.PassAsync(TimeSpan.FromMinutes(20));
        Assert.That(await reader.TryReadAsync(), Is.Null);
        Assert.That(reader.Log.GetSnapshot().Count(record => record.Id.Id == 720), Is.EqualTo(1));

        market.RestFailure = null;
        var updates = await reader.ReadAsync(3);
        Assert.That(Bars(market, updates), Is.EqualTo(new[] { 1, 2, 3 }));
        Assert.That(updates.Select(update => update.IsLive), Is.EqualTo(new[] { false, true, false }));
    }

    [Test]
    public async Task StreamAsync_HostGivesAHundredRowsAtATime_NothingIsMissing()
    {
        var market = new LiveMarket { MaxRows = 100 };
        await using var reader = new LiveReader(market, Since(market, -2));
        await reader.ReadAsync(2);
        await reader.PassAsync(TimeSpan.FromSeconds(1));
        market.Time.Advance(TimeSpan.FromMinutes(280));
        market.PushForming(Symbol, market.Opening(280));
        var updates = await reader.ReadAsync(280);
        Assert.That(Bars(market, updates), Is.EqualTo(Enumerable.Range(0, 280)));
        Assert.That(updates.Select(update => update.MissingBefore), Has.All.Null);
    }

    [Test]
    public async Task StreamAsync_OkxForgetsTheSymbol_EndsWithWhatItSaid()
    {
        var market = new LiveMarket { RestFailure = new OkxApiException("no") { Code = "51001", OkxMessage = "Instrument ID does not exist" } };
        await using var reader = new LiveReader(market, FromNow);
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0));
        var failure = await reader.FailureAsync();
        Assert.That(failure, Is.TypeOf<OkxStreamException>());
        Assert.That(((OkxStreamException)failure!).Code, Is.EqualTo("51001"));
    }

    [Test]
    public async Task StreamAsync_OkxRejectsATopic_GivesWhatIsThereAndEnds()
    {
        var market = new LiveMarket();
        await using var reader = new LiveReader(market, FromNow with { Symbols = [Symbol, "NO-USDT"] });
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0));
        await reader.PassAsync(TimeSpan.FromSeconds(40));
        market.PushFinished(Symbol, market.Opening(0));
        market.Reject("NO-USDT", "60018");

        Assert.That((await reader.ReadAsync()).Symbol, Is.EqualTo(Symbol));
        var failure = await reader.FailureAsync();
        Assert.That(failure, Is.TypeOf<OkxStreamException>());
        Assert.That(((OkxStreamException)failure!).Code, Is.EqualTo("60018"));
        Assert.That(market.Listeners, Is.Zero);
    }

    [Test]
    public async Task StreamAsync_ClientIsDisposed_EndsWithObjectDisposedException()
    {
        var market = new LiveMarket();
        await using var reader = new LiveReader(market, FromNow);
        reader.Begin();
        market.End();
        Assert.That(await reader.FailureAsync(), Is.TypeOf<ObjectDisposedException>());
    }

    [Test]
    public async Task StreamAsync_Cancelled_EndsWithTheCallersTokenAndLeaves()
    {
        using var cancellation = new CancellationTokenSource();
        var market = new LiveMarket();
        await using var reader = new LiveReader(market, FromNow, cancellationToken: cancellation.Token);
        reader.Begin();
        Assert.That(market.Listeners, Is.EqualTo(1));
        await cancellation.CancelAsync();
        Assert.That(await reader.FailureAsync(), Is.InstanceOf<OperationCanceledException>());
        Assert.That(market.Listeners, Is.Zero);
    }

    [Test]
    public async Task StreamAsync_IncludeUnfinished_OnlyTheNewestAndNeverAfterItsFinishedOne()
    {
        var market = new LiveMarket();
        await using var reader = new LiveReader(market, FromNow with { IncludeUnfinished = true });
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0), 1m);
        Assert.That((await reader.ReadAsync(TimeSpan.Zero)).Candle.Volume, Is.EqualTo(1m));
        market.PushForming(Symbol, market.Opening(0), 2m);
        market.PushForming(Symbol, market.Opening(0), 4m);
        market.PushForming(Symbol, market.Opening(0), 3m);
        Assert.That((await reader.ReadAsync(TimeSpan.Zero)).Candle.Volume, Is.EqualTo(4m));
        market.PushForming(Symbol, market.Opening(0), 5m);
        market.Time.Advance(TimeSpan.FromSeconds(40));
        market.PushFinished(Symbol, market.Opening(0));
        market.PushForming(Symbol, market.Opening(0), 6m);
        Assert.That((await reader.ReadAsync(TimeSpan.Zero)).Candle.IsFinished, Is.True);
        Assert.That(await reader.TryReadAsync(), Is.Null);
    }

    [Test]
    public async Task StreamAsync_RowsThatBreakRulesOrCannotBeRead_AreLeftOutAndFetched()
    {
        var market = new LiveMarket();
        await using var reader = new LiveReader(market, FromNow);
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0));
        await reader.PassAsync(TimeSpan.FromSeconds(40));
        market.Push(Symbol, LiveMarket.Candle(market.Opening(0)) with { High = 0.5m });
        market.Push(Symbol, "[\"" + market.Opening(0) + "\",\"1\",\"\"]");
        market.Push(Symbol, "nonsense");
        market.Push(Symbol, LiveMarket.Candle(market.Opening(0) + 1_000));
        market.Push(Symbol, LiveMarket.Candle(market.Opening(100_000)));
        var update = await reader.ReadAsync();

        Assert.That(update.Candle, Is.EqualTo(LiveMarket.Candle(market.Opening(0))));
        Assert.That(update.IsLive, Is.False);
        Assert.That(reader.Log.GetSnapshot().Select(record => record.Id.Id), Is.SupersetOf(new[] { 400, 722 }));
    }
}
