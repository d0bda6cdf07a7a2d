using System.Net;
using Microsoft.Extensions.DependencyInjection;
using NUnit.Framework;
using OkxData.Account;
using OkxData.Credentials;
using OkxData.Errors;
using OkxData.Http;
using OkxData.Tests.Http;

namespace OkxData.Tests.Credentials;

public sealed class SignedCallTests
{
    private static readonly OkxCredentials First = new("the-first-key-1111", "secret-one", "phrase-one");
    private static readonly OkxCredentials Second = new("the-second-key-2222", "secret-two", "phrase-two");

    [TestCase("")]
    [TestCase("ccy=BTC")]
    [TestCase("ccy=BTC%2CETH&note=%C3%A4%20b+c&empty=")]
    public async Task Send_Signed_SignsWhatGoesOverTheWire(string query)
    {
        var server = new SignedServer(_ => (HttpStatusCode.OK, SignedServer.Ok));
        using var harness = new SignedHarness(server, [First]);

        await harness.SendAsync(query);

        var seen = server.Requests.Single();
        Assert.That(seen.Target, Is.EqualTo("/api/v5/account/config" + (query.Length == 0 ? "" : "?" + query)));
        Assert.That(seen.IsSignedWith(First));
        Assert.That((seen.Key, seen.Passphrase, seen.Timestamp), Is.EqualTo(("the-first-key-1111", "phrase-one", "2026-08-22T16:20:00.000Z")));
    }

    [Test]
    public async Task Send_Public_CarriesNoKeyEvenWhenTheHostAddsOne()
    {
        var server = new SignedServer(_ => (HttpStatusCode.OK, SignedServer.Ok));
        using var harness = new SignedHarness(server, [First], user: builder => builder.ConfigureHttpClient(client => client.DefaultRequestHeaders.Add("OK-ACCESS-KEY", "stray")));

        await harness.SendPublicAsync();
        await harness.SendAsync();
        await harness.SendPublicAsync();

        Assert.That(server.Requests.Select(seen => seen.IsPublic), Is.EqualTo(new[] { true, false, true }));
        Assert.That(server.Requests[1].Key, Is.EqualTo("the-first-key-1111"));
    }

    [Test]
    public async Task Send_AttemptIsRepeated_IsSignedAnewByTheTimeOfTheAttempt()
    {
        var server = new SignedServer(seen => seen.Number < 2 ? (HttpStatusCode.BadGateway, "<html>") : (HttpStatusCode.OK, SignedServer.Ok));
        using var harness = new SignedHarness(server, [First]);

        await harness.SendAsync();

        Assert.That(server.Requests, Has.Count.EqualTo(3));
        Assert.That(server.Requests.All(seen => seen.IsSignedWith(First)));
        Assert.That(server.Requests.Select(seen => seen.Timestamp), Is.Unique.And.Ordered);
    }

    [Test]
    public async Task Send_KeyIsReplacedBetweenAttempts_TheNextAttemptUsesTheNewOne()
    {
        SignedHarness? harness = null;
        var server = new SignedServer(seen =>
        {
            if (seen.Number > 0)
                return (HttpStatusCode.OK, SignedServer.Ok);
            harness!.Options.Keys[0] = Second;
            return (HttpStatusCode.BadGateway, "");
        });
        using (harness = new SignedHarness(server, [First]))
            await harness.SendAsync();

        Assert.That((server.Requests[0].IsSignedWith(First), server.Requests[1].IsSignedWith(Second)), Is.EqualTo((true, true)));
        Assert.That(harness.KeysUsed, Is.EqualTo(new[] { "…1111", "…2222" }));
    }

    [TestCase("50100", "frozen")]
    [TestCase("50101", "demo")]
    [TestCase("50105", "passphrase")]
    [TestCase("50110", "IP addresses")]
    [TestCase("50111", "know such a key")]
    [TestCase("50113", "secret")]
    [TestCase("50114", "authorization")]
    [TestCase("50118", "broker")]
    [TestCase("50119", "region")]
    public async Task Send_CodeThatIsTheKeysFault_LetsItRestAndGoesOnWithTheNext(string code, string cause)
    {
        var server = new SignedServer(seen => seen.IsSignedWith(First) ? SignedServer.Refuse(code) : (HttpStatusCode.OK, SignedServer.Ok));
        using var harness = new SignedHarness(server, [First, Second]);

        await harness.SendAsync();
        await harness.SendAsync();

        Assert.That(server.Requests.Select(seen => seen.IsSignedWith(First)), Is.EqualTo(new[] { true, false, false }));
        var warning = harness.Log.GetSnapshot().Single(line => line.Message.Contains("rejects"));
        Assert.That(warning.Message, Does.Contain("…1111").And.Contain(code).And.Contain(cause).And.Contain("okx.test").And.Not.Contain("first"));
    }

