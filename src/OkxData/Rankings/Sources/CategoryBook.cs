using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using OkxData.Caching;
using OkxData.Errors;
using OkxData.Rankings.Assets;

namespace OkxData.Rankings.Sources;

/// <summary>Which assets CoinGecko itself counts to a category that is left out. Asked rarely, in little time, and never a reason to fail. Thread-safe.</summary>
internal sealed class CategoryBook(
    CoinGeckoSource source, IReadOnlyList<string> categories, DocumentCache<CategoryMembers> cache, string folder, TimeProvider timeProvider, ILogger logger)
{
    private const int LargestCount = 20;

    private static readonly TimeSpan TimeToLive = TimeSpan.FromDays(7);
    private static readonly TimeSpan MaxStale = TimeSpan.FromDays(90);
    private static readonly TimeSpan LongestWalk = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan RestAfterFailure = TimeSpan.FromMinutes(5);

    // Also without a cache on disk, nobody wants six more requests for each ranking.
    private readonly ConcurrentDictionary<string, CachedDocument<CategoryMembers>> _held = new(StringComparer.Ordinal);
    private long _restUntil = DateTimeOffset.MinValue.UtcTicks;

    /// <summary>The entries, each with the first category that names it, and the categories that are not known.</summary>
    public async Task<(IReadOnlyList<MarketCapEntry> Entries, IReadOnlyList<string> Missing)> MarkAsync(IReadOnlyList<MarketCapEntry> entries, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(LongestWalk, timeProvider);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        var categoryOf = new Dictionary<string, string>(StringComparer.Ordinal);
        var missing = new List<string>();
        string? reason = null;
        var token = either.Token;
        foreach (var category in categories)
        {
            try
            {
                foreach (var id in (await MembersAsync(category, entries, token).ConfigureAwait(false)).Ids)
                    categoryOf.TryAdd(id, category);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // What is held of the others is still read; nothing more is asked.
                Rest();
                token = cancellationToken;
                missing.Add(category);
                reason ??= $"CoinGecko took more than {LongestWalk.TotalSeconds:0} s";
            }
            catch (OkxException exception)
            {
                missing.Add(category);
                reason ??= exception.Message;
            }
        }

        if (reason is not null)
            logger.CategoriesMissing(string.Join(", ", missing), reason);
        return ([.. entries.Select(entry => categoryOf.TryGetValue(entry.Id, out var category) ? entry with { Category = category } : entry)], missing);
    }

    private async Task<CategoryMembers> MembersAsync(string category, IReadOnlyList<MarketCapEntry> entries, CancellationToken cancellationToken)
    {
        if (_held.TryGetValue(category, out var held) && timeProvider.GetUtcNow() - held.FetchedAt < TimeToLive)
            return held.Value;

        var request = new DocumentRequest<CategoryMembers>
        {
            Key = $"{folder}/{category}.json",
            Subject = $"members of CoinGecko's category {category}",
            TimeToLive = TimeToLive,
            MaxStale = MaxStale,
            Fetch = (_, token) => FetchAsync(category, entries, token),
        };
        return (_held[category] = await cache.GetAsync(request, cancellationToken).ConfigureAwait(false)).Value;
    }

    /// <summary>Every failure is a transient one, so that members of last month stand in for those of today.</summary>
    private async Task<CategoryMembers> FetchAsync(string category, IReadOnlyList<MarketCapEntry> entries, CancellationToken cancellationToken)
    {
        // After a refusal, more requests make it worse.
        if (timeProvider.GetUtcNow().UtcTicks < Interlocked.Read(ref _restUntil))
            throw new OkxTransportException("CoinGecko refused or took too long a moment ago, and is not asked for more than the ranking itself");

        try
        {
            var ids = await source.GetCategoryAsync(category, cancellationToken).ConfigureAwait(false);
            return IsWholeMarket(ids, entries)
                ? throw new OkxPayloadException($"CoinGecko's category {category} names the largest assets of all, as if no category had been asked for")
                : new CategoryMembers(ids);
        }
        catch (OkxException exception)
        {
            Rest();
            throw exception.IsTransient ? exception : new OkxTransportException(exception.Message, exception);
        }
    }

    private static bool IsWholeMarket(IReadOnlyList<string> ids, IReadOnlyList<MarketCapEntry> entries)
    {
        var members = ids.ToHashSet(StringComparer.Ordinal);
        return members.Contains(AssetIdMap.Find("BTC", MarketCapIds.CoinGecko)!) || members.Contains(AssetIdMap.Find("ETH", MarketCapIds.CoinGecko)!)
            || (entries.Count > 2 && entries.OrderByDescending(entry => entry.MarketCap ?? 0).Take(LargestCount).All(entry => members.Contains(entry.Id)));
    }

    private void Rest() => Interlocked.Exchange(ref _restUntil, (timeProvider.GetUtcNow() + RestAfterFailure).UtcTicks);
}
