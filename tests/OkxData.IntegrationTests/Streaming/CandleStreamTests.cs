using System.Globalization;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Testing;
using OkxData.Time;

namespace OkxData.IntegrationTests.Streaming;

/// <summary>Candle streams through the public door, by a clock of the test's.</summary>
[TestFixture]
[Parallelizable(ParallelScope.All)]
internal sealed class CandleStreamTests
{
    private static readonly DateTimeOffset Minute = CandleStreamWorld.Minute;

    [Test]
    public async Task StreamCandlesAsync_NoFrom_GivesEachCandleAsItCloses()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        await using var reader = world.Read(CandleStreamWorld.Query("BTC-USDT", "eth/usdt", "BTC-USDT"));
        await world.PassAsync(TimeSpan.FromSeconds(41));
        await reader.HasAsync(2);
        Assert.That(reader.Finished.Select(update => (update.Symbol, update.Candle.OpenTime, update.IsLive)), Is.EquivalentTo(new[]
        {
            ("BTC-USDT", Minute, true), ("ETH-USDT", Minute, true),
        }));

        await world.PassAsync(TimeSpan.FromMinutes(30));
        await reader.HasAsync(62);
        Assert.That(reader.Of("ETH-USDT"), Is.EqualTo(await world.TruthAsync("ETH-USDT", Minute, Minute.AddMinutes(31))));
        Assert.That(reader.Finished, Has.All.Matches<CandleUpdate>(update => update.IsLive && update.MissingBefore is null));
        Assert.That(world.Simulator.Subscriptions, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task StreamCandlesAsync_NoFrom_AsksNothingOfRest()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        await using var reader = world.Read(CandleStreamWorld.Query("BTC-USDT"), world.Client(options => options.Caching.Mode = CacheMode.Off));
        await world.PassAsync(TimeSpan.FromMinutes(30));
        await reader.HasAsync(30);
        Assert.That(reader.Finished, Has.Count.EqualTo(30));
        Assert.That(world.PageRequests, Is.Zero);
    }

    [TestCase(0)]
    [TestCase(60)]
    [TestCase(-60)]
    public async Task StreamCandlesAsync_From_JoinsHistoryAndStreamWhateverTheLocalClockSays(int minutesWrong)
    {
        await using var world = await CandleStreamWorld.StartAsync();
        var client = world.Client(localError: TimeSpan.FromMinutes(minutesWrong));
        await using var reader = world.Read(CandleStreamWorld.Query("BTC-USDT", "BTC-USDT-SWAP") with { From = Minute.AddHours(-30) }, client);
        await world.PassUntilAsync(reader, 2 * 1_800);
        await world.PassAsync(Minute.AddMinutes(20).AddSeconds(10) - world.Clock.GetUtcNow());
        await reader.HasAsync(2 * 1_820);
        foreach (var symbol in new[] { "BTC-USDT", "BTC-USDT-SWAP" })
            Assert.That(reader.Of(symbol), Is.EqualTo(await world.TruthAsync(symbol, Minute.AddHours(-30), Minute.AddMinutes(20))), symbol);
        Assert.That(reader.Finished.Select(update => update.MissingBefore), Has.All.Null);
        Assert.That(reader.Finished.Count(update => update.IsLive), Is.InRange(2 * 19, 2 * 21));
    }