    [TestCase("50100")]
    [TestCase("50101")]
    [TestCase("50105")]
    [TestCase("50110")]
    [TestCase("50111")]
    [TestCase("50113")]
    [TestCase("50114")]
    [TestCase("50118")]
    [TestCase("50119", HttpStatusCode.OK)]
    public async Task Send_OnlyKeyIsRejected_SaysWhyAndAsksNoMoreWhileItRests(string code, HttpStatusCode status = HttpStatusCode.Unauthorized)
    {
        var server = new SignedServer(SignedServer.Always(code, status));
        using var harness = new SignedHarness(server, [First]);

        var first = await harness.FailureAsync();
        var second = await harness.FailureAsync();
        harness.Clock.Advance(harness.Options.RestAfterRejection);
        await harness.FailureAsync();

        Assert.That(first, Is.TypeOf<OkxCredentialException>().With.Property("Code").EqualTo(code).And.InnerException.TypeOf<OkxApiException>());
        Assert.That(((OkxApiException)first).HttpStatus, Is.EqualTo((int)status));
        Assert.That(second, Is.TypeOf<OkxCredentialException>().With.Property("Code").EqualTo(code));
        Assert.That(second.Message, Does.Contain(OkxErrorCodes.AdviceFor(code)).And.Contain("…1111"));
        Assert.That(server.Requests, Has.Count.EqualTo(2), "one when it was new, and one after its rest");
    }

    [TestCase("50103")]
    [TestCase("50104")]
    [TestCase("50106")]
    [TestCase("50107")]
    [TestCase("50108")]
    [TestCase("50109")]
    [TestCase("50112")]
    [TestCase("50115", HttpStatusCode.MethodNotAllowed)]
    [TestCase("50116")]
    [TestCase("50117")]
    [TestCase("51000", HttpStatusCode.BadRequest)]
    public async Task Send_CodeThatIsNotTheKeysFault_FailsOnceAndLeavesTheKeyAlone(string code, HttpStatusCode status = HttpStatusCode.Unauthorized)
    {
        var server = new SignedServer(SignedServer.Always(code, status));
        using var harness = new SignedHarness(server, [First, Second]);

        var failure = await harness.FailureAsync();
        await harness.FailureAsync();

        Assert.That(failure, Is.TypeOf<OkxApiException>().With.Property("Code").EqualTo(code));
        Assert.That(server.Requests.Select(seen => seen.IsSignedWith(First)), Is.EqualTo(new[] { true, true }));
        Assert.That(harness.Log.GetSnapshot().Where(line => line.Message.Contains("rejects")), Is.Empty);
    }

    [Test]
    public async Task Send_TimeIsRefused_AsksForTheTimeAndTriesOnceMoreWithTheSameKey()
    {
        SignedHarness? harness = null;
        var off = TimeSpan.Zero;
        var server = new SignedServer(seen => (DateTimeOffset.Parse(seen.Timestamp!, null) - (harness!.Clock.GetUtcNow() + off)).Duration() < TimeSpan.FromSeconds(30)
            ? (HttpStatusCode.OK, SignedServer.Ok)
            : SignedServer.Refuse("50102"));
        using (harness = new SignedHarness(server, [First, Second]))
        {
            server.Time = () => harness.Clock.GetUtcNow() + off;
            await harness.SendAsync();
            off = TimeSpan.FromMinutes(-4);
            await harness.SendAsync();

            Assert.That(server.TimesAsked, Is.EqualTo(2));
            Assert.That(server.Requests.Select(seen => seen.IsSignedWith(First)), Is.EqualTo(new[] { true, true, true }));
            Assert.That(harness.HostClock.Skew, Is.EqualTo(off).Within(TimeSpan.FromSeconds(1)));
        }
    }

    [Test]
    public async Task Send_TimeOfManyIsRefusedAtOnce_TheTimeIsAskedForOnce()
    {
        SignedHarness? harness = null;
        var off = TimeSpan.Zero;
        var server = new SignedServer(seen => (DateTimeOffset.Parse(seen.Timestamp!, null) - (harness!.Clock.GetUtcNow() + off)).Duration() < TimeSpan.FromSeconds(30)
            ? (HttpStatusCode.OK, SignedServer.Ok)
            : SignedServer.Refuse("50102"));
        using (harness = new SignedHarness(server, [First]))
        {
            server.Time = () => harness.Clock.GetUtcNow() + off;
            await harness.SendAsync();
            var asked = server.TimesAsked;
            off = TimeSpan.FromMinutes(5);

            await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => harness.SendAsync()));

