using NUnit.Framework;
using OkxData.Caching;

namespace OkxData.Tests.Caching;

[TestFixture]
public sealed class InMemoryCacheStoreTests : CacheStoreContract
{
    private InMemoryCacheStore _store = null!;

    private protected override ICacheStore Store => _store;

    [SetUp]
    public void SetUp() => _store = new InMemoryCacheStore();
}
