using System.Net;
using System.Text;
using System.Text.Json;
using CsCheck;
using NUnit.Framework;
using OkxData.Diagnostics;
using OkxData.Errors;
using OkxData.Http;

namespace OkxData.Tests.Http;

internal sealed class EnvelopeTests
{
    [TestCase("""{"code":"0","msg":"","data":[1,2]}""", "0", "", 2)]
    [TestCase("""{"data":[1,2],"msg":"","code":"0"}""", "0", "", 2)]
    [TestCase("""{"inTime":"1","code":0,"x":{"code":"7","data":[9]},"data":[1],"msg":null}""", "0", "", 1)]
    [TestCase("""{"msg":"Too Many Requests","code":50011}""", "50011", "Too Many Requests", null)]
    [TestCase("""{"code":"51001","msg":"no","data":[]}""", "51001", "no", null)]
    [TestCase("""{"co\u0064e":"0","d\u0061ta":[1,2,3]}""", "0", "", 3)]
    [TestCase("""{"code":"0","code":"50011","data":[]}""", "50011", "", null)]
    [TestCase("""{"code":"50011","code":"0","data":[]}""", "50011", "", null)]
    [TestCase("""{"code":true,"msg":[1],"data":[1]}""", null, "", 1)]
    [TestCase("\uFEFF  {\"code\":\"0\",\"data\":[]}\r\n ", "0", "", 0)]
    [TestCase("[1,2]", null, "", null)]
    [TestCase("\"text\"", null, "", null)]
    public void Read_AnyOrder_FindsWhatCounts(string body, string? code, string message, int? elements)
    {
        var call = Call();
        var envelope = Envelope.Read(Encoding.UTF8.GetBytes(body), call);
        Assert.That((envelope.Code, envelope.Message), Is.EqualTo((code, message)));
        if (elements is { } count)
            Assert.That(call.TakeResult(), Is.EqualTo(count));
        else
            Assert.Throws<InvalidOperationException>(() => call.TakeResult());
    }

    [TestCase("")]
    [TestCase("  ")]
    [TestCase("{")]
    [TestCase("""{"code":"0","data":[1,2]""")]
    [TestCase("""{"code":"0","data":[1,2]}x""")]
    [TestCase("""{"code":"0","data":[1,2]}{}""")]
    [TestCase("""{"code":"0" "data":[]}""")]
    [TestCase("<html></html>")]
    public void Read_NotJson_Throws(string body) =>
        Assert.That(() => Envelope.Read(Encoding.UTF8.GetBytes(body), Call()), Throws.InstanceOf<JsonException>());

    [Test]
    public void Read_MillionLevels_IsRefusedQuietly([Values("[", "{\"a\":")] string level, [Values] bool asData)
    {
        var body = (asData ? """{"code":"0","data":""" : """{"code":"0","other":""") + string.Concat(Enumerable.Repeat(level, 1_000_000));
        Assert.That(() => Envelope.Read(Encoding.UTF8.GetBytes(body), Call()), Throws.InstanceOf<JsonException>());
    }

    [Test]
    public void Read_TextThatIsNoText_IsShownAsItIs()
    {
        byte[] body = [.. "{\"code\":\"51000\",\"\\ud800\":1,\"msg\":\"a\\ud800b\"}"u8];
        Assert.That(Envelope.Read(body, Call()).Message, Does.StartWith("a"));
        byte[] invalid = [.. "{\"code\":\"51000\",\"msg\":\"a"u8, 0xff, 0xfe, .. "b\"}"u8];
        Assert.That(Envelope.Read(invalid, Call()).Message, Does.StartWith("a"));
    }

    [Test]
    public void Read_DataThatCannotBeReadInAnErrorReply_IsAnErrorReply()
    {
        var envelope = Envelope.Read("""{"data":{"odd":1},"code":"51001","msg":"no"}"""u8, Call());
        Assert.That(envelope.Code, Is.EqualTo("51001"));
    }