            Assert.That(server.TimesAsked - asked, Is.InRange(1, 2), "those that were under way share one answer");
            Assert.That(server.Requests.Count(seen => !seen.IsSignedWith(First)), Is.Zero);
        }
    }

    [Test]
    public async Task Send_TimeIsRefusedAgain_GivesUpAndLeavesTheKeyAlone()
    {
        var server = new SignedServer(SignedServer.Always("50102"));
        using var harness = new SignedHarness(server, [First, Second]);

        var failure = await harness.FailureAsync();

        Assert.That(failure, Is.TypeOf<OkxApiException>().With.Property("Code").EqualTo("50102"));
        Assert.That(failure.Message, Does.Contain("30 s").And.Contain("NTP"));
        Assert.That(server.Requests.Select(seen => seen.IsSignedWith(First)), Is.EqualTo(new[] { true, true }));
    }

    [Test]
    public async Task Send_TimeCannotBeAskedFor_TheDateOfTheRefusalDoes()
    {
        SignedHarness? harness = null;
        var server = new SignedServer(seen => (DateTimeOffset.Parse(seen.Timestamp!, null) - (harness!.Clock.GetUtcNow() + TimeSpan.FromMinutes(9))).Duration() < TimeSpan.FromSeconds(30)
            ? (HttpStatusCode.OK, SignedServer.Ok)
            : SignedServer.Refuse("50102"));
        using (harness = new SignedHarness(server, [First], user: builder => builder.AddHttpMessageHandler(() => new NoTime())))
        {
            server.Time = () => harness.Clock.GetUtcNow() + TimeSpan.FromMinutes(9);
            await harness.SendAsync();
        }

        Assert.That(server.Requests, Has.Count.EqualTo(2));
    }

    [TestCase("http://okx.test")]
    [TestCase("http://10.0.0.1:8080")]
    [TestCase("http://localhost.example.com")]
    public async Task Send_SignedOverPlainHttp_IsRefusedBeforeAnythingIsSent(string address)
    {
        var server = new SignedServer(_ => (HttpStatusCode.OK, SignedServer.Ok));
        using var harness = new SignedHarness(server, [First], address);

        var failure = await harness.FailureAsync();

        Assert.That(failure, Is.TypeOf<OkxCredentialException>());
        Assert.That(failure.Message, Does.Contain("https://"));
        Assert.That((server.Requests.Count, server.TimesAsked), Is.EqualTo((0, 0)));
        Assert.That(async () => await harness.SendPublicAsync(), Throws.Nothing, "public calls may");
    }

    [TestCase("http://localhost:1234")]
    [TestCase("http://127.0.0.1:1234")]
    [TestCase("http://[::1]:1234")]
    public async Task Send_SignedOverPlainHttpToThisMachine_IsSent(string address)
    {
        var server = new SignedServer(_ => (HttpStatusCode.OK, SignedServer.Ok));
        using var harness = new SignedHarness(server, [First], address);

        await harness.SendAsync();

        Assert.That(server.Requests.Single().IsSignedWith(First));
    }

    [Test]
    public async Task Send_ServerRepeatsTheKeyInItsMessage_ItIsTakenOut()
    {
        var server = new SignedServer(_ => SignedServer.Refuse("51000", HttpStatusCode.BadRequest, "key the-first-key-1111, phrase phrase-one and secret-one are wrong"));
        using var harness = new SignedHarness(server, [First]);

        var failure = (OkxApiException)await harness.FailureAsync();

        Assert.That(failure.OkxMessage, Is.EqualTo("key (hidden), phrase (hidden) and (hidden) are wrong"));
        Assert.That(failure.ToString(), Does.Not.Contain("first-key").And.Not.Contain("phrase-one").And.Not.Contain("secret-one"));
    }

    [Test]
    public async Task Send_ProviderOfEndlessBadKeys_EndsAllTheSame()
    {
        var server = new SignedServer(SignedServer.Always("50119"));
        using var harness = new SignedHarness(server, [.. Enumerable.Range(1000, 40).Select(number => new OkxCredentials($"one-of-many-keys-{number}", "s", "p"))]);

        var failure = await harness.FailureAsync();

        Assert.That(failure, Is.InstanceOf<OkxApiException>().With.Property("Code").EqualTo("50119"));
        Assert.That(server.Requests, Has.Count.LessThan(20));
    }

    [Test]
    public void Endpoints_ThatAreSigned_AreTheCheckOfTheKeyAlone()
    {
        var endpoints = from type in typeof(EndpointDefinition).Assembly.GetTypes()
                        from field in type.GetFields(System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)
                        where field.FieldType == typeof(EndpointDefinition)
                        select (EndpointDefinition)field.GetValue(null)!;

        Assert.That(endpoints.ToList(), Has.Count.GreaterThan(5));
        Assert.That(endpoints.Where(endpoint => endpoint.IsSigned), Is.EqualTo(new[] { AccountEndpoints.Configuration }),
            "A call that is signed must see to RequireReadOnlyKeys before its first use of a key.");
    }

    private sealed class NoTime : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => request.RequestUri!.AbsolutePath.EndsWith("/time", StringComparison.Ordinal)
            ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound))
            : base.SendAsync(request, cancellationToken);
    }
}
