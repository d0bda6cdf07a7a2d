using Microsoft.Extensions.Logging;
using OkxData.Caching;
using OkxData.Candles.Codecs;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.Archive;

/// <summary>The stored series of one environment: closed candles, what is covered, and what is known beside that.</summary>
/// <remarks>Thread-safe, and safe under several processes: every write is conditional, and one that loses merges and tries again.</remarks>
internal sealed partial class CandleArchive(GuardedCacheStore store, string environment, CandleFormat format, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>How often a write that other writers keep overtaking is tried; what is not written is asked of OKX again.</summary>
    private const int MaxWriteAttempts = 20;

    private readonly ICandleCodec _codec = CandleCodecs.For(format);
    private readonly ICandleCodec _otherCodec = CandleCodecs.For(format == CandleFormat.Parquet ? CandleFormat.Json : CandleFormat.Parquet);

    /// <summary>What is held of the openings, and the candle before them.</summary>
    public async Task<ArchivedSeries> LoadAsync(SeriesKey key, Interval openings, CancellationToken cancellationToken)
    {
        var (facts, _) = await ReadFactsAsync(key, cancellationToken).ConfigureAwait(false);
        var segments = new List<CandleSegment>();
        var window = openings with { Start = key.Grid.Add(openings.Start, -1) };
        foreach (var (name, _) in SegmentLayout.Of(key.Bar, window))
        {
            if ((await ReadSegmentAsync(key, name, cancellationToken).ConfigureAwait(false)).Segment is { } segment)
                segments.Add(segment);
        }

        var candles = CandleRows.Join([.. segments.Select(segment => segment.Candles).Where(rows => !rows.IsEmpty)]);
        var covered = IntervalSet.Of(segments.SelectMany(segment => segment.Covered));

        // Where the facts are lost, nothing tells a gap at the beginning from a time before the listing: it is asked once more.
        if (facts is null && !candles.IsEmpty)
            covered = covered.Intersect(new Interval(CandleRows.OpenMilliseconds(in candles.Span[0]), UnixTime.MaxMilliseconds));

        return new ArchivedSeries
        {
            Candles = candles,
            Covered = covered,
            Gaps = [.. segments.SelectMany(segment => segment.Gaps)],
            Facts = facts ?? SeriesFacts.None,
            FetchedAt = segments.Count == 0 ? null : segments.Max(segment => segment.FetchedAt),
        };
    }

    /// <summary>The newest candle that is held of a series, as far as its facts name it; <see langword="null"/> when there is none.</summary>
    public async Task<Candle?> LoadLastAsync(SeriesKey key, CancellationToken cancellationToken)
    {
        var (facts, _) = await ReadFactsAsync(key, cancellationToken).ConfigureAwait(false);
        if (facts?.LastFinished is not { } last)
            return null;

        var held = await LoadAsync(key, new Interval(last, key.Grid.Add(last, 1)), cancellationToken).ConfigureAwait(false);
        return held.Candles.IsEmpty ? null : held.Candles.Span[^1];
    }

    /// <summary>Adds rows and coverage to what is stored; where both have a row, the stored one stays.</summary>
    public async Task AddAsync(ArchiveAddition addition, CancellationToken cancellationToken)
    {
        // First what the rows are to be read with: killed between the two, it is the rows that are asked for again.
        await AddFactsAsync(addition.Key, addition.Facts, cancellationToken).ConfigureAwait(false);
        var openings = addition.Covered.Union(CandleRows.Openings(addition.Rows.Span, addition.Key.Grid));
        if (openings.IsEmpty)
            return;

        foreach (var (name, own) in SegmentLayout.Of(addition.Key.Bar, new Interval(openings[0].Start, openings[^1].End)))
        {
            if (!openings.Intersect(own).IsEmpty)
                await WriteSegmentAsync(addition.Key, name, Cut(addition, own), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Adds to what is known of a series.</summary>
    public async Task AddFactsAsync(SeriesKey key, SeriesFacts learned, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxWriteAttempts; attempt++)
        {
            var (stored, version) = await ReadFactsAsync(key, cancellationToken).ConfigureAwait(false);
            var merged = (stored ?? SeriesFacts.None).Merge(learned);
            if (merged == stored)
                return;

            var write = await store.TryWriteAsync(FactsKey(key), SeriesFactsCodec.Encode(merged), ConditionOf(version), cancellationToken).ConfigureAwait(false);
            if (!write.IsConflict)
                return;
        }

        CandleLog.ArchiveOvertaken(logger, FactsKey(key), MaxWriteAttempts);
    }

    private static CandleSegment Cut(ArchiveAddition addition, Interval own)
    {
        var rows = CandleRows.Slice(addition.Rows, own);
        var covered = addition.Covered.Union(CandleRows.Openings(rows.Span, addition.Key.Grid)).Intersect(own);
        var gaps = covered.Except(CandleRows.Openings(rows.Span, addition.Key.Grid));
        return new CandleSegment
        {
            Symbol = addition.Key.Symbol,
            Bar = addition.Key.Bar,
            Candles = rows,
            Covered = covered,
            Gaps = [.. gaps.Select(gap => new KnownGap(gap, addition.ReceivedAt))],
            FetchedAt = addition.ReceivedAt,
        };
    }

    private async Task WriteSegmentAsync(SeriesKey key, string name, CandleSegment arrived, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxWriteAttempts; attempt++)
        {
            var stored = await ReadSegmentAsync(key, name, cancellationToken).ConfigureAwait(false);
            if (stored.IsOfNewerSchema)
                return;

            var merged = SegmentMerge.Merge(stored.Segment, arrived);
            if (stored is { Segment: { } segment, OtherVersion: null } && merged.HoldsSameAs(segment))
                return;

            var content = await _codec.EncodeAsync(merged, cancellationToken).ConfigureAwait(false);
            var write = await store.TryWriteAsync(SegmentKey(key, name, _codec), content, ConditionOf(stored.Version), cancellationToken).ConfigureAwait(false);
            if (write.IsConflict)
                continue;

            // Published first, removed after: a kill between the two leaves both, and reading merges them.
            if (write.IsWritten && stored.OtherVersion is { } other)
                await store.RemoveAsync(SegmentKey(key, name, _otherCodec), WriteCondition.Matches(other), cancellationToken).ConfigureAwait(false);
            return;
        }

        CandleLog.ArchiveOvertaken(logger, SegmentKey(key, name, _codec), MaxWriteAttempts);
    }
}
