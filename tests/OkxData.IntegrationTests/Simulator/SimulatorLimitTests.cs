using System.Net;
using OkxData.RateLimiting;
using OkxData.Testing;

using NUnit.Framework;

namespace OkxData.IntegrationTests.Simulator;

public sealed class SimulatorLimitTests : SimulatorFixture
{
    private const string Query = $"{History}?instId=BTC-USDT&bar=1Dutc&limit=1";

    protected override void Configure(OkxSimulatorOptions options)
    {
        options.Limits.Quotas[History] = new RateLimitQuota(5, TimeSpan.FromSeconds(2));
        options.Limits.CountRefused = false;
    }

    [Test]
    public async Task Window_FullAndSliding_RefusesExactlyTheSixth()
    {
        for (var i = 0; i < 5; i++)
        {
            Assert.That(await StatusAsync(), Is.EqualTo(HttpStatusCode.OK));
            Clock.Advance(TimeSpan.FromMilliseconds(300));
        }

        Assert.That(await StatusAsync(), Is.EqualTo(HttpStatusCode.TooManyRequests));

        Clock.Advance(TimeSpan.FromMilliseconds(499));
        Assert.That(await StatusAsync(), Is.EqualTo(HttpStatusCode.TooManyRequests));

        Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.That(await StatusAsync(), Is.EqualTo(HttpStatusCode.OK));
        Assert.That(await StatusAsync(), Is.EqualTo(HttpStatusCode.TooManyRequests));
    }

    [Test]
    public async Task MaxRequestsInAnyWindow_Arrivals_CountsHalfOpenWindows()
    {
        foreach (var wait in new[] { 0, 500, 500, 1000 })
        {
            Clock.Advance(TimeSpan.FromMilliseconds(wait));
            await StatusAsync();
        }

        Assert.That(Simulator.MaxRequestsInAnyWindow(History, TimeSpan.FromSeconds(2)), Is.EqualTo(3));
        Assert.That(Simulator.MaxRequestsInAnyWindow(History, TimeSpan.FromMilliseconds(2001)), Is.EqualTo(4));
        Assert.That(Simulator.MaxRequestsInAnyWindow(Candles, TimeSpan.FromSeconds(2)), Is.Zero);
        Assert.That(Simulator.RequestCount(History), Is.EqualTo(4));
    }

    [Test]
    public async Task Window_ManyAtOnce_AnswersExactlyTheQuota()
    {
        var statuses = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => StatusAsync()));

        Assert.That(statuses.Count(status => status == HttpStatusCode.OK), Is.EqualTo(5));
        Assert.That(Simulator.Requests.Count(request => request.IsRefused), Is.EqualTo(35));
        Assert.That(Simulator.Requests.Select(request => request.Status), Is.All.AnyOf(200, 429));
    }

    [Test]
    public async Task Instruments_TwoTypes_EachHasItsOwnBudget()
    {
        for (var i = 0; i < 20; i++)
            Assert.That(await StatusAsync($"{SimulatorPaths.Instruments}?instType=FUTURES"), Is.EqualTo(HttpStatusCode.OK));

        Assert.That(await StatusAsync($"{SimulatorPaths.Instruments}?instType=FUTURES"), Is.EqualTo(HttpStatusCode.TooManyRequests));
        Assert.That(await StatusAsync($"{SimulatorPaths.Instruments}?instType=SWAP"), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task CountRefused_On_RefusedRequestsKeepTheWindowFull()
    {
        await using var strict = await OkxSimulator.StartAsync(options =>
        {
            options.Clock = Clock;
            options.Limits.Quotas[History] = new RateLimitQuota(1, TimeSpan.FromSeconds(2));
            options.Limits.RefuseInsideOk = true;
            options.Limits.RetryAfter = TimeSpan.FromMilliseconds(1500);
        });
        using var client = new SimulatorClient(strict);
        await client.GetTextAsync(Query);
        Clock.Advance(TimeSpan.FromSeconds(1));

        using var refused = await client.GetAsync(Query);
        Clock.Advance(TimeSpan.FromSeconds(1));
        var again = await client.GetTextAsync(Query);

        Assert.That(refused.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        Assert.That(refused.Headers.RetryAfter!.Delta, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(again, Is.EqualTo("""{"msg":"Too Many Requests","code":"50011"}"""));
    }

    [Test]
    public async Task Reset_AfterRequests_ForgetsThemAndTheWindows()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => StatusAsync()));

        Simulator.Reset();

        Assert.That(Simulator.Requests, Is.Empty);
        Assert.That(await StatusAsync(), Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Requests_Answered_AreRecordedWithTheirArrival()
    {
        await Client.GetTextAsync(Query);
        Clock.Advance(TimeSpan.FromMilliseconds(250));
        await Client.GetTextAsync($"{Candles}?instId=NOPE-USDT");

        Assert.That(Simulator.Requests, Has.Count.EqualTo(2));
        var (first, second) = (Simulator.Requests[0], Simulator.Requests[1]);
        Assert.That((first.Method, first.Path, first.Query, first.Status, first.Code), Is.EqualTo(("GET", History, "?instId=BTC-USDT&bar=1Dutc&limit=1", 200, "0")));
        Assert.That((second.Status, second.Code), Is.EqualTo((200, "51001")));
        Assert.That(second.Arrival - first.Arrival, Is.EqualTo(TimeSpan.FromMilliseconds(250)));
        Assert.That(second.ArrivedAt, Is.EqualTo(Noon.AddMilliseconds(250)));
    }

    private async Task<HttpStatusCode> StatusAsync(string query = Query)
    {
        using var response = await Client.GetAsync(query);
        return response.StatusCode;
    }
}
