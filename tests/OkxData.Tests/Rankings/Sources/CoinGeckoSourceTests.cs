using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using OkxData.Errors;
using OkxData.Rankings.Sources;
using OkxData.Tests.Http;

namespace OkxData.Tests.Rankings.Sources;

public sealed class CoinGeckoSourceTests
{
    private static readonly string FullPage = "[" + string.Join(',', Enumerable.Range(0, 250).Select(i => $$"""{"id":"c{{i}}","symbol":"c","market_cap":1,"current_price":1}""")) + "]";

    [Test]
    public async Task GetListing_MorePagesThanTheBudgetOfAMinute_WaitsForTheNext()
    {
        var (server, harness, source) = Make(requestsPerMinute: 2);
        using var _ = harness;
        var started = harness.Clock.GetUtcNow();

        var listing = await harness.WaitAsync(source.GetListingAsync(null, 750));

        Assert.That((listing!.Entries.Count, server.Sends), Is.EqualTo((750, 3)));
        Assert.That(harness.Clock.GetUtcNow() - started, Is.GreaterThanOrEqualTo(TimeSpan.FromMinutes(1)).And.LessThan(TimeSpan.FromSeconds(70)));
    }

    [Test]
    public async Task GetListing_BudgetIsUsedUp_GivesUpSoonerThanTheNextMinute()
    {
        var (server, harness, source) = Make(requestsPerMinute: 2);
        using var _ = harness;
        await harness.WaitAsync(source.GetListingAsync(null, 500));
        var started = harness.Clock.GetUtcNow();

        await Assert.ThatAsync(() => harness.WaitAsync(source.GetListingAsync(null, 500)), Throws.TypeOf<OkxTransportException>()
            .With.Message.StartsWith("page 1 of the coins by market capitalisation did not arrive within 20 s"));
        Assert.That(server.Sends, Is.EqualTo(2));
        Assert.That(harness.Clock.GetUtcNow() - started, Is.LessThan(TimeSpan.FromSeconds(25)));
    }

    [Test]
    public async Task GetCategory_TakesNothingFromTheBudgetOfThePages()
    {
        var (server, harness, source) = Make(requestsPerMinute: 2);
        using var _ = harness;
        var started = harness.Clock.GetUtcNow();

        for (var i = 0; i < 6; i++)
            Assert.That(await harness.WaitAsync(source.GetCategoryAsync("stablecoins", CancellationToken.None)), Has.Count.EqualTo(250));
        await harness.WaitAsync(source.GetListingAsync(null, 500));

        Assert.That(server.Sends, Is.EqualTo(8));
        Assert.That(harness.Clock.GetUtcNow() - started, Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public async Task GetListing_ServerNamesAPause_IsTakenAtItsWord()
    {
        var (server, harness, source) = Make(8, StubServer.Reply("", HttpStatusCode.TooManyRequests, retryAfter: TimeSpan.FromSeconds(1)), StubServer.Reply(FullPage));
        using var _ = harness;
        var started = harness.Clock.GetUtcNow();

        var listing = await harness.WaitAsync(source.GetListingAsync(null, 500));

        Assert.That((listing!.Entries.Count, server.Sends), Is.EqualTo((500, 3)));
        Assert.That(harness.Clock.GetUtcNow() - started, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(1)).And.LessThan(TimeSpan.FromSeconds(8)), "and no minute of easing comes on top");
    }

    private static (StubServer Server, TransportHarness Harness, CoinGeckoSource Source) Make(
        int requestsPerMinute, params Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>[] script)
    {
        var server = new StubServer(script.Length == 0 ? [StubServer.Reply(FullPage)] : script);
        var harness = new TransportHarness(server);
        return (server, harness, new CoinGeckoSource(harness.Transport, requestsPerMinute, harness.Clock, NullLogger.Instance));
    }
}
