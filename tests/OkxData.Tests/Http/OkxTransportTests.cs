using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using OkxData.Errors;

namespace OkxData.Tests.Http;

internal sealed class OkxTransportTests
{
    private const string Good = """{"code":"0","msg":"","data":[[1],[2],[3]]}""";

    [Test]
    public async Task Send_GoodReply_IsReadOnceAndSaysWhoAsks()
    {
        var server = new StubServer(StubServer.Reply(Good));
        using var harness = new TransportHarness(server);

        Assert.That(await harness.SendAsync(), Is.EqualTo(3));
        Assert.That(harness.OnSends, Is.EqualTo(1));
        var request = server.Requests.Single();
        Assert.That(request.RequestUri!.AbsoluteUri, Is.EqualTo("https://okx.test/api/v5/market/candles?instId=BTC-USDT&bar=1Dutc"));
        Assert.That(request.Headers.UserAgent.ToString(), Does.StartWith("OkxData/"));
        Assert.That(request.Version, Is.EqualTo(HttpVersion.Version11));
        Assert.That(request.Headers.Select(header => header.Key), Is.EquivalentTo(new[] { "Accept", "User-Agent" }), "nothing that tells more than it must");
        Assert.That(harness.Transport.Host, Is.EqualTo("okx.test"));
    }

    [Test]
    public async Task Send_Demo_AsksForSimulatedTrading()
    {
        var server = new StubServer(StubServer.Reply(Good));
        using var harness = new TransportHarness(server, isDemo: true);
        await harness.SendAsync();
        Assert.That(server.Requests[0].Headers.GetValues("x-simulated-trading"), Is.EqualTo(new[] { "1" }));
    }

    [TestCase(HttpStatusCode.InternalServerError, "<html>500</html>", typeof(OkxTransportException))]
    [TestCase(HttpStatusCode.BadGateway, "<html>502</html>", typeof(OkxTransportException))]
    [TestCase(HttpStatusCode.ServiceUnavailable, "", typeof(OkxTransportException))]
    [TestCase(HttpStatusCode.ServiceUnavailable, """{"code":"50001","msg":"Service temporarily unavailable","data":[]}""", typeof(OkxApiException))]
    [TestCase(HttpStatusCode.InternalServerError, """{"msg":"odd","code":"99999"}""", typeof(OkxTransportException))]
    [TestCase(HttpStatusCode.InternalServerError, """{"code":"0","msg":"","data":[]}""", typeof(OkxTransportException))]
    [TestCase(HttpStatusCode.RequestTimeout, "", typeof(OkxTransportException))]
    [TestCase(HttpStatusCode.TooManyRequests, "", typeof(OkxRateLimitException))]
    [TestCase(HttpStatusCode.TooManyRequests, "<html>slow down</html>", typeof(OkxRateLimitException))]
    [TestCase(HttpStatusCode.TooManyRequests, """{"msg":"Requests too frequent.","code":50011}""", typeof(OkxRateLimitException))]
    [TestCase(HttpStatusCode.TooManyRequests, """{"msg":"Systems are busy.","code":"50013"}""", typeof(OkxApiException))]
    [TestCase(HttpStatusCode.BadRequest, """{"code":"50004","msg":"Endpoint request timeout."}""", typeof(OkxApiException))]
    [TestCase(HttpStatusCode.BadRequest, """{"code":"500""", typeof(OkxTransportException))]
    [TestCase(HttpStatusCode.OK, """{"msg":"Too Many Requests","code":"50011"}""", typeof(OkxRateLimitException))]
    [TestCase(HttpStatusCode.OK, """{"code":"50026","msg":"System error","data":[]}""", typeof(OkxApiException))]
    [TestCase(HttpStatusCode.OK, """{"code":"51054","msg":"Request timed out","data":[]}""", typeof(OkxApiException))]
    [TestCase(HttpStatusCode.OK, """{"code":"0","msg":"","data":[[1],[2""", typeof(OkxTransportException))]
    [TestCase(HttpStatusCode.OK, """{"code":"0","msg":"","data":[]} and more""", typeof(OkxTransportException))]
    [TestCase(HttpStatusCode.OK, """{"code":"0","msg":""}""", typeof(OkxTransportException))]
    [TestCase(HttpStatusCode.OK, """{"code":"0","msg":"","data":null}""", typeof(OkxTransportException))]
    [TestCase(HttpStatusCode.OK, "<html>maintenance</html>", typeof(OkxTransportException))]
    [TestCase(HttpStatusCode.OK, "", typeof(OkxTransportException))]
    [TestCase(HttpStatusCode.OK, "OK", typeof(OkxTransportException))]
    public async Task Send_FailureThatMayHeal_IsTriedFiveTimes(HttpStatusCode status, string body, Type expected)
    {
        var server = new StubServer(StubServer.Reply(body, status));
        using var harness = new TransportHarness(server);
        var failure = await harness.FailureAsync();

        Assert.That(failure, Is.TypeOf(expected));
        Assert.That(((OkxException)failure!).IsTransient);
        Assert.That(((OkxException)failure).Endpoint, Is.EqualTo("GET /api/v5/market/candles"));
        Assert.That(failure.Message, Does.Contain("BTC-USDT"));
        Assert.That(server.Sends, Is.EqualTo(5));
        Assert.That(harness.OnSends, Is.EqualTo(5));
        Assert.That(harness.Durations.GetMeasurementSnapshot(), Has.Count.EqualTo(5));
    }