    [TestCase(BarSize.FiveMinutes, 2, "2026-06-15T11:59:30Z")]
    [TestCase(BarSize.OneDay, 150, "2026-06-30T23:59:30Z")]
    [TestCase(BarSize.OneWeek, 150, "2026-06-14T23:59:30Z")]
    [TestCase(BarSize.OneMonth, 150, "2026-06-30T23:59:30Z")]
    public async Task StreamCandlesAsync_OtherBars_OpenOnTheUtcCalendar(BarSize bar, int days, string start)
    {
        var now = DateTimeOffset.Parse(start, CultureInfo.InvariantCulture);
        await using var world = await CandleStreamWorld.StartAsync(start: now);
        await using var reader = world.Read(new CandleStreamQuery { Symbols = ["BTC-USDT-SWAP"], Bar = bar, From = now.AddDays(-days) });
        var past = await world.TruthAsync("BTC-USDT-SWAP", now.AddDays(-days), now, bar);
        await world.PassUntilAsync(reader, past.Length, TimeSpan.FromSeconds(20));
        await world.PassAsync(now.AddMinutes(1) - world.Clock.GetUtcNow());
        await reader.HasAsync(past.Length + 1);
        var candles = reader.Of("BTC-USDT-SWAP");
        Assert.That(reader.Completion.Exception, Is.Null);
        Assert.That(candles, Is.EqualTo(await world.TruthAsync("BTC-USDT-SWAP", now.AddDays(-days), now.AddMinutes(1), bar)));
        Assert.That(candles, Has.Length.EqualTo(past.Length + 1).And.All.Matches<Candle>(candle => candle.Contracts is not null));
        Assert.That(reader.Finished[^1].IsLive, Is.True);
    }

    [Test]
    public async Task StreamCandlesAsync_SocketsAreDown_CandlesComeOverRestAndThenLiveAgain()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        world.Simulator.RefuseSockets = true;
        await using var reader = world.Read(CandleStreamWorld.Query("BTC-USDT") with { From = Minute.AddMinutes(-5) });
        await world.PassUntilAsync(reader, 5);
        await world.PassAsync(TimeSpan.FromMinutes(10));
        await world.PassUntilAsync(reader, 15, TimeSpan.FromSeconds(20));
        Assert.That(reader.Of("BTC-USDT"), Has.Length.EqualTo(15));
        Assert.That(reader.Finished, Has.All.Matches<CandleUpdate>(update => !update.IsLive));

