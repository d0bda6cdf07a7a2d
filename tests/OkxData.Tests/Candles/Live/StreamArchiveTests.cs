using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Candles;
using OkxData.Candles.Archive;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Tests.Caching;
using OkxData.Time;

namespace OkxData.Tests.Candles.Live;

/// <summary>What a stream leaves in the archive, and what else it leaves.</summary>
[TestFixture]
internal sealed class StreamArchiveTests
{
    private const string Symbol = "BTC-USDT";
    private static readonly SeriesKey Key = new(Symbol, BarSize.OneMinute);
    private static readonly CandleStreamQuery FromNow = new() { Symbols = [Symbol], Bar = BarSize.OneMinute };

    private static CandleArchive Archive(LiveMarket market) =>
        new(new GuardedCacheStore(new InMemoryCacheStore(), NullLogger.Instance), "test", CandleFormat.Parquet, market.Time, NullLogger.Instance);

    private static async Task<long[]> StoredAsync(CandleArchive archive, LiveMarket market) =>
        [.. (await archive.LoadAsync(Key, new Interval(market.Opening(-100), market.Opening(100)), CancellationToken.None)).Candles.ToArray().Select(candle => candle.OpenTime.ToUnixTimeMilliseconds())];

    private static Task StoreAsync(CandleArchive archive, LiveMarket market, int bar, decimal factor = 1m)
    {
        var candle = LiveMarket.Candle(market.Opening(bar));
        var row = candle with { Open = candle.Open * factor, High = candle.High * factor, Low = candle.Low * factor, Close = candle.Close * factor };
        return archive.AddAsync(new ArchiveAddition(Key, new[] { row }, IntervalSet.Empty, new SeriesFacts { LastFinished = market.Opening(bar) }, 1, Generation: 1), CancellationToken.None);
    }

    private static async Task ReadOneAsync(LiveMarket market, LiveReader reader)
    {
        reader.Begin();
        market.PushForming(Symbol, market.Opening(0));
        await reader.PassAsync(TimeSpan.FromSeconds(40));
        market.PushFinished(Symbol, market.Opening(0));
        await reader.ReadAsync();
    }

    [Test]
    public async Task DisposeAsync_SameAssetIsStored_AddsToIt()
    {
        var market = new LiveMarket();
        var archive = Archive(market);
        await StoreAsync(archive, market, -50);
        await using (var reader = new LiveReader(market, FromNow, archive))
            await ReadOneAsync(market, reader);
        Assert.That(await StoredAsync(archive, market), Is.EqualTo(new[] { market.Opening(-50), market.Opening(0) }));
        Assert.That(market.Requests.Select(request => request.Openings), Is.EqualTo(new[] { new Interval(market.Opening(-50), market.Opening(-49)) }));
    }

    [Test]
    public async Task DisposeAsync_AnotherAssetIsStored_AddsNothingAndSaysSo()
    {
        var market = new LiveMarket();
        var archive = Archive(market);
        await StoreAsync(archive, market, -50, factor: 30m);
        var reader = new LiveReader(market, FromNow, archive);
        await using (reader)
            await ReadOneAsync(market, reader);
        Assert.That(await StoredAsync(archive, market), Is.EqualTo(new[] { market.Opening(-50) }));
        Assert.That(reader.Log.GetSnapshot().Select(record => record.Id.Id), Does.Contain(724));
    }

    [Test]
    public async Task DisposeAsync_OkxDoesNotAnswer_LeavesInTimeAndAddsNothingUnseen()
    {
        var market = new LiveMarket();
        var archive = Archive(market);
        await StoreAsync(archive, market, -50);
        var reader = new LiveReader(market, FromNow, archive);
        await ReadOneAsync(market, reader);
        market.RestHangs = true;
        var leaving = reader.DisposeAsync().AsTask();
        for (var second = 0; second < 120 && !leaving.IsCompleted; second++)
        {
            await ThreadPoolRest.ComeAsync();
            market.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await leaving.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.That(await StoredAsync(archive, market), Is.EqualTo(new[] { market.Opening(-50) }));
    }

    [Test]
    public async Task DisposeAsync_AtAnyPoint_LeavesNoTimerAndNoSubscription()
    {
        var market = new LiveMarket();
        var archive = Archive(market);
        for (var round = 0; round < 5; round++)
        {
            await using (var reader = new LiveReader(market, FromNow with { From = round % 2 == 0 ? LiveMarket.Begin.AddMinutes(-5) : null }, archive))
            {
                reader.Begin();
                market.PushForming(Symbol, market.Opening(round));
                await reader.PassAsync(TimeSpan.FromSeconds(20 * round));
                market.RestFailure = round == 3 ? new OkxTransportException("down") : null;
                Assert.That(market.Timers, Is.GreaterThan(0));
            }

            Assert.That(market.Timers, Is.Zero);
            Assert.That(market.Listeners, Is.Zero);
        }
    }
}