    [TestCase(HttpStatusCode.OK, """{"code":"51001","msg":"Instrument ID doesn't exist.","data":[]}""", typeof(OkxApiException), "51001")]
    [TestCase(HttpStatusCode.BadRequest, """{"code":"51000","msg":"Parameter bar error","data":[]}""", typeof(OkxApiException), "51000")]
    [TestCase(HttpStatusCode.Unauthorized, """{"msg":"API key doesn't exist","code":"50119"}""", typeof(OkxApiException), "50119")]
    [TestCase(HttpStatusCode.OK, """{"code":1,"msg":"Operation failed","data":[{}]}""", typeof(OkxApiException), "1")]
    [TestCase(HttpStatusCode.BadRequest, """{"code":"0","msg":"","data":[]}""", typeof(OkxApiException), "")]
    [TestCase(HttpStatusCode.Forbidden, "<html>Attention Required!</html>", typeof(OkxApiException), "")]
    [TestCase(HttpStatusCode.NotFound, "", typeof(OkxApiException), "")]
    [TestCase(HttpStatusCode.MovedPermanently, "", typeof(OkxApiException), "")]
    [TestCase(HttpStatusCode.OK, "{}", typeof(OkxPayloadException), null)]
    [TestCase(HttpStatusCode.OK, "[]", typeof(OkxPayloadException), null)]
    [TestCase(HttpStatusCode.OK, "null", typeof(OkxPayloadException), null)]
    [TestCase(HttpStatusCode.OK, """{"code":{"no":1},"data":[]}""", typeof(OkxPayloadException), null)]
    [TestCase(HttpStatusCode.OK, """{"code":"0","data":{"a":1}}""", typeof(OkxPayloadException), null)]
    [TestCase(HttpStatusCode.OK, """{"code":"0","data":[],"data":[]}""", typeof(OkxPayloadException), null)]
    public async Task Send_FailureThatStays_IsTriedOnce(HttpStatusCode status, string body, Type expected, string? code)
    {
        var server = new StubServer(StubServer.Reply(body, status));
        using var harness = new TransportHarness(server);
        var failure = await harness.FailureAsync();

        Assert.That(failure, Is.TypeOf(expected));
        Assert.That((failure as OkxApiException)?.Code, Is.EqualTo(code));
        Assert.That(((OkxException)failure!).IsTransient, Is.False);
        Assert.That(((OkxException)failure).Endpoint, Is.EqualTo("GET /api/v5/market/candles"));
        Assert.That(server.Sends, Is.EqualTo(1));
    }

    [TestCase(0, 1)]
    [TestCase(1, 2)]
    [TestCase(10, 11)]
    public async Task Send_MaxRetries_BoundsTheAttempts(int retries, int expected)
    {
        var server = new StubServer(StubServer.Reply("", HttpStatusCode.BadGateway));
        using var harness = new TransportHarness(server, options => options.MaxRetries = retries);
        await harness.FailureAsync();
        Assert.That(server.Sends, Is.EqualTo(expected));
    }

    [Test]
    public async Task Send_FailsOnceThenAnswers_ReturnsTheAnswer()
    {
        var server = new StubServer(
            StubServer.Throw(new HttpRequestException("refused")),
            StubServer.Reply("""{"code":"0","data":[[1],[2"""),
            StubServer.Reply(Good));
        using var harness = new TransportHarness(server);
        Assert.That(await harness.WaitAsync(harness.SendAsync()), Is.EqualTo(3));
        Assert.That(server.Sends, Is.EqualTo(3));
        Assert.That(
            harness.Durations.GetMeasurementSnapshot().Select(measured => measured.Tags["outcome"]),
            Is.EqualTo(new object[] { "transport", "transport", "success" }));
    }

    [Test]
    public async Task Send_UnreadableDataInACutBody_IsTriedAgain()
    {
        // The reader stumbles before the cut; the body decides.
        var server = new StubServer(StubServer.Reply("""{"code":"0","data":{"a":[1"""), StubServer.Reply(Good));
        using var harness = new TransportHarness(server);
        Assert.That(await harness.WaitAsync(harness.SendAsync()), Is.EqualTo(3));
    }

    [Test]
    public async Task Send_HostDefaultsWithAResilienceHandler_DoNotMultiplyAttempts()
    {
        var server = new StubServer(StubServer.Reply("", HttpStatusCode.TooManyRequests));
        using var harness = new TransportHarness(server, host: services => services.ConfigureHttpClientDefaults(defaults =>
        {
            defaults.AddStandardResilienceHandler();
            defaults.ConfigureHttpClient(client => client.DefaultRequestHeaders.Add("Authorization", "Bearer host"));
        }));
        Assert.That(await harness.FailureAsync(), Is.TypeOf<OkxRateLimitException>());
        Assert.That(server.Sends, Is.EqualTo(5));
        Assert.That(server.Requests[0].Headers.Authorization, Is.Null);
    }

    [Test]
    public async Task Send_UserHandler_StandsNextToTheSocketAndSeesEveryAttempt()
    {
        var server = new StubServer(StubServer.Reply("", HttpStatusCode.BadGateway));
        var seen = 0;
        using var harness = new TransportHarness(server, user: builder => builder.AddHttpMessageHandler(() => new Counting(() => seen++)));
        await harness.FailureAsync();
        Assert.That(seen, Is.EqualTo(5));
    }

    private sealed class Counting(Action count) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            count();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
