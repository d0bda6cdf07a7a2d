using System.Text;
using System.Text.Json;
using CsCheck;
using NUnit.Framework;
using OkxData.Streaming;
using OkxData.Tickers;
using OkxData.Tickers.Live;

namespace OkxData.Tests.Streaming;

[TestFixture]
internal sealed class StreamFrameTests
{
    [TestCase("pong", "Pong")]
    [TestCase("""{"id":"1512","event":"subscribe","arg":{"channel":"books","instId":"BTC-USDT"},"connId":"bfcb4b8e"}""", "Subscribed 1512 books BTC-USDT")]
    [TestCase("""{"event":"subscribe","arg":{"channel":"tickers","instId":"BTC-USDT"}}""", "Subscribed tickers BTC-USDT")]
    [TestCase("""{"arg":{"instId":"BTC-USDT","channel":"tickers"},"connId":"x","event":"unsubscribe"}""", "Unsubscribed tickers BTC-USDT")]
    [TestCase("""{"event":"error","msg":"Wrong URL","code":"60018","connId":"5e1f2fe5","id":"ob1"}""", "Error ob1 60018 Wrong URL")]
    [TestCase("""{"event":"error","msg":"Requests too frequent","code":60014}""", "Error 60014 Requests too frequent")]
    [TestCase("""{"event":"notice","code":"64008","msg":"Bye."}""", "Notice 64008 Bye.")]
    [TestCase("""{"data":[{"a":[1,{"b":"]"}]}],"arg":{"instId":"BTC-USDT","channel":"tickers"}}""", """Push tickers BTC-USDT [{"a":[1,{"b":"]"}]}]""")]
    [TestCase("""{"arg":{"channel":"books","instId":"BTC-USDT"},"action":"update","data":[]}""", "Push books BTC-USDT []")]
    [TestCase("""{"\u0061rg":{"ch\u0061nnel":"tic\u006bers","instId":"BTC\u002dUSDT"},"d\u0061ta":[1]}""", "Push tickers BTC-USDT [1]")]
    [TestCase("""{"arg":{"channel":"tickers","instId":"BTC-USDT","more":{"channel":"x"}},"data":[1],"more":{"data":[2]}}""", "Push tickers BTC-USDT [1]")]
    [TestCase(""" { "arg" : { "channel" : "tickers" , "instId" : "BTC-USDT" } , "data" : [ 1 ] } """, "Push tickers BTC-USDT [ 1 ]")]
    [TestCase("""{"event":"login","code":"0"}""", "Other 0")]
    [TestCase("""{"event":"channel-conn-count","channel":"orders"}""", "Other")]
    public void Read_Frame_IsUnderstood(string text, string expected) => Assert.That(Describe(text), Is.EqualTo(expected));

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("pong ")]
    [TestCase("Pong")]
    [TestCase("null")]
    [TestCase("[]")]
    [TestCase("1")]
    [TestCase("{}")]
    [TestCase("{")]
    [TestCase("""{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":[1]""")]
    [TestCase("""{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":[1]}}""")]
    [TestCase("""{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":[1]} x""")]
    [TestCase("""{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":[1}""")]
    [TestCase("""{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":{"a":1}}""")]
    [TestCase("""{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":null}""")]
    [TestCase("""{"arg":{"channel":"tickers","instId":"BTC-USDT"}}""")]
    [TestCase("""{"arg":"tickers","data":[1]}""")]
    [TestCase("""{"data":[1]}""")]
    [TestCase("""{"arg":{"channel":"\ud800","instId":"BTC-USDT"},"data":[1]}""")]
    [TestCase("<html>403</html>")]
    public void Read_NoFrame_IsMalformed(string text) => Assert.That(Describe(text), Does.StartWith("Malformed"));

    [Test]
    public void Read_NestedTooDeep_IsMalformed() =>
        Assert.That(Describe($$"""{"arg":{"channel":"t","instId":"B"},"data":{{new string('[', 200)}}{{new string(']', 200)}}}"""), Does.StartWith("Malformed"));

    [Test]
    public void Read_AnyBytes_NeverThrows() =>
        Gen.Byte.Array[0, 200].Sample(bytes => StreamFrame.Read(bytes).Kind >= FrameKind.Malformed, iter: 5000);

    [Test]
    public void Read_DamagedFrame_NeverThrows()
    {
        var frame = """{"arg":{"channel":"tickers","instId":"BTC-USDT"},"data":[{"last":"1","ts":"1654166073135"}],"id":"7","event":"x","code":"1","msg":"\u0041"}"""u8.ToArray();

        Gen.Select(Gen.Int[0, frame.Length - 1], Gen.Byte, Gen.Int[0, frame.Length]).Sample((at, value, length) =>
        {
            var damaged = frame[..length];
            if (at < length)
                damaged[at] = value;
            return StreamFrame.Read(damaged).Kind >= FrameKind.Malformed;
        }, iter: 20_000);
    }

    [Test]
    public void Read_RecordedFrames_AreAllUnderstood()
    {
        var (tickers, pushed, wire) = (0, 0, new TickerWire());
        foreach (var line in File.ReadLines(RecordedData.PathOf("payloads", "ws-public-2022-05-13.ndjson")))
        {
            using var document = JsonDocument.Parse(line);
            if (document.RootElement.GetProperty("dir").GetString() != "recv")
                continue;

            var message = document.RootElement.GetProperty("msg");
            var frame = StreamFrame.Read(Encoding.UTF8.GetBytes(message.ValueKind == JsonValueKind.String ? message.GetString()! : message.GetRawText()));
            Assert.That(frame.Kind, Is.AnyOf(FrameKind.Push, FrameKind.Subscribed), line);
            pushed += line.Contains("\"channel\":\"tickers\"", StringComparison.Ordinal) && line.Contains("\"data\"", StringComparison.Ordinal) ? 1 : 0;
            if (frame.Kind != FrameKind.Push || !frame.Channel.SequenceEqual("tickers"u8))
                continue;

            var symbol = Encoding.UTF8.GetString(frame.Symbol);
            var row = message.GetProperty("data")[0];
            var ticker = wire.ReadPushed(PushedRow.Newest(frame.Data, out var milliseconds), symbol, OkxData.Models.Symbols.TypeOf(symbol), out var refusal);
            Assert.That(ticker, Is.Not.Null, () => $"{refusal?.Reason} in {line}");
            using (Assert.EnterMultipleScope())
            {
                Assert.That(ticker!.Symbol, Is.EqualTo(symbol));
                Assert.That(ticker.Timestamp.ToUnixTimeMilliseconds(), Is.EqualTo(milliseconds));
                Assert.That(ticker.Price, Is.EqualTo(DecimalOf(row, "last")));
                Assert.That(ticker.Bid, Is.EqualTo(DecimalOf(row, "bidPx")));
                Assert.That(ticker.OpenUtcDay, Is.EqualTo(DecimalOf(row, "sodUtc0")));
                Assert.That(symbol == "BTC-USDT" ? ticker.Volume24h : ticker.BaseVolume24h, Is.EqualTo(DecimalOf(row, "volCcy24h")));
                Assert.That(symbol == "BTC-USDT" ? ticker.BaseVolume24h : ticker.Contracts24h, Is.EqualTo(DecimalOf(row, "vol24h")));
            }

            tickers++;
        }

        Assert.That(tickers, Is.EqualTo(pushed).And.GreaterThan(20));
    }

    [Test]
    public void Read_FramesThatPagesPrinted_AreAllUnderstood()
    {
        using var document = JsonDocument.Parse(RecordedData.ReadBytes("payloads", "ws-frames.json"));
        var kinds = document.RootElement.EnumerateArray().Select(entry => StreamFrame.Read(Encoding.UTF8.GetBytes(entry.GetProperty("frame").GetRawText())).Kind).ToList();

        Assert.That(kinds, Has.Count.EqualTo(9).And.None.EqualTo(FrameKind.Malformed).And.None.EqualTo(FrameKind.Other));
    }

    private static decimal DecimalOf(JsonElement row, string name) => decimal.Parse(row.GetProperty(name).GetString()!, System.Globalization.CultureInfo.InvariantCulture);

    private static string Describe(string text)
    {
        var frame = StreamFrame.Read(Encoding.UTF8.GetBytes(text));
        string[] parts = [Text(frame.Id), Text(frame.Code), Text(frame.Message), Text(frame.Channel), Text(frame.Symbol), Text(frame.Data)];
        return string.Join(' ', [frame.Kind.ToString(), .. parts.Where(part => part.Length > 0)]);
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
