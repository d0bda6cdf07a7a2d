using NUnit.Framework;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Simulator;

public sealed class SocketPushTests(SimulatorConnection connection) : SocketFixture(connection)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Test]
    public async Task Tickers_EverySecond_WhatRestSaysAtThatInstant()
    {
        var client = await SubscribeAsync(SocketClient.Public, ("tickers", Btc));
        var pushes = await PassAsync(client, 3 * Second);
        var rest = await Rest.GetTextAsync(SimulatorPaths.Ticker + "?instId=BTC-USDT");

        Assert.That(pushes, Has.Count.EqualTo(3));
        Assert.That(pushes[2], Is.EqualTo($$"""{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":{{SocketClient.Json(rest).GetProperty("data").GetRawText()}}}"""));
        Assert.That(pushes.Select(push => SocketClient.Json(push).GetProperty("data")[0].GetProperty("ts").GetString()), Is.EqualTo(
            new[] { Noon.AddSeconds(1), Noon.AddSeconds(2), Noon.AddSeconds(3) }.Select(at => $"{at.ToUnixTimeMilliseconds()}")));
    }

    [Test]
    public async Task Candles_OverAClose_FormingThenConfirmedOnceThenTheNext()
    {
        var client = await SubscribeAsync(SocketClient.Business, ("candle1m", Btc));
        var rows = SocketClient.Rows(await PassAsync(client, TimeSpan.FromSeconds(35)));
        var rest = await Rest.GetRowsAsync(SimulatorPaths.Candles + "?instId=BTC-USDT&bar=1m&limit=2");

        Assert.That(string.Concat(rows.Select(row => row[8])), Is.EqualTo(new string('0', 29) + "1" + new string('0', 6)));
        Assert.That(rows.Take(30).Select(row => row[0]), Is.All.EqualTo(rest[1][0]));
        Assert.That(rows.Skip(30).Select(row => row[0]), Is.All.EqualTo(rest[0][0]));
        Assert.That(rows[29], Is.EqualTo(rest[1]));
        Assert.That(rows[^1], Is.EqualTo(rest[0]));
    }

    [TestCase("candle1m", "1m", 61)]
    [TestCase("candle5m", "5m", 301)]
    [TestCase("candle1H", "1H", 3600 + 1)]
    public async Task Candles_AnyBar_ConfirmedWhereItCloses(string channel, string bar, int seconds)
    {
        var client = await SubscribeAsync(SocketClient.Business, (channel, Eth));
        var rows = SocketClient.Rows(await PassAsync(client, TimeSpan.FromSeconds(seconds)));
        var confirmed = rows.Where(row => row[8] == "1").ToArray();
        var rest = await Rest.GetRowsAsync($"{SimulatorPaths.Candles}?instId=ETH-USDT&bar={bar}&limit=3");

        Assert.That(confirmed, Is.EqualTo(rest.Where(row => row[8] == "1").Take(confirmed.Length).Reverse()));
        Assert.That(confirmed, Is.Not.Empty);
    }

    [Test]
    public async Task Candles_ClockJumps_EveryPushStillComesInOrder()
    {
        var client = await SubscribeAsync(SocketClient.Business, ("candle1m", Btc));
        var rows = SocketClient.Rows(await PassAsync(client, TimeSpan.FromMinutes(10)));

        Assert.That(rows.Where(row => row[8] == "1").Select(row => row[0]).Distinct().Count(), Is.EqualTo(10));
        Assert.That(rows.Select(row => row[0]), Is.Ordered);
    }

    [Test]
    public async Task Candles_MissingAtTheExchange_NotPushed()
    {
        var opening = Noon.AddSeconds(30);
        Simulator.AddDefect(new CandleDefect { Kind = CandleDefectKind.Missing, Symbol = Btc, Bar = "1m", From = opening });
        var client = await SubscribeAsync(SocketClient.Business, ("candle1m", Btc), ("candle1m", Eth));
        var rows = SocketClient.Rows((await PassAsync(client, TimeSpan.FromSeconds(95))).Where(message => message.Contains(Btc, StringComparison.Ordinal)));

        Assert.That(rows.Select(row => row[0]).Distinct(), Is.EqualTo(new[] { opening.AddMinutes(-1), opening.AddMinutes(1) }.Select(at => $"{at.ToUnixTimeMilliseconds()}")));
    }

    [Test]
    public async Task Pushes_TwoConnections_BothGetThem()
    {
        var one = await SubscribeAsync(SocketClient.Public, ("tickers", Btc));
        var other = await SubscribeAsync(SocketClient.Public, ("tickers", Btc), ("tickers", Eth));
        await Clock.AdvanceAsync(2 * Second);

        Assert.That(await one.ReceiveAllAsync(), Has.Count.EqualTo(2));
        Assert.That(await other.ReceiveAllAsync(), Has.Count.EqualTo(4));
    }
}
