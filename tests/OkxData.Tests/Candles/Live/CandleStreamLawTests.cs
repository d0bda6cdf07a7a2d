using CsCheck;
using NUnit.Framework;
using OkxData.Models;
using OkxData.Streaming;
using OkxData.Time;

namespace OkxData.Tests.Candles.Live;

/// <summary>Pushes that are lost, doubled, late and out of order, connections that are gone for minutes, a history that lags and has holes.</summary>
[TestFixture]
internal sealed class CandleStreamLawTests
{
    private const int Minutes = 25;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string[] Symbols = ["BTC-USDT", "ETH-USDT", "SOL-USDT"];

    [Test]
    public async Task StreamAsync_AnyNetwork_EachFinishedCandleOnceAndInOrder()
    {
        var run = Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[-1, 1].Select(hours => hours * 60), Gen.Int[0, 20], Gen.Int[0, 2].Select(choice => new int?[] { null, -63, -400 }[choice]), Gen.Bool);
        await run.SampleAsync(async (seed, minutesWrong, lag, from, includesUnfinished) => await RunAsync(seed, minutesWrong, lag, from, includesUnfinished), iter: 3, threads: 1);
    }

    /// <summary>The reply that tells the time comes when the bar that was pushed first has long closed.</summary>
    [Test]
    public async Task StreamAsync_ConnectionIsLostRightAfterTheFirstPushAndTheClockIsAnHourBehind_BeginsWithTheBarThatWasPushed() =>
        Assert.That(await RunAsync(seed: 869_047_016, minutesWrong: -60, lag: 20, from: null, includesUnfinished: false));

    private static async Task<bool> RunAsync(int seed, int minutesWrong, int lag, int? from, bool includesUnfinished)
    {
        var random = new Random(seed);
        var market = new LiveMarket(TimeSpan.FromMinutes(minutesWrong)) { RestLag = TimeSpan.FromSeconds(lag) };
        foreach (var symbol in Symbols)
        {
            for (var bar = -100; bar < Minutes; bar++)
            {
                if (random.Next(20) == 0 && bar != 0)
                    market.Lacking.Add((symbol, market.Opening(bar)));
                else if (random.Next(4) == 0)
                    market.SlowInHistory.Add((symbol, market.Opening(bar)), TimeSpan.FromSeconds(random.Next((int)Patience.TotalSeconds)));
            }
        }

        var query = new CandleStreamQuery
        {
            Symbols = Symbols,
            Bar = BarSize.OneMinute,
            From = from is { } start ? DateTimeOffset.FromUnixTimeMilliseconds(market.Opening(start)) : null,
            IncludeUnfinished = includesUnfinished,
        };
        await using var reader = new LiveReader(market, query, options: new StreamingOptions { MissingCandleAfter = Patience });
        reader.Begin();
        var given = new List<CandleUpdate>();
        var late = new List<(long At, string Symbol, Candle Row)>();
        var isConnected = true;
        for (var second = 0; second < Minutes * 60; second += 2)
        {
            if (random.Next(isConnected ? 45 : 30) == 0)
                isConnected = !isConnected;
            foreach (var symbol in Symbols)
                Push(market, random, symbol, isConnected || second == 0, second == 0, late);
            await reader.PassAsync(TimeSpan.FromSeconds(2));
            while (random.Next(10) != 0 && await reader.TryReadAsync() is { } update)
                given.Add(update);
        }

        var end = market.Opening(Minutes);
        while (given.Where(update => update.Candle.IsFinished).GroupBy(update => update.Symbol).Count(group => group.Max(update => update.Candle.OpenTime.ToUnixTimeMilliseconds()) >= end) < Symbols.Length)
            given.Add(await reader.ReadAsync());
        return Symbols.All(symbol => IsRight(market, symbol, from ?? 0, end, [.. given.Where(update => update.Symbol == symbol)]));
    }

    private static void Push(LiveMarket market, Random random, string symbol, bool isConnected, bool isFirst, List<(long At, string Symbol, Candle Row)> late)
    {
        var opening = market.Grid.Floor(market.Now);
        var rows = new List<Candle>();
        if (market.Exists(symbol, opening))
            rows.Add(LiveMarket.Candle(opening, isFinished: false) with { Volume = (market.Now - opening) / 1_000m });
        if (market.Exists(symbol, market.Grid.Add(opening, -1)) && market.Now - opening < 4_000)
            rows.Add(LiveMarket.Candle(market.Grid.Add(opening, -1)));
        foreach (var row in rows)
        {
            if (!isFirst && random.Next(4) == 0)
                continue;
            if (!isFirst && random.Next(6) == 0)
                late.Add((market.Now + random.Next(90_000), symbol, row));
            else if (isConnected)
                market.Push(symbol, in row);
            if (isConnected && random.Next(6) == 0)
                market.Push(symbol, in row);
        }

        foreach (var (_, of, row) in late.Where(one => one.At <= market.Now && one.Symbol == symbol).ToList())
        {
            if (isConnected)
                market.Push(of, in row);
        }

        late.RemoveAll(one => one.At <= market.Now && one.Symbol == symbol);
    }

    private static bool IsRight(LiveMarket market, string symbol, int from, long end, List<CandleUpdate> given)
    {
        var finished = given.Where(update => update.Candle.IsFinished && Opening(update) < end).ToList();
        var expected = new List<long>();
        var missing = new List<long>();
        for (var opening = market.Opening(from); opening < end; opening = market.Grid.Add(opening, 1))
            (market.Exists(symbol, opening) ? expected : missing).Add(opening);
        var named = given.Where(update => update.Candle.IsFinished && update.MissingBefore is not null)
            .SelectMany(update => missing.Where(opening => update.MissingBefore!.Value.Contains(UnixTime.FromMilliseconds(opening)))).ToList();
        Assert.That(finished.Select(Opening), Is.EqualTo(expected), symbol);
        Assert.That(named, Is.EqualTo(missing.Where(opening => opening < expected[^1])).Or.EqualTo(missing), symbol);
        Assert.That(finished.Select(update => update.Candle), Is.EqualTo(expected.Select(opening => LiveMarket.Candle(opening))), symbol);
        for (var i = 1; i < given.Count; i++)
        {
            var (before, after) = (given[i - 1], given[i]);
            Assert.That(Opening(after) > Opening(before) || (Opening(after) == Opening(before) && !before.Candle.IsFinished), Is.True, $"{symbol}: {before.Candle} came before {after.Candle}");
            Assert.That(Opening(after) > Opening(before) || after.Candle.IsFinished || after.Candle.Volume >= before.Candle.Volume, Is.True, $"{symbol}: a forming candle went back");
        }

        return true;
    }

    private static long Opening(CandleUpdate update) => update.Candle.OpenTime.ToUnixTimeMilliseconds();
}
