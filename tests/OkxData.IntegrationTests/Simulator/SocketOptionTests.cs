using NUnit.Framework;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Simulator;

public sealed class SocketOptionTests(SimulatorConnection connection) : SocketFixture(connection)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private Action<OkxSimulatorOptions> _configure = _ => { };

    [Test]
    public async Task PushOnSubscribe_On_ThePushFollowsTheAcknowledgement()
    {
        await RestartAsync(options => options.Sockets.PushOnSubscribe = true);
        var client = await SubscribeAsync(SocketClient.Business, ("candle1m", Btc));

        Assert.That(SocketClient.Rows(await client.ReceiveAllAsync()), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task EchoAndConnectionId_Off_NeitherIsSent()
    {
        await RestartAsync(options => (options.Sockets.EchoRequestId, options.Sockets.SendConnectionId) = (false, false));
        var client = await ConnectAsync(SocketClient.Public);
        await client.SendAsync("""{"id":"7","op":"subscribe","args":[{"channel":"tickers","instId":"BTC-USDT"},{"channel":"tickers","instId":"X-Y"}]}""");

        Assert.That(await client.ReceiveAsync(), Is.EqualTo("""{"event":"subscribe","arg":{"channel":"tickers","instId":"BTC-USDT"}}"""));
        Assert.That(await client.ReceiveAsync(), Does.StartWith("""{"event":"error","code":"60018","msg":""").And.Not.Contain("connId").And.Not.Contain("\"id\""));
    }

    [Test]
    public async Task Intervals_Set_AreKept()
    {
        await RestartAsync(options => (options.Sockets.TickerInterval, options.Sockets.ConfirmDelay) = (TimeSpan.FromMilliseconds(100), 3 * Second));
        var tickers = await SubscribeAsync(SocketClient.Public, ("tickers", Btc));
        var candles = await SubscribeAsync(SocketClient.Business, ("candle1m", Btc));
        await Clock.AdvanceAsync(2 * Second);
        Assert.That(await tickers.ReceiveAllAsync(), Has.Count.EqualTo(20));

        // 29 pushes before the close, then nothing, then the closed one and the next.
        await Clock.AdvanceAsync(30 * Second);
        Assert.That(SocketClient.Rows(await candles.ReceiveAllAsync()), Has.Length.EqualTo(29));
        await Clock.AdvanceAsync(Second);
        Assert.That(SocketClient.Rows(await candles.ReceiveAllAsync()).Select(row => row[8]), Is.EqualTo(new[] { "1", "0", "0" }));
    }

    [Test]
    public async Task PushUnchanged_Off_OnlyNewsIsPushed()
    {
        await RestartAsync(options =>
        {
            options.Sockets.PushUnchanged = false;
            options.Defects.Add(new CandleDefect { Kind = CandleDefectKind.NoTrade, Symbol = Btc, From = Noon.AddDays(-1), To = Noon.AddDays(1) });
        });
        var client = await SubscribeAsync(SocketClient.Business, ("candle1m", Btc));
        var rows = SocketClient.Rows(await PassAsync(client, TimeSpan.FromSeconds(29) * 2));

        Assert.That(rows.Select(row => row[8]), Is.EqualTo(new[] { "0", "1", "0" }));
        Assert.That(rows.Select(row => row[5]), Is.All.EqualTo("0"));
    }

    [Test]
    public async Task QuietSymbols_Named_NothingOfThemIsPushed()
    {
        await RestartAsync(options => options.Sockets.QuietSymbols.Add(Btc));
        var client = await SubscribeAsync(SocketClient.Business, ("candle1m", Btc), ("candle1m", Eth));
        var messages = await PassAsync(client, 40 * Second);

        Assert.That(messages, Is.Not.Empty.And.All.Contains(Eth));
        Assert.That(await Rest.GetRowsAsync($"{SimulatorPaths.Candles}?instId=BTC-USDT&bar=1m&limit=2"), Has.Length.EqualTo(2));
    }

    [Test]
    public async Task CandlesLag_Set_TheClosedCandleStillForms()
    {
        var client = await SubscribeAsync(SocketClient.Business, ("candle1m", Btc));
        Simulator.CandlesLag = 5 * Second;
        var pushed = SocketClient.Rows(await PassAsync(client, 31 * Second)).Single(row => row[8] == "1");
        var late = (await Rest.GetRowsAsync($"{SimulatorPaths.Candles}?instId=BTC-USDT&bar=1m&limit=1"))[0];
        Assert.That((late[0], late[8]), Is.EqualTo((pushed[0], "0")));

        await Clock.AdvanceAsync(5 * Second);
        Assert.That((await Rest.GetRowsAsync($"{SimulatorPaths.Candles}?instId=BTC-USDT&bar=1m&limit=2"))[1], Is.EqualTo(pushed));
    }

    [Test]
    public async Task FinishedCandles_LackingRevisedAndShownWrongly_TheTruth()
    {
        await Clock.AdvanceAsync(TimeSpan.FromMinutes(5));
        var from = Noon.AddSeconds(-30);
        var before = Simulator.FinishedCandles("BTC-USDT-SWAP", "1m", from, from.AddHours(1));
        Simulator.AddDefect(new CandleDefect { Kind = CandleDefectKind.Missing, Symbol = "BTC-USDT-SWAP", From = from.AddMinutes(1) });
        Simulator.AddDefect(new CandleDefect { Kind = CandleDefectKind.Missing, Symbol = "BTC-USDT-SWAP", From = from.AddMinutes(2), Times = 3 });
        Simulator.AddDefect(new CandleDefect { Kind = CandleDefectKind.BrokenFigure, Symbol = "BTC-USDT-SWAP", From = from.AddMinutes(3) });
        Simulator.ReviseCandle("BTC-USDT-SWAP", "1m", from);
        var after = Simulator.FinishedCandles("BTC-USDT-SWAP", "1m", from, from.AddHours(1));
        var row = (await Rest.GetRowsAsync($"{SimulatorPaths.HistoryCandles}?instId=BTC-USDT-SWAP&bar=1m&limit=1"))[0];

        Assert.That(before.Select(candle => candle.OpenTime), Is.EqualTo(Enumerable.Range(0, 5).Select(minute => from.AddMinutes(minute))));
        Assert.That(after.Skip(1), Is.EqualTo(before.Skip(2)));
        Assert.That(after[0].Close, Is.EqualTo(before[0].Low));
        Assert.That(new[] { after[^1].Open, after[^1].Close, after[^1].Contracts, after[^1].Volume, after[^1].QuoteVolume }, Is.EqualTo(
            new[] { row[1], row[4], row[5], row[6], row[7] }.Select(figure => decimal.Parse(figure, System.Globalization.CultureInfo.InvariantCulture))));
    }

    protected override void Configure(OkxSimulatorOptions options)
    {
        base.Configure(options);
        _configure(options);
    }

    private async Task RestartAsync(Action<OkxSimulatorOptions> configure)
    {
        await StopAsync();
        _configure = configure;
        await StartAsync();
        _configure = _ => { };
    }
}
