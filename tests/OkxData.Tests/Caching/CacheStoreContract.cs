using NUnit.Framework;
using OkxData.Caching;
using OkxData.Errors;

namespace OkxData.Tests.Caching;

/// <summary>What every store promises; one fixture a store derives from it.</summary>
public abstract partial class CacheStoreContract
{
    private const string Key = "global/candles/bar=1Dutc/symbol=BTC-USDT/all.parquet";

    private static readonly byte[] First = [1, 2, 3];
    private static readonly byte[] Second = [4, 5, 6, 7];

    /// <summary>The store under test, holding nothing.</summary>
    private protected abstract ICacheStore Store { get; }

    [Test]
    public async Task ReadAsync_NothingWritten_IsNull() =>
        Assert.That(await Store.ReadAsync(Key), Is.Null);

    [Test]
    public async Task WriteAsync_Absent_IsReadBackWithItsVersion()
    {
        var version = await Store.WriteAsync(Key, First, WriteCondition.Absent);
        var item = await Store.ReadAsync(Key);

        Assert.That(version, Is.Not.Null.And.Not.Empty);
        Assert.That(item!.Content.ToArray(), Is.EqualTo(First));
        Assert.That(item.Version, Is.EqualTo(version));
    }

    [Test]
    public async Task WriteAsync_EmptyContent_IsNotTheSameAsNothing()
    {
        await Store.WriteAsync(Key, ReadOnlyMemory<byte>.Empty, WriteCondition.Any);
        var item = await Store.ReadAsync(Key);

        Assert.That(item, Is.Not.Null);
        Assert.That(item!.Content.Length, Is.Zero);
        Assert.That(await Store.WriteAsync(Key, First, WriteCondition.Absent), Is.Null);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(65_535)]
    [TestCase(65_536)]
    [TestCase(65_537)]
    [TestCase(3_000_000)]
    public async Task WriteAsync_AnyLength_ComesBackEqual(int length)
    {
        var content = new byte[length];
        new Random(length).NextBytes(content);

        await Store.WriteAsync(Key, content, WriteCondition.Any);

        Assert.That((await Store.ReadAsync(Key))!.Content.Span.SequenceEqual(content), Is.True);
    }

    [Test]
    public async Task WriteAsync_AbsentOverSomething_WritesNothing()
    {
        await Store.WriteAsync(Key, First, WriteCondition.Any);

        Assert.That(await Store.WriteAsync(Key, Second, WriteCondition.Absent), Is.Null);
        Assert.That(await ContentAsync(Key), Is.EqualTo(First));
    }

    [Test]
    public async Task WriteAsync_Matches_WritesOnlyOverThatVersion()
    {
        var first = await Store.WriteAsync(Key, First, WriteCondition.Any);
        var second = await Store.WriteAsync(Key, Second, WriteCondition.Matches(first!));

        Assert.That(second, Is.Not.Null.And.Not.EqualTo(first));
        Assert.That(await Store.WriteAsync(Key, new byte[] { 9 }, WriteCondition.Matches(first!)), Is.Null);
        Assert.That(await ContentAsync(Key), Is.EqualTo(Second));
    }

    [Test]
    public async Task WriteAsync_MatchesWhereNothingStands_WritesNothing()
    {
        Assert.That(await Store.WriteAsync(Key, First, WriteCondition.Matches("whatever")), Is.Null);
        Assert.That(await Store.ReadAsync(Key), Is.Null);
    }

    [Test]
    public async Task WriteAsync_EqualContent_HasEqualVersion()
    {
        var first = await Store.WriteAsync(Key, First, WriteCondition.Any);
        await Store.WriteAsync(Key, Second, WriteCondition.Any);
        var third = await Store.WriteAsync(Key, (byte[])First.Clone(), WriteCondition.Any);

        Assert.That(third, Is.EqualTo(first));
        Assert.That(await Store.WriteAsync(Key, Second, WriteCondition.Matches(first!)), Is.Not.Null);
    }

    [Test]
    public async Task WriteAsync_BufferReusedAfterwards_WhatIsKeptStays()
    {
        var buffer = (byte[])First.Clone();
        await Store.WriteAsync(Key, buffer, WriteCondition.Any);
        buffer.AsSpan().Clear();

        Assert.That(await ContentAsync(Key), Is.EqualTo(First));
    }

    [Test]
    public async Task RemoveAsync_Matches_TakesOnlyThatVersion()
    {
        var first = await Store.WriteAsync(Key, First, WriteCondition.Any);
        var second = await Store.WriteAsync(Key, Second, WriteCondition.Any);

        Assert.That(await Store.RemoveAsync(Key, WriteCondition.Matches(first!)), Is.False);
        Assert.That(await ContentAsync(Key), Is.EqualTo(Second));
        Assert.That(await Store.RemoveAsync(Key, WriteCondition.Matches(second!)), Is.True);
        Assert.That(await Store.ReadAsync(Key), Is.Null);
    }

