using OkxData.Caching;
using OkxData.Errors;

namespace OkxData.Catalog;

/// <summary>Removes what an order names, each file only in the version that was judged. One order, one instance.</summary>
internal sealed class CachePruner(ICacheStore store, CatalogPruneOrder order, TimeProvider timeProvider)
{
    private const string ChangedMeanwhile = "It has changed since it was looked at, so it stays.";

    private readonly CatalogReader _reader = new(store);
    private readonly CatalogSelection? _selection = order.Series?.Normalized() ?? (order.SeriesNotFetchedFor is null ? null : new CatalogSelection());
    private readonly DateTimeOffset _now = timeProvider.GetUtcNow();
    private readonly List<CatalogRemoval> _removals = [];

    public async Task<CatalogPruning> RunAsync(IProgress<CatalogProgress>? progress, CancellationToken cancellationToken)
    {
        var keys = new List<CatalogKey>();
        await foreach (var text in store.ListAsync("", cancellationToken).ConfigureAwait(false))
            keys.Add(CatalogKey.Parse(text));

        foreach (var (key, reason) in keys.Select(key => (key, ReasonFor(key))))
        {
            if (reason is not null)
                await RemoveAsync(key.Text, reason, cancellationToken).ConfigureAwait(false);
        }

        if (_selection is not null)
            await RemoveSeriesAsync(keys, progress, cancellationToken).ConfigureAwait(false);
        if (order.Orphans && store is FileCacheStore files)
            await RemoveOrphansAsync(files, cancellationToken).ConfigureAwait(false);
        return new CatalogPruning { IsDryRun = order.DryRun, Removals = [.. _removals.OrderBy(removal => removal.Key, StringComparer.Ordinal)] };
    }

    private string? ReasonFor(CatalogKey key)
    {
        if (order.Quarantine && key.Kind == CatalogKind.Quarantined)
            return "in quarantine";
        return key.SnapshotOf is { } taken && order.SnapshotsOlderThan is { } age && _now - taken > age
            ? FormattableString.Invariant($"a ranking's snapshot of {taken:yyyy-MM-dd}")
            : null;
    }

    private async Task RemoveSeriesAsync(List<CatalogKey> keys, IProgress<CatalogProgress>? progress, CancellationToken cancellationToken)
    {
        var ofSeries = keys.Where(key => key.Kind is CatalogKind.Segment or CatalogKind.Facts && _selection!.Holds(key.Series)).GroupBy(key => key.Series.Present).OrderBy(group => group.Key).ToList();
        var done = 0;
        foreach (var series in ofSeries)
        {
            var segments = series.Where(key => key.Kind == CatalogKind.Segment).OrderBy(key => key.Text, StringComparer.Ordinal).ToList();
            if (await IsMeantAsync(segments, cancellationToken).ConfigureAwait(false))
                await RemoveFilesAsync(series.Key, segments, [.. series.Where(key => key.Kind == CatalogKind.Facts)], cancellationToken).ConfigureAwait(false);
            progress?.Report(new CatalogProgress(++done, ofSeries.Count, series.Key.Root));
        }
    }

    /// <summary>Whether nothing has been received for long enough; of a series without a readable file that cannot be told, so it stays.</summary>
    private async Task<bool> IsMeantAsync(List<CatalogKey> segments, CancellationToken cancellationToken)
    {
        if (order.SeriesNotFetchedFor is not { } age)
            return true;

        var newest = long.MinValue;
        foreach (var key in segments)
        {
            if ((await _reader.ReadSegmentAsync(key, cancellationToken).ConfigureAwait(false)).Value is { } segment)
                newest = Math.Max(newest, segment.FetchedAt);
        }

        return newest > long.MinValue && newest < (_now - age).ToUnixTimeMilliseconds();
    }

    // The facts go last, and only when all rows have gone: rows that another process adds meanwhile keep what they are read with.
    private async Task RemoveFilesAsync(CatalogSeries series, List<CatalogKey> segments, List<CatalogKey> facts, CancellationToken cancellationToken)
    {
        var reason = $"a file of {series}";
        var all = true;
        foreach (var key in segments)
            all &= await RemoveAsync(key.Text, reason, cancellationToken).ConfigureAwait(false);
        foreach (var key in facts.Where(_ => all))
            await RemoveAsync(key.Text, reason, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Removes a file, or says that it would.</summary>
    /// <returns>Whether nothing stands there any more, or would.</returns>
    private async Task<bool> RemoveAsync(string key, string reason, CancellationToken cancellationToken)
    {
        var (_, item, unreadable) = await _reader.ReadItemAsync(key, cancellationToken).ConfigureAwait(false);
        if (item is null && unreadable is null)
            return true;

        return await TakeAsync(key, reason, item?.Content.Length ?? 0, unreadable?.Message, () =>
            store.RemoveAsync(key, WriteCondition.Matches(item!.Version), cancellationToken).AsTask()).ConfigureAwait(false);
    }

    private async Task RemoveOrphansAsync(FileCacheStore files, CancellationToken cancellationToken)
    {
        var orphans = new List<string>();
        await foreach (var stranger in files.ListStrangersAsync(cancellationToken).ConfigureAwait(false))
        {
            if (stranger.IsOrphan)
                orphans.Add(stranger.Path);
        }

        foreach (var orphan in orphans)
            await TakeAsync(orphan, "left by a killed process", 0, null, () => files.RemoveOrphanAsync(orphan, cancellationToken)).ConfigureAwait(false);
    }

    private async Task<bool> TakeAsync(string key, string reason, long bytes, string? problem, Func<Task<bool>> remove)
    {
        var isRemoved = false;
        if (problem is null && !order.DryRun)
        {
            try
            {
                isRemoved = await remove().ConfigureAwait(false);
                problem = isRemoved ? null : ChangedMeanwhile;
            }
            catch (OkxCacheException exception)
            {
                problem = exception.Message;
            }
        }

        _removals.Add(new CatalogRemoval { Key = key, Reason = reason, SizeBytes = bytes, IsRemoved = isRemoved, Problem = problem });
        return isRemoved || (order.DryRun && problem is null);
    }
}
