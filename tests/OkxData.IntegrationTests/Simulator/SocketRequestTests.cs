using System.Net.WebSockets;
using NUnit.Framework;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Simulator;

public sealed class SocketRequestTests(SimulatorConnection connection) : SocketFixture(connection)
{
    [Test]
    public async Task Subscribe_SeveralTopicsWithAnId_OneAcknowledgementEach()
    {
        var client = await ConnectAsync(SocketClient.Business);
        await client.SendAsync("""{"id":"1512","op":"subscribe","args":[{"channel":"candle1m","instId":"BTC-USDT"},{"channel":"candle1Dutc","instId":"ETH-USDT"}]}""");

        var connectionId = SocketClient.Json(await client.ReceiveAsync()).GetProperty("connId").GetString();
        Assert.That(connectionId, Does.Match("^[0-9a-f]{8}$"));
        Assert.That(await client.ReceiveAsync(), Is.EqualTo($$"""{"id":"1512","event":"subscribe","arg":{"channel":"candle1Dutc","instId":"ETH-USDT"},"connId":"{{connectionId}}"}"""));
        Assert.That(Simulator.Subscriptions, Is.EquivalentTo(new[] { new SimulatedSubscription(0, "candle1m", Btc), new SimulatedSubscription(0, "candle1Dutc", Eth) }));
    }

    [Test]
    public async Task Subscribe_Twice_AcknowledgedTwiceAndPushedOnce()
    {
        var client = await SubscribeAsync(SocketClient.Public, ("tickers", Btc));
        await client.AskAsync("subscribe", ("tickers", Btc));
        Assert.That(await client.ReceiveAsync(), Does.Contain("\"event\":\"subscribe\""));

        Assert.That(await PassAsync(client, TimeSpan.FromSeconds(2)), Has.Count.EqualTo(2));
    }

    [TestCase(SocketClient.Public, "candle1m", Btc)]
    [TestCase(SocketClient.Business, "tickers", Btc)]
    [TestCase(SocketClient.Business, "candle7m", Btc)]
    [TestCase(SocketClient.Business, "candle1m", "NONE-USDT")]
    [TestCase(SocketClient.Public, "tickers", "btc-usdt")]
    public async Task Subscribe_WhatIsNotThere_60018WithoutTheTopicAndTheOthersAreServed(string path, string channel, string symbol)
    {
        var client = await ConnectAsync(path);
        var good = path == SocketClient.Public ? "tickers" : "candle1m";
        await client.SendAsync($$"""{"id":"a1","op":"subscribe","args":[{"channel":"{{channel}}","instId":"{{symbol}}"},{"channel":"{{good}}","instId":"ETH-USDT"}]}""");

        var refusal = SocketClient.Json(await client.ReceiveAsync());
        Assert.That(refusal.GetProperty("event").GetString(), Is.EqualTo("error"));
        Assert.That(refusal.GetProperty("code").GetString(), Is.EqualTo("60018"));
        Assert.That(refusal.GetProperty("id").GetString(), Is.EqualTo("a1"));
        Assert.That(refusal.TryGetProperty("arg", out _), Is.False);
        Assert.That(await client.ReceiveAsync(), Does.Contain("\"event\":\"subscribe\"").And.Contain(Eth));
    }

    [TestCase("hello", "60012")]
    [TestCase("[1]", "60012")]
    [TestCase("""{"args":[]}""", "60012")]
    [TestCase("""{"op":"dance","args":[{"channel":"tickers","instId":"BTC-USDT"}]}""", "60019")]
    [TestCase("""{"op":"subscribe"}""", "60013")]
    [TestCase("""{"op":"subscribe","args":["tickers"]}""", "60013")]
    [TestCase("""{"op":"login","args":[{"apiKey":"k"}]}""", "60009")]
    public async Task Message_NotUnderstood_ItsCode(string message, string code)
    {
        var client = await ConnectAsync(SocketClient.Public);
        await client.SendAsync(message);

        Assert.That(Code(await client.ReceiveAsync()), Is.EqualTo(code));
    }

    [Test]
    public async Task Unsubscribe_Subscribed_AcknowledgedAndSilent()
    {
        var client = await SubscribeAsync(SocketClient.Business, ("candle1m", Btc), ("candle1m", Eth));
        await client.AskAsync("unsubscribe", ("candle1m", Btc));

        Assert.That(await client.ReceiveAsync(), Does.Contain("\"event\":\"unsubscribe\"").And.Contain(Btc));
        Assert.That(await PassAsync(client, TimeSpan.FromSeconds(3)), Has.Count.EqualTo(3).And.All.Contains(Eth));
        Assert.That(Simulator.Subscriptions, Is.EqualTo(new[] { new SimulatedSubscription(0, "candle1m", Eth) }));
    }

