using OkxData.Caching;
using OkxData.Candles;
using OkxData.Candles.Archive;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Catalog;

/// <summary>What stands under a key: nothing, a value, or a finding in its place.</summary>
internal readonly record struct CatalogRead<T>(T? Value, CacheItem? Item, CatalogFinding? Finding)
    where T : class;

/// <summary>Reads files of a cache through the archive's codecs, and changes none: what cannot be used is said, not put aside.</summary>
internal sealed class CatalogReader(ICacheStore store)
{
    // Back and forth twice, before it counts as removed.
    private const int MaxLooks = 4;

    public async Task<CatalogRead<CandleSegment>> ReadSegmentAsync(CatalogKey key, CancellationToken cancellationToken)
    {
        var (_, item, unreadable) = await ReadItemAsync(key.Text, cancellationToken).ConfigureAwait(false);
        if (item is null)
            return new CatalogRead<CandleSegment>(null, null, unreadable);

        try
        {
            var segment = await key.Codec.DecodeAsync(item.Content, cancellationToken).ConfigureAwait(false);
            return FindMisplaced(key, segment) is { } fault
                ? new CatalogRead<CandleSegment>(null, item, CatalogFindings.Misplaced(key.Text, fault))
                : new CatalogRead<CandleSegment>(segment, item, null);
        }
        catch (CorruptPayloadException damage)
        {
            return new CatalogRead<CandleSegment>(null, item, CatalogFindings.Of(key.Text, damage));
        }
    }

    /// <summary>Reads a segment also where a conversion has moved it since it was listed: one format goes only once the other is there.</summary>
    public async Task<(CatalogKey Key, CatalogRead<CandleSegment> Read)> FollowSegmentAsync(CatalogKey key, CancellationToken cancellationToken)
    {
        for (var look = 0; look < MaxLooks; look++)
        {
            var read = await ReadSegmentAsync(key, cancellationToken).ConfigureAwait(false);
            if (read.Item is not null || read.Finding is not null)
                return (key, read);
            key = key.In(key.OtherFormat);
        }

        return (key, default);
    }

    public Task<CatalogRead<SeriesFacts>> ReadFactsAsync(CatalogSeries series, CancellationToken cancellationToken) =>
        ReadFactsAsync(CatalogKey.FactsOf(series).Text, cancellationToken);

    public async Task<CatalogRead<SeriesFacts>> ReadFactsAsync(string key, CancellationToken cancellationToken)
    {
        var (_, item, unreadable) = await ReadItemAsync(key, cancellationToken).ConfigureAwait(false);
        if (item is null)
            return new CatalogRead<SeriesFacts>(null, null, unreadable);

        try
        {
            return new CatalogRead<SeriesFacts>(SeriesFactsCodec.Decode(item.Content.Span), item, null);
        }
        catch (CorruptPayloadException damage)
        {
            return new CatalogRead<SeriesFacts>(null, item, CatalogFindings.Of(key, damage));
        }
    }

    /// <summary>The bytes; a store that throws what it likes becomes a finding.</summary>
    public async Task<CatalogRead<CacheItem>> ReadItemAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            var item = await store.ReadAsync(key, cancellationToken).ConfigureAwait(false);
            return new CatalogRead<CacheItem>(item, item, null);
        }
        catch (Exception exception) when (exception is not ArgumentException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            return new CatalogRead<CacheItem>(null, null, CatalogFindings.Unreadable(key, exception));
        }
    }

    /// <summary>The files of each series that a selection holds, ordered by series and, within one, by time.</summary>
    public async Task<List<(CatalogSeries Series, List<CatalogKey> Segments)>> FindSeriesAsync(CatalogSelection selection, CancellationToken cancellationToken)
    {
        var found = new Dictionary<CatalogSeries, List<CatalogKey>>();
        await foreach (var text in store.ListAsync(PrefixOf(selection), cancellationToken).ConfigureAwait(false))
        {
            var key = CatalogKey.Parse(text);
            if (key.Kind is not (CatalogKind.Segment or CatalogKind.Facts) || !selection.Holds(key.Series))
                continue;
            if (!found.TryGetValue(key.Series, out var segments))
                found.Add(key.Series, segments = []);
            if (key.Kind == CatalogKind.Segment)
                segments.Add(key);
        }

        foreach (var segments in found.Values)
            segments.Sort((a, b) => string.CompareOrdinal(a.Text, b.Text));
        return [.. found.OrderBy(pair => pair.Key).Select(pair => (pair.Key, pair.Value))];
    }

    /// <summary>What the keys of all that is selected begin with, as far as it is the same.</summary>
    private static string PrefixOf(CatalogSelection selection)
    {
        if (selection.Environment is not { } environment)
            return "";

        var prefix = $"{environment}/{CatalogSeries.CandlesFolder}/";
        if (selection.Bars is not [var bar])
            return prefix;

        prefix += $"bar={bar.ToCode()}/";
        return selection.Symbols is [var symbol] ? $"{prefix}symbol={symbol}/" : prefix;
    }

    private static string? FindMisplaced(CatalogKey key, CandleSegment segment)
    {
        if (segment.Symbol != key.Series.Key.Symbol || segment.Bar != key.Series.Key.Bar)
            return $"It holds {new SeriesKey(segment.Symbol, segment.Bar)} and stands in the place of {key.Series.Key}.";
        if (key.Series.Generation is { } generation && segment.Generation != generation)
            return FormattableString.Invariant($"It holds generation {segment.Generation} and stands in the place of generation {generation}.");

        return segment.Covered.Count > 0 && (segment.Covered[0].Start < key.Openings.Start || segment.Covered[^1].End > key.Openings.End)
            ? $"It holds openings of {new Interval(segment.Covered[0].Start, segment.Covered[^1].End).ToRange()}, and its name stands for {key.Openings.ToRange()}."
            : null;
    }
}
