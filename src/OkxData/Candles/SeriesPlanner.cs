using System.Globalization;
using OkxData.Caching;
using OkxData.Candles.Archive;
using OkxData.Candles.History;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles;

/// <summary>Loads what is held of series and decides what is to be asked for.</summary>
internal sealed class SeriesPlanner(CandleArchive? archive, CachingOptions caching, TimeProvider timeProvider)
{
    public PullTerms TermsFor(BarGrid grid, ClampMemory clamps) =>
        PullTerms.At(timeProvider.GetUtcNow().ToUnixTimeMilliseconds(), grid, clamps.PageSize(CandleSource.History));

    /// <summary>The plans of an order, in the order of its symbols.</summary>
    public async Task<SeriesPlan[]> PlanAsync(CandleOrder order, ClampMemory clamps, CancellationToken cancellationToken)
    {
        var plans = new SeriesPlan[order.Symbols.Count];
        var terms = TermsFor(order.Bar.ToGrid(), clamps);

        // Decoding is what takes time here, and it is work for the processors.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, plans.Length, parallel, async (index, token) =>
        {
            var key = new SeriesKey(order.Symbols[index], order.Bar);
            try
            {
                plans[index] = await PlanOneAsync(key, order, order.Openings, order.Generation, newer: null, terms, token).ConfigureAwait(false);
            }
            catch (OkxCacheException failure)
            {
                plans[index] = new SeriesPlan(new SeriesDownload(key, default, ArchivedSeries.Nothing, IntervalSet.Empty, terms), null) { Failure = failure };
            }
        }).ConfigureAwait(false);
        return plans;
    }

    /// <exception cref="OkxCacheException">A generation that is needed is not stored.</exception>
    private async Task<SeriesPlan> PlanOneAsync(SeriesKey key, CandleOrder order, Interval openings, int? generation, SeriesKey? newer, PullTerms terms, CancellationToken cancellationToken)
    {
        var archived = await LoadAsync(key, openings, generation, newer, cancellationToken).ConfigureAwait(false);
        SeriesPlan? older = null;
        var wanted = openings;
        if (archived.Facts.Join is { } join && openings.Start < join.At && !order.IsOwnOnly)
        {
            var before = openings with { End = Math.Min(openings.End, join.At) };
            older = await PlanOneAsync(key with { Symbol = join.Symbol }, order, before, join.Generation, newer: key, terms, cancellationToken).ConfigureAwait(false);
            wanted = openings with { Start = before.End };
        }

        var closed = ClosedBecause(key, archived, generation, isJoined: newer is not null);
        var isEarlier = generation is not null && archived.IsEarlier;
        var todo = closed is null ? TodoOf(wanted, archived, key.Grid) : IntervalSet.Empty;
        return new SeriesPlan(new SeriesDownload(key, wanted, archived, todo, terms) { ClosedBecause = closed }, older) { IsEarlier = isEarlier };
    }

    private IntervalSet TodoOf(Interval wanted, ArchivedSeries archived, BarGrid grid)
    {
        if (wanted.IsEmpty)
            return IntervalSet.Empty;

        var now = timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        var keptSince = caching.Mode == CacheMode.Offline ? long.MinValue : now - (long)caching.GapRetryAfter.TotalMilliseconds;
        var settled = caching.Mode == CacheMode.Refresh ? IntervalSet.Of(archived.Earlier) : archived.SettledSince(keptSince);
        return PagePlanner.Todo(wanted, settled, archived, grid);
    }

    /// <summary>Why a series is only read: an earlier generation, one that was asked for as it is held, or the older part of a joined one that OKX no longer knows.</summary>
    private static string? ClosedBecause(SeriesKey key, ArchivedSeries archived, int? generation, bool isJoined)
    {
        if (archived.IsEarlier)
            return string.Create(CultureInfo.InvariantCulture, $"generation {archived.Facts.Number} of {key.Symbol} has ended");
        if (generation is not null && !isJoined)
            return string.Create(CultureInfo.InvariantCulture, $"generation {generation} was asked for as it is stored");
        return isJoined && archived.Facts.DelistedSince is not null ? $"OKX no longer knows {key.Symbol}" : null;
    }

    private async Task<ArchivedSeries> LoadAsync(SeriesKey key, Interval openings, int? generation, SeriesKey? newer, CancellationToken cancellationToken)
    {
        if (generation is not { } wanted)
            return archive is null ? ArchivedSeries.Nothing : await archive.LoadAsync(key, openings, cancellationToken).ConfigureAwait(false);

        var held = archive is null ? null : await archive.LoadGenerationAsync(key, openings, wanted, cancellationToken).ConfigureAwait(false);
        if (held is not null)
            return held;

        // Offline, a joined name of which nothing is held is missing as any other is, and is listed with what else is.
        if (newer is not null && caching.Mode == CacheMode.Offline)
            return ArchivedSeries.Nothing;
        throw newer is { } joined ? LostJoin(joined, key, wanted, openings) : new OkxCacheException(string.Create(CultureInfo.InvariantCulture, $"The cache holds no generation {wanted} of {key}; CandleSeries.Generation tells the present one, and earlier ones have the numbers below it.")) { Location = key.ToString() };
    }

    /// <summary>Not fetched unasked: what OKX has now under the older name may be another asset, and nothing is held that would tell.</summary>
    private static OkxCacheException LostJoin(SeriesKey newer, SeriesKey older, int generation, Interval openings) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{newer} is joined to generation {generation} of {older}, of which the cache holds nothing any more. Join the two anew with JoinHistoryAsync, which asks OKX for it, or undo it with SeparateHistoryAsync."))
        {
            Location = older.ToString(),
            Missing = [openings.ToRange()],
        };
}
