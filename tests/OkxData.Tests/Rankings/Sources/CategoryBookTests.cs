using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Rankings;
using OkxData.Rankings.Sources;
using OkxData.Tests.Caching;
using OkxData.Tests.Http;

namespace OkxData.Tests.Rankings.Sources;

public sealed class CategoryBookTests
{
    private static readonly MarketCapEntry[] Entries = [Entry("bitcoin"), Entry("note"), Entry("other")];

    [Test]
    [CancelAfter(60_000)]
    public async Task Mark_ServerHangs_TakesFiveSecondsOnceAndUsesWhatIsHeld()
    {
        var server = new StubServer(StubServer.Reply("""[{"id":"note","symbol":"n"}]"""), StubServer.Hang);
        using var harness = new TransportHarness(server);
        var store = new InMemoryCacheStore();
        await harness.WaitAsync(Make(harness, store, "stablecoins").MarkAsync(Entries, CancellationToken.None));
        var book = Make(harness, store, "wrapped-tokens", "stablecoins", "tokenized-gold");
        var started = harness.Clock.GetUtcNow();

        var (entries, missing) = await harness.WaitAsync(book.MarkAsync(Entries, CancellationToken.None), 500);
        var took = harness.Clock.GetUtcNow() - started;
        var again = await harness.WaitAsync(book.MarkAsync(Entries, CancellationToken.None), 500);

        Assert.That(entries.Select(entry => entry.Category), Is.EqualTo(new[] { null, "stablecoins", null }));
        Assert.That(missing, Is.EqualTo(new[] { "wrapped-tokens", "tokenized-gold" }));
        Assert.That(again.Missing, Is.EqualTo(missing));
        Assert.That(took, Is.GreaterThanOrEqualTo(TimeSpan.FromSeconds(5)).And.LessThan(TimeSpan.FromSeconds(20)), "virtual time runs ahead of a busy machine");
        Assert.That(server.Sends, Is.EqualTo(2), "one, and the one that hung");
    }

    private static CategoryBook Make(TransportHarness harness, InMemoryCacheStore store, params string[] categories) => new(
        new CoinGeckoSource(harness.Transport, 8, harness.Clock, NullLogger.Instance),
        categories,
        new DocumentCache<CategoryMembers>(store, RankingJsonContext.Default.CategoryMembers, CacheMode.Normal, harness.Clock, NullLogger.Instance),
        "global/rankings/categories",
        harness.Clock,
        NullLogger.Instance);

    private static MarketCapEntry Entry(string id) => new() { Id = id, Ticker = id, MarketCap = 1, Price = 1 };
}