    [Test]
    public void Read_AnyDamage_IsAnEnvelopeOrAJsonException() =>
        Gen.Select(Gen.Int[0, Original.Length - 1], Gen.Byte, Gen.Int[0, Original.Length], Gen.Bool).Sample(
            (at, with, length, cut) =>
            {
                var body = Original.ToArray();
                body[at] = with;
                try
                {
                    Envelope.Read(cut ? body.AsSpan(0, length) : body, Call());
                }
                catch (JsonException)
                {
                    return;
                }
            },
            iter: 20_000);

    [Test]
    public void Read_AnyCut_IsNeverTakenForWhole()
    {
        for (var length = 0; length < Original.Length; length++)
        {
            var cut = Original[..length];
            Assert.That(() => Envelope.Read(cut, Call()), Throws.InstanceOf<JsonException>(), $"{length} bytes");
        }
    }

    [Test]
    public async Task Send_EndlessBody_IsGivenUpAtTheBound()
    {
        var body = new Endless();
        using var harness = new TransportHarness(new StubServer(StubServer.Body(body)), options => options.MaxResponseBytes = 1 << 20);
        var failure = await harness.FailureAsync();

        Assert.That(failure, Is.TypeOf<OkxPayloadException>());
        Assert.That(failure!.Message, Does.Contain("1048576 bytes").And.Contain("MaxResponseBytes"));
        Assert.That(body.Consumed, Is.LessThan(3 << 20));
        Assert.That(harness.OnSends, Is.EqualTo(1));
    }

    [Test]
    public async Task Send_BodyOfExactlyTheBound_IsRead()
    {
        const string good = """{"code":"0","data":[1]}""";
        var server = new StubServer(StubServer.Reply(good.PadRight(200_000)), StubServer.Reply(good.PadRight(200_001)));
        using var harness = new TransportHarness(server, options => options.MaxResponseBytes = 200_000);
        Assert.That(await harness.SendAsync(), Is.EqualTo(1));
        Assert.That(await harness.FailureAsync(), Is.TypeOf<OkxPayloadException>());
    }

    [Test]
    public async Task Send_ServersWords_AreCleanedAndBounded()
    {
        var message = "bad\\r\\n\\u001b[31m\\u202e" + new string('x', 5000);
        using var harness = new TransportHarness(new StubServer(StubServer.Reply($$"""{"code":"51000","msg":"{{message}}"}""", HttpStatusCode.BadRequest)));
        var failure = (OkxApiException)(await harness.FailureAsync())!;

        Assert.That(failure.Message, Has.Length.LessThan(700));
        Assert.That(failure.Message.Any(char.IsControl), Is.False);
        Assert.That(failure.Message.Contains('\u202e'), Is.False);
        Assert.That(failure.OkxMessage, Has.Length.LessThanOrEqualTo(ServerText.MaxLength));
        Assert.That(failure.HttpStatus, Is.EqualTo(400));
    }

    [Test]
    public async Task Send_ReaderThatMeetsAnotherShape_NamesThePath()
    {
        using var harness = new TransportHarness(new StubServer(StubServer.Reply("""{"code":"0","data":[["x"]]}""")));
        var call = harness.Transport.SendAsync(
            harness.Request(read: (ref Utf8JsonReader _) => throw new OkxPayloadException("the open is not a number") { Path = "data[0][1]" }), default);
        var failure = (OkxPayloadException)(await harness.FailureOfAsync(call))!;
        Assert.That(failure.Path, Is.EqualTo("data[0][1]"));
        Assert.That(failure.Message, Does.Contain("GET /api/v5/market/candles for BTC-USDT").And.Contain("the open is not a number"));
        Assert.That(failure.Endpoint, Is.EqualTo("GET /api/v5/market/candles"));
    }

    private static readonly byte[] Original = Encoding.UTF8.GetBytes("""{"code":"0","msg":"","data":[["1700000000000","1.5","2","1","1.25","10","15","15","1"],{"a":null,"b":[true]}],"inTime":"1"}""");

    private static OkxCall<int> Call() => new(new OkxRequest<int>
    {
        Endpoint = TransportHarness.Candles,
        Query = "",
        Subject = "BTC-USDT",
        ReadData = TransportHarness.CountElements,
    })
    {
        Pulse = new HostPulse(TimeProvider.System),
    };
}