    [Test]
    public async Task Ping_Text_Pong()
    {
        var client = await ConnectAsync(SocketClient.Public);
        await client.SendAsync("ping");

        Assert.That(await client.ReceiveAsync(), Is.EqualTo("pong"));
        Assert.That(Simulator.SocketMessages.Select(message => message.Text), Is.EqualTo(new[] { "ping" }));
    }

    [Test]
    public async Task Message_Over64Kilobytes_Closed1009()
    {
        var client = await ConnectAsync(SocketClient.Public);
        await client.SendAsync(new string(' ', 65_537));

        Assert.That(await client.ReceiveAsync(), Is.EqualTo("close 1009"));
        Assert.That(Simulator.Sockets[0].CloseCode, Is.EqualTo(1009));
    }

    [Test]
    public async Task Subscribe_Over480AnHour_60014UntilTheHourHasPassed()
    {
        var client = await ConnectAsync(SocketClient.Public);
        await client.AskAsync("unsubscribe", ("tickers", Eth));
        await client.ReceiveAsync();
        for (var i = 1; i < 480; i++)
            await client.AskAsync("unsubscribe", ("tickers", Eth));
        for (var i = 1; i < 480; i++)
            Assert.That(await client.ReceiveAsync(), Does.Contain("\"event\":\"unsubscribe\""));

        await client.AskAsync("subscribe", ("tickers", Eth));
        Assert.That(await client.ReceiveAsync(), Does.Contain("\"60014\"").And.Contain("Requests too frequent"));
        Assert.That(Simulator.Subscriptions, Is.Empty);
        Assert.That(Simulator.MaxSocketRequestsInAnyWindow(TimeSpan.FromHours(1)), Is.EqualTo(481));

        for (var i = 0; i < 150; i++)
            await PassAsync(client, TimeSpan.FromSeconds(24));
        await client.AskAsync("subscribe", ("tickers", Eth));
        Assert.That(await client.ReceiveAsync(), Does.Contain("\"event\":\"subscribe\""));
    }

    [Test]
    public async Task Connect_FourInASecond_TheFourthIsRefused()
    {
        for (var i = 0; i < 3; i++)
            await ConnectAsync(i == 0 ? SocketClient.Business : SocketClient.Public);

        Assert.That(() => ConnectAsync(SocketClient.Public), Throws.InstanceOf<WebSocketException>().With.Message.Contains("429"));
        Assert.That(Simulator.MaxSocketsInAnyWindow(TimeSpan.FromSeconds(1)), Is.EqualTo(4));

        await Clock.AdvanceAsync(TimeSpan.FromSeconds(1));
        await ConnectAsync(SocketClient.Public);
        Assert.That(Simulator.Sockets.Select(socket => socket.Status), Is.EqualTo(new[] { 101, 101, 101, 429, 101 }));
    }

    [Test]
    public async Task Idle_ThirtySecondsWithoutPushOrPing_Closed4004()
    {
        var client = await ConnectAsync(SocketClient.Public);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(29));
        Assert.That(await client.ReceiveAllAsync(), Is.Empty);
        await Clock.AdvanceAsync(TimeSpan.FromSeconds(29.9));
        Assert.That(Simulator.OpenSockets, Is.EqualTo(1));

        await Clock.AdvanceAsync(TimeSpan.FromSeconds(0.1));
        Assert.That(await client.ReceiveAsync(), Is.EqualTo("close 4004"));
        Assert.That(Simulator.OpenSockets, Is.Zero);
        Assert.That(Simulator.Sockets[0].EndedAt, Is.EqualTo(Noon.AddSeconds(59)));
    }

    [Test]
    public async Task Close_ByTheClient_AnsweredAndForgotten()
    {
        var client = await SubscribeAsync(SocketClient.Public, ("tickers", Btc));
        await client.Socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

        Assert.That(client.Socket.State, Is.EqualTo(WebSocketState.Closed));
        Assert.That(() => Simulator.OpenSockets, Is.Zero.After(5).Seconds.PollEvery(5).MilliSeconds);
        Assert.That(Simulator.Subscriptions, Is.Empty);
    }

    [Test]
    public async Task RefuseSockets_OnAndOff_503AndOpenOnesStay()
    {
        var client = await SubscribeAsync(SocketClient.Public, ("tickers", Btc));
        Simulator.RefuseSockets = true;
        Assert.That(() => ConnectAsync(SocketClient.Public), Throws.InstanceOf<WebSocketException>().With.Message.Contains("503"));
        Assert.That(await PassAsync(client, TimeSpan.FromSeconds(1)), Has.Count.EqualTo(1));

        Simulator.RefuseSockets = false;
        await ConnectAsync(SocketClient.Public);
    }
}
