using System.IO.Compression;
using System.Net;
using System.Text;
using NUnit.Framework;
using OkxData.Errors;
using WireMock;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.Server;

namespace OkxData.IntegrationTests.Http;

internal sealed class CannedFaultTests
{
    private const string Good = """{"code":"0","msg":"","data":[[1],[2]]}""";

    private WireMockServer _server = null!;

    [SetUp]
    public void Start() => _server = WireMockServer.Start();

    [TearDown]
    public void Stop()
    {
        _server.Stop();
        _server.Dispose();
    }

    [TestCase(500, """{"code":"50026","msg":"System error"}""")]
    [TestCase(502, "<html><h1>502 Bad Gateway</h1></html>")]
    [TestCase(503, """{"code":"50001","msg":"Service temporarily unavailable","data":[]}""")]
    [TestCase(429, """{"msg":"Too Many Requests","code":"50011"}""")]
    [TestCase(200, """{"msg":"Too Many Requests","code":"50011"}""")]
    [TestCase(429, """{"msg":"Systems are busy","code":"50013"}""")]
    [TestCase(200, """{"code":"0","msg":"","data":[[1],""")]
    [TestCase(200, "")]
    [CancelAfter(60_000)]
    public async Task Send_FaultThenAnswer_Heals(int status, string body, CancellationToken cancellationToken)
    {
        _server.Given(Any()).InScenario("heals").WillSetStateTo("well").RespondWith(Response.Create().WithStatusCode(status).WithBody(body));
        _server.Given(Any()).InScenario("heals").WhenStateIs("well").RespondWith(Response.Create().WithBody(Good));
        using var client = Client();
        Assert.That(await client.SendAsync(cancellationToken), Is.EqualTo(2));
        Assert.That((_server.LogEntries.Count, client.Sends, client.Tokens), Is.EqualTo((2, 2, 2L)));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Send_UnknownInstrument_SaysWhatToDo(CancellationToken cancellationToken)
    {
        _server.Given(Any()).RespondWith(Response.Create().WithBody(
            """{"code":"51001","msg":"Instrument ID, Instrument ID code, or Spread ID doesn't exist.","data":[]}"""));
        using var client = Client();
        var failure = await Assert.ThrowsAsync<OkxApiException>(async () => await client.SendAsync(cancellationToken));
        Assert.That(failure!.Code, Is.EqualTo("51001"));
        Assert.That(failure.Message, Does.Contain("GET /api/v5/market/candles for BTC-USDT").And.Contain("check the spelling"));
        Assert.That(_server.LogEntries, Has.Count.EqualTo(1));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Send_CompressedReply_IsRead([Values("gzip", "br")] string encoding, CancellationToken cancellationToken)
    {
        _server.Given(Any()).RespondWith(Response.Create().WithHeader("Content-Encoding", encoding).WithBody(Compress(Encoding.UTF8.GetBytes(Good), encoding)));
        using var client = Client();
        Assert.That(await client.SendAsync(cancellationToken), Is.EqualTo(2));
        var accepted = _server.LogEntries.Single().RequestMessage!.Headers!["Accept-Encoding"].ToString();
        Assert.That(accepted, Does.Contain("gzip").And.Contain("br"));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Send_CompressedBomb_IsGivenUpAtTheBound([Values("gzip", "br")] string encoding, CancellationToken cancellationToken)
    {
        var bomb = Compress(Encoding.UTF8.GetBytes("""{"code":"0","data":[]}""".PadRight(64 << 20)), encoding);
        Assert.That(bomb, Has.Length.LessThan(1 << 20));
        _server.Given(Any()).RespondWith(Response.Create().WithHeader("Content-Encoding", encoding).WithBody(bomb));
        using var client = Client();
        var failure = await Assert.ThrowsAsync<OkxPayloadException>(async () => await client.SendAsync(cancellationToken));
        Assert.That(failure!.Message, Does.Contain("MaxResponseBytes"));
        Assert.That(client.Sends, Is.EqualTo(1));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Send_DamagedCompression_IsTriedAgain(CancellationToken cancellationToken)
    {
        _server.Given(Any()).RespondWith(Response.Create().WithHeader("Content-Encoding", "gzip").WithBody(Encoding.ASCII.GetBytes("this is not gzip at all")));
        using var client = Client();
        var failure = await Assert.ThrowsAsync<OkxTransportException>(async () => await client.SendAsync(cancellationToken));
        Assert.That(failure!.Message, Does.Contain("compressed reply is damaged"));
        Assert.That(client.Sends, Is.EqualTo(5));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Send_ConnectionReset_IsTriedAgain(CancellationToken cancellationToken)
    {
        _server.Given(Any()).RespondWith(Response.Create().WithFault(FaultType.EMPTY_RESPONSE));
        using var client = Client();
        Assert.That(await Assert.ThrowsAsync<OkxTransportException>(async () => await client.SendAsync(cancellationToken)), Is.Not.Null);
        Assert.That(client.Tokens, Is.EqualTo(client.Sends));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Send_Redirect_IsNotFollowed(CancellationToken cancellationToken)
    {
        _server.Given(Any()).RespondWith(Response.Create().WithStatusCode(302).WithHeader("Location", _server.Url + "/elsewhere").WithHeader("Set-Cookie", "a=b"));
        using var client = Client();
        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<OkxApiException>(async () => await client.SendAsync(cancellationToken));
        Assert.That(_server.LogEntries.Select(entry => entry.RequestMessage!.Path), Is.All.EqualTo("/api/v5/market/candles"));
        Assert.That(_server.LogEntries.Select(entry => entry.RequestMessage!.Headers!.ContainsKey("Cookie")), Is.All.False);
        Assert.That(_server.LogEntries, Has.Count.EqualTo(2));
    }

    [Test]
    [CancelAfter(60_000)]
    public async Task Send_NobodyListens_SaysSo(CancellationToken cancellationToken)
    {
        var address = _server.Url!;
        _server.Stop();
        using var client = new LoopbackClient(new Uri(address));
        var failure = await Assert.ThrowsAsync<OkxTransportException>(async () => await client.SendAsync(cancellationToken));
        Assert.That(failure!.Message, Does.Contain("no connection could be made"));
        Assert.That(client.Sends, Is.EqualTo(5));
    }

    private LoopbackClient Client() => new(new Uri(_server.Url!), options => options.MaxResponseBytes = 1 << 20);

    private static IRequestBuilder Any() => Request.Create().UsingGet();

    private static byte[] Compress(byte[] plain, string encoding)
    {
        using var packed = new MemoryStream();
        using (Stream packer = encoding == "gzip" ? new GZipStream(packed, CompressionLevel.Optimal, true) : new BrotliStream(packed, CompressionLevel.Optimal, true))
            packer.Write(plain);
        return packed.ToArray();
    }
}
