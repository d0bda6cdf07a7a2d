using NUnit.Framework;
using OkxData.Caching;

namespace OkxData.Tests.Caching;

[TestFixture]
public sealed class NullCacheStoreTests
{
    private static readonly NullCacheStore Store = NullCacheStore.Instance;

    [Test]
    public async Task EveryMethod_AfterAWrite_FindsNothing()
    {
        Assert.That(await Store.WriteAsync("a", new byte[] { 1 }, WriteCondition.Absent), Is.Not.Null);
        Assert.That(await Store.WriteAsync("a", new byte[] { 1 }, WriteCondition.Any), Is.Not.Null);
        Assert.That(await Store.WriteAsync("a", new byte[] { 1 }, WriteCondition.Matches("v")), Is.Null);
        Assert.That(await Store.ReadAsync("a"), Is.Null);
        Assert.That(await Store.RemoveAsync("a", WriteCondition.Any), Is.False);
        Assert.That(await Store.ListAsync("").ToListAsync(), Is.Empty);
    }

    [Test]
    public void ReadAsync_InvalidKey_IsRefusedAsByEveryStore() =>
        Assert.That(() => Store.ReadAsync("../a"), Throws.InstanceOf<ArgumentException>());
}
