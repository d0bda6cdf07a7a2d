using System.Net;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.Http;

namespace OkxData.Tests.Http;

/// <summary>Services without OKX's envelope, on the same chain.</summary>
public sealed class PlainReplyTests
{
    private static readonly EndpointDefinition Coins = new("/coins", new(10, TimeSpan.FromMinutes(1))) { Service = new HttpService("Elsewhere", "Some.Address", "ask less") };

    [Test]
    public async Task Send_TopLevelArray_IsRead() => Assert.That(await SendAsync(StubServer.Reply("\uFEFF[1,{\"a\":[2]},3]")), Is.EqualTo(3));

    [TestCase("[1,2", TestName = "Send_BodyCutOff_IsFetchedAgain")]
    [TestCase("", TestName = "Send_BodyEmpty_IsFetchedAgain")]
    [TestCase("<html>busy</html>", TestName = "Send_HtmlInSuccess_IsFetchedAgain")]
    [TestCase("{\"half\":", TestName = "Send_AnotherShapeCutOff_IsFetchedAgain")]
    [TestCase("[1,2] and more", TestName = "Send_MoreAfterTheEnd_IsFetchedAgain")]
    public async Task Send_NotWhole_IsFetchedAgain(string body) => Assert.That(await SendAsync(StubServer.Reply(body), StubServer.Reply("[1]")), Is.EqualTo(1));

    [Test]
    public async Task Send_AnotherShape_IsAPayloadErrorThatNamesTheService() => await Assert.ThatAsync(
        () => SendAsync(StubServer.Reply("""{"code":"0","data":[]}""")),
        Throws.TypeOf<OkxPayloadException>().With.Message.Contains("GET /coins").And.Message.Contains("between you and Elsewhere"));

    [Test]
    public async Task Send_Refused_SaysWhatTheServiceSaidAndWhichOptionToCheck() => await Assert.ThatAsync(
        () => SendAsync(StubServer.Reply("""{"status":{"error_code":10005,"error_message":"This request is limited to PRO"}}""", HttpStatusCode.Unauthorized)),
        Throws.TypeOf<OkxApiException>().With.Message.Contains("\"This request is limited to PRO\"").And.Message.Contains("check the key, and Some.Address"));

    [Test]
    public async Task Send_TooManyWithRetryAfter_IsRepeatedAfterIt()
    {
        var server = new StubServer(StubServer.Reply("""{"status":{"error_code":429}}""", HttpStatusCode.TooManyRequests, retryAfter: TimeSpan.FromSeconds(20)), StubServer.Reply("[1]"));

        Assert.That(await SendAsync(server), Is.EqualTo(1));
        Assert.That(server.Times[1] - server.Times[0], Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(20)).And.LessThan(TimeSpan.FromSeconds(60)), "as long as it asked, not the window");
    }

    [Test]
    public async Task Send_TooManyWithoutRetryAfter_LetsAWindowPass()
    {
        var server = new StubServer(StubServer.Reply("Throttled", HttpStatusCode.TooManyRequests, "text/plain"), StubServer.Reply("[1]"));

        Assert.That(await SendAsync(server), Is.EqualTo(1));
        Assert.That(server.Times[1] - server.Times[0], Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(1)));
    }

    private static Task<int> SendAsync(params Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>[] script) => SendAsync(new StubServer(script));

    private static async Task<int> SendAsync(StubServer server)
    {
        using var harness = new TransportHarness(server);
        return await harness.WaitAsync(harness.Transport.SendAsync(harness.Request(Coins), CancellationToken.None), stepMs: 500);
    }
}