    [Test]
    public async Task RemoveAsync_NothingThere_IsFalse()
    {
        Assert.That(await Store.RemoveAsync(Key, WriteCondition.Any), Is.False);
        Assert.That(await Store.RemoveAsync(Key, WriteCondition.Absent), Is.False);
    }

    [Test]
    public async Task RemoveAsync_AbsentOverSomething_RemovesNothing()
    {
        await Store.WriteAsync(Key, First, WriteCondition.Any);

        Assert.That(await Store.RemoveAsync(Key, WriteCondition.Absent), Is.False);
        Assert.That(await Store.RemoveAsync(Key, WriteCondition.Any), Is.True);
    }

    [TestCase("")]
    [TestCase("global")]
    [TestCase("global/")]
    [TestCase("global/candles/bar=1")]
    [TestCase("global/candles/bar=1Dutc/symbol=BTC-USDT/")]
    [TestCase("global/candles/bar=1Dutc/symbol=BTC-USDT/all.parquet")]
    [TestCase(".quarantine/")]
    [TestCase("g")]
    [TestCase("GLOBAL")]
    [TestCase("nowhere/")]
    [TestCase("global/candles/bar=1Dutc/symbol=BTC-USDT/all.parquet/")]
    [TestCase("../")]
    [TestCase("/")]
    [TestCase("a//b")]
    [TestCase("~")]
    public async Task ListAsync_Prefix_GivesTheKeysThatBeginWithIt(string prefix)
    {
        string[] keys =
        [
            "global/candles/bar=1Dutc/symbol=BTC-USDT/all.parquet",
            "global/candles/bar=1Dutc/symbol=BTC-USDT/.series.json",
            "global/candles/bar=1Dutc/symbol=BTC-USDT-SWAP/all.parquet",
            "global/candles/bar=1H/symbol=BTC-USDT/2025.parquet",
            "global/instruments/Spot.json",
            "globally.json",
            ".quarantine/global/instruments/Spot.json.0.damaged",
        ];
        foreach (var key in keys)
            await Store.WriteAsync(key, First, WriteCondition.Absent);

        Assert.That(await KeysAsync(prefix), Is.EquivalentTo(keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal))));
    }

    [Test]
    public async Task ListAsync_AfterRemoval_NamesItNoMore()
    {
        await Store.WriteAsync(Key, First, WriteCondition.Any);
        await Store.RemoveAsync(Key, WriteCondition.Any);

        Assert.That(await KeysAsync(""), Is.Empty);
    }

    [Test]
    public async Task WriteAsync_KeysThatDifferByCase_AreKeptApartOrRefused()
    {
        await Store.WriteAsync("a/bar=1m", First, WriteCondition.Any);
        try
        {
            await Store.WriteAsync("a/bar=1M", Second, WriteCondition.Any);
            Assert.That(await ContentAsync("a/bar=1M"), Is.EqualTo(Second));
        }
        catch (OkxCacheException exception)
        {
            Assert.That(exception.Message, Does.Contain("case"));
        }

        Assert.That(await ContentAsync("a/bar=1m"), Is.EqualTo(First));
    }

    [TestCaseSource(typeof(CacheKeyTests), nameof(CacheKeyTests.Invalid))]
    public void EveryMethod_InvalidKey_IsRefusedByName(string key)
    {
        Assert.That(async () => await Store.ReadAsync(key), Throws.InstanceOf<ArgumentException>());
        Assert.That(async () => await Store.WriteAsync(key, First, WriteCondition.Any), Throws.InstanceOf<ArgumentException>());
        Assert.That(async () => await Store.RemoveAsync(key, WriteCondition.Any), Throws.InstanceOf<ArgumentException>());
    }

    [Test]
    public async Task EveryMethod_CancelledBefore_ThrowsAndChangesNothing()
    {
        await Store.WriteAsync(Key, First, WriteCondition.Any);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        Assert.That(async () => await Store.ReadAsync(Key, source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await Store.WriteAsync(Key, Second, WriteCondition.Any, source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(async () => await Store.RemoveAsync(Key, WriteCondition.Any, source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await ContentAsync(Key), Is.EqualTo(First));
        Assert.That(await KeysAsync(""), Is.EqualTo(new[] { Key }));
    }

    private async Task<byte[]?> ContentAsync(string key) => (await Store.ReadAsync(key))?.Content.ToArray();

    private async Task<List<string>> KeysAsync(string prefix) => await Store.ListAsync(prefix).ToListAsync();
}
