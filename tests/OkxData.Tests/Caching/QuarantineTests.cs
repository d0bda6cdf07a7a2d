using System.Text.Json;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using Moq;
using NUnit.Framework;
using OkxData.Caching;

namespace OkxData.Tests.Caching;

[TestFixture]
public sealed class QuarantineTests
{
    private const string Key = "global/candles/bar=1Dutc/symbol=BTC-USDT/all.parquet";

    private static readonly byte[] Damaged = [1, 2, 3];
    private static readonly byte[] Good = [4, 5, 6];

    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly InMemoryCacheStore _store = new();

    [TearDown]
    public async Task TearDown()
    {
        await foreach (var key in _store.ListAsync(""))
            await _store.RemoveAsync(key, WriteCondition.Any);
    }

    [Test]
    public async Task MoveAsync_DamagedFile_StandsAsideWithItsReason()
    {
        var item = await WrittenAsync(_store, Damaged);

        Assert.That(await Quarantine.MoveAsync(_store, Key, item, "checksum \"differs\"", _clock, CancellationToken.None), Is.EqualTo(QuarantineOutcome.Moved));

        var place = Quarantine.PlaceOf(Key, ContentVersion.Of(Damaged));
        Assert.That(await _store.ListAsync("").ToListAsync(), Is.EquivalentTo(new[] { place + ".damaged", place + ".reason.json" }));
        Assert.That(place, Does.StartWith(".quarantine/" + Key));
        Assert.That((await _store.ReadAsync(place + ".damaged"))!.Content.ToArray(), Is.EqualTo(Damaged));

        using var reason = JsonDocument.Parse((await _store.ReadAsync(place + ".reason.json"))!.Content);
        Assert.That(reason.RootElement.GetProperty("key").GetString(), Is.EqualTo(Key));
        Assert.That(reason.RootElement.GetProperty("reason").GetString(), Is.EqualTo("checksum \"differs\""));
        Assert.That(reason.RootElement.GetProperty("foundAt").GetDateTimeOffset(), Is.EqualTo(_clock.GetUtcNow()));
    }

    [Test]
    public async Task MoveAsync_AnotherWriterReplacedIt_TheGoodFileStays()
    {
        var item = await WrittenAsync(_store, Damaged);
        await _store.WriteAsync(Key, Good, WriteCondition.Any);

        Assert.That(await Quarantine.MoveAsync(_store, Key, item, "damaged", _clock, CancellationToken.None), Is.EqualTo(QuarantineOutcome.Replaced));
        Assert.That((await _store.ReadAsync(Key))!.Content.ToArray(), Is.EqualTo(Good));
    }

    [Test]
    public async Task MoveAsync_SameDamageTwice_IsKeptOnce()
    {
        for (var i = 0; i < 2; i++)
            await Quarantine.MoveAsync(_store, Key, await WrittenAsync(_store, Damaged), "damaged", _clock, CancellationToken.None);

        Assert.That(await _store.ListAsync(Quarantine.Prefix).CountAsync(), Is.EqualTo(2));
    }

    [Test]
    public async Task MoveAsync_QuarantineCannotBeWritten_TheDamagedFileStays()
    {
        var store = new Mock<ICacheStore>(MockBehavior.Strict);
        store.Setup(s => s.WriteAsync(It.IsAny<string>(), It.IsAny<ReadOnlyMemory<byte>>(), It.IsAny<WriteCondition>(), It.IsAny<CancellationToken>()))
            .ThrowsAsync(new IOException("disk full"));

        var moved = await Quarantine.MoveAsync(new GuardedCacheStore(store.Object, new FakeLogger()), Key, new CacheItem(Damaged, "v"), "damaged", _clock, CancellationToken.None);

        Assert.That(moved, Is.EqualTo(QuarantineOutcome.Stuck));
        store.Verify(s => s.RemoveAsync(It.IsAny<string>(), It.IsAny<WriteCondition>(), It.IsAny<CancellationToken>()), Times.Never);
    }

    [Test]
    public async Task MoveAsync_StoreWithVersionsOfItsOwn_RemovesByThoseVersions()
    {
        var store = new Mock<ICacheStore>();
        store.Setup(s => s.WriteAsync(It.IsAny<string>(), It.IsAny<ReadOnlyMemory<byte>>(), It.IsAny<WriteCondition>(), It.IsAny<CancellationToken>()))
            .ReturnsAsync("\"etag/2\"");
        store.Setup(s => s.RemoveAsync(Key, WriteCondition.Matches("\"etag/1\""), It.IsAny<CancellationToken>())).ReturnsAsync(true);

        Assert.That(await Quarantine.MoveAsync(store.Object, Key, new CacheItem(Damaged, "\"etag/1\""), "damaged", _clock, CancellationToken.None), Is.EqualTo(QuarantineOutcome.Moved));
    }

    [Test]
    public void PlaceOf_LongestKey_IsStillAKey()
    {
        var key = string.Join('/', Enumerable.Repeat("aaaaaaa", CacheKey.MaxLength / 8));

        Assert.That(CacheKey.IsValid(Quarantine.PlaceOf(key, new string('0', 32)) + ".reason.json"), Is.True);
        Assert.That(Quarantine.PlaceOf(key, "0"), Is.Not.EqualTo(Quarantine.PlaceOf(key[1..], "0")));
    }

    private static async Task<CacheItem> WrittenAsync(InMemoryCacheStore store, byte[] content)
    {
        await store.WriteAsync(Key, content, WriteCondition.Any);
        return (await store.ReadAsync(Key))!;
    }
}
