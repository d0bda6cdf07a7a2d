using System.Runtime.CompilerServices;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;
using OkxData.Caching;
using OkxData.Rankings;
using OkxData.Tests.Caching;

namespace OkxData.Tests.Rankings;

public sealed class RankingSnapshotsTests
{
    private static readonly DateTimeOffset Start = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Test]
    public void Find_AnyTimes_IsTheNewestAtOrBefore() =>
        Gen.Select(Gen.Int[0, 1500].Array[0, 12], Gen.Int[0, 1500]).Sample((days, asked) =>
        {
            var (snapshots, _) = Make(days.Select(day => Start.AddDays(day)));
            var asOf = Start.AddDays(asked);

            var found = snapshots.FindAsync(asOf.ToOffset(TimeSpan.FromHours(9)), CancellationToken.None).Result;

            return found?.FetchedAt == days.Where(day => day <= asked).Select(day => (DateTimeOffset?)Start.AddDays(day)).Max()
                && found?.Evidence.Source == (found is null ? null : $"{found.Value.FetchedAt:O}");
        }, iter: 200);

    [Test]
    public async Task Find_YearsOfSnapshots_ListsOneMonth()
    {
        var (snapshots, store) = Make(Enumerable.Range(0, 2000).Select(day => Start.AddDays(day)));

        var found = await snapshots.FindAsync(Start.AddDays(1000.5), CancellationToken.None);

        Assert.That(found!.Value.FetchedAt, Is.EqualTo(Start.AddDays(1000)));
        Assert.That(store.Listed, Is.EqualTo(30), "the days of September 2022");
    }

    private static (RankingSnapshots Snapshots, CountingStore Store) Make(IEnumerable<DateTimeOffset> times)
    {
        var store = new CountingStore();
        var snapshots = new RankingSnapshots(new DocumentStore<RankingEvidence>(store, RankingJsonContext.Default.RankingEvidence, TimeProvider.System, NullLogger.Instance), "global/rankings");
        foreach (var time in times)
            snapshots.AddAsync(time, new RankingEvidence { Source = $"{time:O}", Ids = MarketCapIds.Other, Entries = [], Pairs = [] }, CancellationToken.None).AsTask().Wait();
        return (snapshots, store);
    }

    private sealed class CountingStore : ICacheStore
    {
        private readonly InMemoryCacheStore _inner = new();

        public int Listed { get; private set; }

        public ValueTask<CacheItem?> ReadAsync(string key, CancellationToken cancellationToken = default) => _inner.ReadAsync(key, cancellationToken);

        public ValueTask<string?> WriteAsync(string key, ReadOnlyMemory<byte> content, WriteCondition condition, CancellationToken cancellationToken = default) =>
            _inner.WriteAsync(key, content, condition, cancellationToken);

        public ValueTask<bool> RemoveAsync(string key, WriteCondition condition, CancellationToken cancellationToken = default) => _inner.RemoveAsync(key, condition, cancellationToken);

        public async IAsyncEnumerable<string> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            await foreach (var key in _inner.ListAsync(prefix, cancellationToken))
            {
                Listed++;
                yield return key;
            }
        }
    }
}