        world.Simulator.RefuseSockets = false;
        await world.PassAsync(TimeSpan.FromMinutes(5));
        await reader.HasAsync(20);
        Assert.That(reader.Finished[^1].IsLive, Is.True);
        Assert.That(reader.Of("BTC-USDT"), Is.EqualTo(await world.TruthAsync("BTC-USDT", Minute.AddMinutes(-5), Minute.AddMinutes(15))));
    }

    [Test]
    public async Task StreamCandlesAsync_RestIsDown_LiveCandlesGoOn()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        world.Simulator.SetFaults(1, FaultKind.Unavailable);
        await using var reader = world.Read(CandleStreamWorld.Query("BTC-USDT"));
        await world.PassAsync(TimeSpan.FromMinutes(10));
        await reader.HasAsync(10);
        Assert.That(reader.Finished, Has.Count.EqualTo(10));
    }

    [Test]
    public async Task StreamCandlesAsync_BarThatOkxLacks_IsNamedInTheNextUpdate()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        world.Simulator.AddDefect(new CandleDefect { Kind = CandleDefectKind.Missing, Symbol = "BTC-USDT", From = Minute.AddMinutes(3), To = Minute.AddMinutes(5) });
        await using var reader = world.Read(CandleStreamWorld.Query("BTC-USDT"));
        await world.PassAsync(TimeSpan.FromMinutes(12));
        await reader.HasAsync(10);
        var next = reader.Finished.Single(update => update.MissingBefore is not null);
        Assert.That(next.Candle.OpenTime, Is.EqualTo(Minute.AddMinutes(5)));
        Assert.That(next.MissingBefore, Is.EqualTo(new UtcRange(Minute.AddMinutes(3), Minute.AddMinutes(5))));
        Assert.That(reader.Of("BTC-USDT"), Is.EqualTo(await world.TruthAsync("BTC-USDT", Minute, Minute.AddMinutes(12))));

        // So young a gap is not remembered: OKX may fill it yet.
        await reader.LeaveAsync();
        world.Simulator.ClearDefects();
        var healed = await world.Client().GetCandlesAsync(new CandleQuery { Symbol = "BTC-USDT", Bar = BarSize.OneMinute, From = Minute, To = Minute.AddMinutes(12) });
        Assert.That(healed.Coverage.IsComplete, Is.True);
    }

    [Test]
    public async Task StreamCandlesAsync_SlowReader_GetsEverythingAndHoldsUpNobody()
    {
        await using var world = await CandleStreamWorld.StartAsync(options => options.Sockets.CandleInterval = TimeSpan.FromSeconds(20));
        var client = world.Client();
        await using var slow = world.Read(CandleStreamWorld.Query("BTC-USDT"), client);
        await using var quick = world.Read(CandleStreamWorld.Query("BTC-USDT"), client);
        slow.HoldAfter(1);
        await world.PassAsync(TimeSpan.FromMinutes(400));
        await quick.HasAsync(400);
        Assert.That(slow.Finished, Has.Count.EqualTo(1));
        Assert.That(quick.Finished, Has.Count.EqualTo(400));
        Assert.That(world.Simulator.OpenSockets, Is.EqualTo(1));

        var before = world.PageRequests;
        slow.GoOn();
        await world.PassUntilAsync(slow, 400);
        Assert.That(slow.Of("BTC-USDT"), Is.EqualTo(quick.Of("BTC-USDT")));
        Assert.That(world.PageRequests - before, Is.LessThanOrEqualTo(4));
    }

    [Test]
    public async Task StreamCandlesAsync_UnknownSymbol_EndsThatStreamOnly()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        var client = world.Client();
        await using var good = world.Read(CandleStreamWorld.Query("BTC-USDT"), client);
        await using var bad = world.Read(CandleStreamWorld.Query("BTC-USDT", "NO-SUCH"), client);
        await using var past = world.Read(CandleStreamWorld.Query("NO-SUCH") with { From = Minute.AddDays(-1) }, client);
        await world.PassAsync(TimeSpan.FromMinutes(3));
        await Task.WhenAll(bad.EndsAsync(), past.EndsAsync(), good.HasAsync(3));
        Assert.That(bad.Completion.Exception?.InnerException, Is.TypeOf<OkxStreamException>());
        Assert.That(past.Completion.Exception?.InnerException, Is.TypeOf<OkxStreamException>());
        Assert.That(((OkxStreamException)bad.Completion.Exception!.InnerException!).Code, Is.EqualTo("60018"));
        Assert.That(good.Finished, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task StreamCandlesAsync_Delisted_EndsWithWhatOkxSaid()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        await using var reader = world.Read(CandleStreamWorld.Query("BTC-USDT", "DOGE-USDT"));
        await world.PassAsync(TimeSpan.FromMinutes(3));
        await reader.HasAsync(6);
        world.Simulator.Delist("DOGE-USDT");
        await world.PassAsync(TimeSpan.FromMinutes(5));
        await reader.EndsAsync();
        Assert.That(reader.Completion.Exception?.InnerException, Is.TypeOf<OkxStreamException>());
        Assert.That(reader.Completion.Exception!.InnerException!.Message, Does.Contain("DOGE-USDT"));
        Assert.That(reader.Of("DOGE-USDT"), Has.Length.EqualTo(3));
    }

    [Test]
    public async Task StreamCandlesAsync_Restart_ResumesFromTheCache()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        var query = CandleStreamWorld.Query("BTC-USDT", "ETH-USDT") with { From = Minute.AddHours(-4) };
        await using (var first = world.Read(query))
        {
            await world.PassUntilAsync(first, 2 * 240);
            await world.PassAsync(Minute.AddMinutes(20).AddSeconds(10) - world.Clock.GetUtcNow());
            await first.HasAsync(2 * 260);
            Assert.That(first.Finished, Has.Count.EqualTo(2 * 260));
        }

        world.Simulator.Reset();
        await using var second = world.Read(query);
        await world.PassUntilAsync(second, 2 * 260);
        Assert.That(second.Finished, Has.Count.EqualTo(2 * 260));
        Assert.That(world.PageRequests, Is.LessThanOrEqualTo(2));
    }

    [Test]
    public async Task StreamCandlesAsync_CacheIsOff_StreamsAndStoresNothing()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        await using (var reader = world.Read(CandleStreamWorld.Query("BTC-USDT") with { From = Minute.AddMinutes(-10) }, world.Client(options => options.Caching.Mode = CacheMode.Off)))
        {
            await world.PassUntilAsync(reader, 10);
            await world.PassAsync(Minute.AddMinutes(3).AddSeconds(10) - world.Clock.GetUtcNow());
            await reader.HasAsync(13);
            Assert.That(reader.Finished, Has.Count.EqualTo(13));
        }

        var offline = world.Client(options => options.Caching.Mode = CacheMode.Offline);
        Assert.That(async () => await offline.GetCandlesAsync("BTC-USDT", BarSize.OneMinute, Minute.AddMinutes(-10), Minute), Throws.TypeOf<OkxCacheException>());
    }

    [Test]
    public async Task StreamCandlesAsync_OfflineOrBadArguments_ThrowAtTheCall()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        var (offline, online) = (world.Client(options => options.Caching.Mode = CacheMode.Offline), world.Client());
        var query = CandleStreamWorld.Query("BTC-USDT");
        Assert.That(() => offline.StreamCandlesAsync(query), Throws.TypeOf<OkxCacheException>().With.Message.Contains("Offline"));
        Assert.That(() => online.StreamCandlesAsync(null!), Throws.ArgumentNullException);
        Assert.That(() => online.StreamCandlesAsync(query with { Symbols = [] }), Throws.ArgumentException.With.Message.Contains("Symbols"));
        Assert.That(() => online.StreamCandlesAsync(query with { Symbols = ["../x"] }), Throws.ArgumentException.With.Message.Contains("../x"));
        Assert.That(() => online.StreamCandlesAsync(query with { Bar = (BarSize)99 }), Throws.ArgumentException.With.Message.Contains("99"));
        Assert.That(() => online.StreamCandlesAsync(query with { From = Minute.AddDays(1) }), Throws.ArgumentException.With.Message.Contains("2026-06-16"));
        Assert.That(() => online.StreamCandlesAsync(query with { From = default(DateTimeOffset) }), Throws.ArgumentException.With.Message.Contains("0001-01-01"));
    }

    [Test]
    public async Task StreamCandlesAsync_Left_UnsubscribesAndStoresWhatWasGiven()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        await using var reader = world.Read(CandleStreamWorld.Query("BTC-USDT"));
        await world.PassAsync(TimeSpan.FromMinutes(5));
        await reader.HasAsync(5);
        await reader.LeaveAsync();
        await world.PassAsync(TimeSpan.FromSeconds(5));
        Assert.That(reader.Completion.IsCanceled, Is.True);
        Assert.That(world.Simulator.Subscriptions, Is.Empty);
        Assert.That(world.Simulator.OpenSockets, Is.Zero);

        var stored = await world.Client(options => options.Caching.Mode = CacheMode.Offline).GetCandlesAsync("BTC-USDT", BarSize.OneMinute, Minute, Minute.AddMinutes(5));
        Assert.That(stored, Is.EqualTo(reader.Of("BTC-USDT")));
    }

    [Test]
    public async Task StreamCandlesAsync_StillBeingRead_StoresFromTimeToTime()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        await using var reader = world.Read(CandleStreamWorld.Query("BTC-USDT"));
        await world.PassAsync(TimeSpan.FromMinutes(3));
        await reader.HasAsync(3);
        await world.PassAsync(TimeSpan.FromSeconds(59));
        var offline = world.Client(options => options.Caching.Mode = CacheMode.Offline);
        Assert.That(async () => await offline.GetCandlesAsync("BTC-USDT", BarSize.OneMinute, Minute, Minute.AddMinutes(2)), Has.Count.EqualTo(2).After(5_000, 20));
        Assert.That(reader.Completion.IsCompleted, Is.False);
    }

    [Test]
    public async Task StreamCandlesAsync_ClientIsDisposed_EndsWithObjectDisposedException()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        var client = world.Client();
        await using var reader = world.Read(CandleStreamWorld.Query("BTC-USDT"), client);
        await world.PassAsync(TimeSpan.FromMinutes(2));
        await reader.HasAsync(2);
        await client.DisposeAsync();
        Assert.That(async () => await reader.Completion.WaitAsync(TimeSpan.FromSeconds(20)), Throws.TypeOf<ObjectDisposedException>());
        Assert.That(reader.Finished, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task StreamCandlesAsync_IncludeUnfinished_FormingCandlesComeBeforeTheirFinishedOne()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        await using var reader = world.Read(CandleStreamWorld.Query("BTC-USDT") with { IncludeUnfinished = true });
        await world.PassAsync(TimeSpan.FromMinutes(5));
        await reader.HasAsync(5);
        var updates = reader.Updates;
        Assert.That(updates.Count(update => !update.Candle.IsFinished), Is.GreaterThan(10));
        Assert.That(reader.Of("BTC-USDT"), Is.EqualTo(await world.TruthAsync("BTC-USDT", Minute, Minute.AddMinutes(5))));
        Assert.That(updates.Zip(updates.Skip(1)), Has.All.Matches<(CandleUpdate First, CandleUpdate Second)>(pair =>
            pair.Second.Candle.OpenTime > pair.First.Candle.OpenTime || (pair.Second.Candle.OpenTime == pair.First.Candle.OpenTime && !pair.First.Candle.IsFinished)));
    }

    [Test]
    public async Task StreamCandlesAsync_NameHasPassedToAnotherAssetSinceFrom_GoesOnAndStoresNothingOfIt()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        var (from, stored) = (Minute.AddDays(-100), Minute.AddDays(-99));
        await world.Client().GetCandlesAsync("BTC-USDT", BarSize.OneHour, from, stored);
        world.Simulator.ReuseName("BTC-USDT", Minute.AddDays(-200), 3m, keepsOldRows: false);
        var now = Minute.AddMinutes(-30);
        await using (var reader = world.Read(new CandleStreamQuery { Symbols = ["BTC-USDT"], Bar = BarSize.OneHour, From = from }))
        {
            await world.PassUntilAsync(reader, 2_399, TimeSpan.FromMinutes(2));
            var candles = reader.Of("BTC-USDT");
            Assert.That(candles, Has.Length.EqualTo(2_399));
            Assert.That(candles.Take(24), Has.All.Matches<Candle>(candle => candle.Close > 1_000m));
            Assert.That(candles.Skip(24), Is.EqualTo(world.Simulator.FinishedCandles("BTC-USDT", "1H", stored, now)));
        }

        Assert.That(world.Log.GetSnapshot().Select(record => record.Id.Id), Is.SupersetOf(new[] { 706, 724 }));
        var offline = world.Client(options => options.Caching.Mode = CacheMode.Offline);
        Assert.That(async () => await offline.GetCandlesAsync("BTC-USDT", BarSize.OneHour, stored, now), Throws.TypeOf<OkxCacheException>());
        Assert.That(await offline.GetCandlesAsync("BTC-USDT", BarSize.OneHour, from, stored), Has.Count.EqualTo(24));
    }

    [Test]
    public async Task StreamCandlesAsync_NameHasPassedToAnotherAsset_NothingIsSpliced()
    {
        await using var world = await CandleStreamWorld.StartAsync();
        await world.Client().GetCandlesAsync("BTC-USDT", BarSize.OneMinute, Minute.AddMinutes(-30), Minute.AddMinutes(-10));
        world.Simulator.ReuseName("BTC-USDT", Minute.AddDays(-30), 3m, keepsOldRows: false);
        await using (var reader = world.Read(CandleStreamWorld.Query("BTC-USDT")))
        {
            await world.PassAsync(TimeSpan.FromMinutes(3));
            await reader.HasAsync(3);
            Assert.That(reader.Finished, Has.Count.EqualTo(3));
        }

        Assert.That(world.Log.GetSnapshot().Select(record => record.Id.Id), Does.Contain(724));
        var stored = await world.Client(options => options.Caching.Mode = CacheMode.Offline).GetCandlesAsync("BTC-USDT", BarSize.OneMinute, Minute.AddMinutes(-30), Minute.AddMinutes(-10));
        Assert.That(stored, Has.Count.EqualTo(20));
        Assert.That(async () => await world.Client(options => options.Caching.Mode = CacheMode.Offline).GetCandlesAsync("BTC-USDT", BarSize.OneMinute, Minute, Minute.AddMinutes(2)), Throws.TypeOf<OkxCacheException>());
    }
}
