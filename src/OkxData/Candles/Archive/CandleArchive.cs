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

    /// <summary>How often a series is read again because a generation began meanwhile.</summary>
    private const int MaxReads = 3;

    private readonly ICandleCodec _codec = CandleCodecs.For(format);
    private readonly ICandleCodec _otherCodec = CandleCodecs.For(format == CandleFormat.Parquet ? CandleFormat.Json : CandleFormat.Parquet);

    /// <summary>What is held of the openings in the present generation, and the candles on either side of them.</summary>
    public async Task<ArchivedSeries> LoadAsync(SeriesKey key, Interval openings, CancellationToken cancellationToken)
    {
        var window = new Interval(key.Grid.Add(openings.Start, -1), key.Grid.Add(openings.End, 1));
        for (var read = 1; ; read++)
        {
            var (facts, areLost) = await CurrentFactsAsync(key, isLastRead: read == MaxReads, cancellationToken).ConfigureAwait(false);
            var segments = new List<CandleSegment>();
            foreach (var (name, _) in SegmentLayout.Of(key.Bar, window))
            {
                if ((await ReadSegmentAsync(key, name, facts.Number, cancellationToken).ConfigureAwait(false)).Segment is { } segment)
                    segments.Add(segment);
            }

            // What is far from all that is stored is compared with the newest of it.
            if (segments.TrueForAll(segment => segment.Candles.IsEmpty) && facts.LastFinished is { } last && !window.Contains(last))
            {
                var (name, _) = SegmentLayout.Of(key.Bar, new Interval(last, last + 1)).First();
                if ((await ReadSegmentAsync(key, name, facts.Number, cancellationToken).ConfigureAwait(false)).Segment is { } newest && !segments.Contains(newest))
                    segments.Add(newest);
            }

            if (read == MaxReads || segments.TrueForAll(segment => segment.Generation == facts.Number))
                return Compose([.. segments.Where(segment => segment.Generation == facts.Number)], facts, areLost);
        }
    }

    /// <summary>The newest candle that is held of a series, as far as its facts name it, and the generation that a next one would belong to.</summary>
    public async Task<(Candle? Candle, int Generation)> LoadLastAsync(SeriesKey key, CancellationToken cancellationToken)
    {
        var (facts, _) = await CurrentFactsAsync(key, isLastRead: false, cancellationToken).ConfigureAwait(false);
        if (facts.LastFinished is not { } last)
            return (null, facts.Number);

        var held = await LoadAsync(key, new Interval(last, key.Grid.Add(last, 1)), cancellationToken).ConfigureAwait(false);
        return (held.Candles.IsEmpty ? null : held.Candles.Span[^1], held.Facts.Number);
    }

    /// <summary>Adds rows and coverage to what is stored; where both have a row, the stored one stays.</summary>
    public async Task AddAsync(ArchiveAddition addition, CancellationToken cancellationToken)
    {
        // First what the rows are to be read with: killed between the two, it is the rows that are asked for again.
        if (!await AddFactsAsync(addition.Key, addition.Generation, known => known.Merge(addition.Facts), cancellationToken).ConfigureAwait(false))
            return;
        var openings = addition.Covered.Union(CandleRows.Openings(addition.Rows.Span, addition.Key.Grid));
        if (openings.IsEmpty)
            return;

        foreach (var (name, own) in SegmentLayout.Of(addition.Key.Bar, new Interval(openings[0].Start, openings[^1].End)))
        {
            if (!openings.Intersect(own).IsEmpty)
                await WriteSegmentAsync(addition.Key, name, Cut(addition, own), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Adds to what is known of a generation of a series.</summary>
    /// <returns>Whether it is the present generation; if not, nothing is added.</returns>
    public async Task<bool> AddFactsAsync(SeriesKey key, int generation, Func<SeriesFacts, SeriesFacts> learn, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxWriteAttempts; attempt++)
        {
            var (stored, version) = await ReadFactsAsync(key, cancellationToken).ConfigureAwait(false);
            var known = stored is null || stored.Number < generation ? await RecoverFactsAsync(key, cancellationToken).ConfigureAwait(false) : stored;
            if (known.Number != generation)
            {
                CandleLog.GenerationLeft(logger, key.ToString(), generation, known.Number);
                return false;
            }

            var learned = learn(known);
            var content = SeriesFactsCodec.Encode(learned);
            if (content.Span.SequenceEqual(SeriesFactsCodec.Encode(stored ?? SeriesFacts.None).Span))
                return true;

            var write = await store.TryWriteAsync(FactsKey(key), content, ConditionOf(version), cancellationToken).ConfigureAwait(false);
            if (!write.IsConflict)
                return true;
        }

        CandleLog.ArchiveOvertaken(logger, FactsKey(key), MaxWriteAttempts);
        return true;
    }

    private static ArchivedSeries Compose(List<CandleSegment> segments, SeriesFacts facts, bool areLost)
    {
        var candles = CandleRows.Join([.. segments.Select(segment => segment.Candles).Where(rows => !rows.IsEmpty)]);
        var covered = IntervalSet.Of(segments.SelectMany(segment => segment.Covered));

        // Where the facts are lost, nothing tells a gap at the beginning from a time before the listing: it is asked once more.
        if (areLost && !candles.IsEmpty)
            covered = covered.Intersect(new Interval(CandleRows.OpenMilliseconds(in candles.Span[0]), UnixTime.MaxMilliseconds));

        return new ArchivedSeries
        {
            Candles = candles,
            Covered = covered,
            Gaps = [.. segments.SelectMany(segment => segment.Gaps)],
            Facts = facts,
            FetchedAt = segments.Count == 0 ? null : segments.Max(segment => segment.FetchedAt),
        };
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
            Generation = addition.Generation,
        };
    }

    private async Task WriteSegmentAsync(SeriesKey key, string name, CandleSegment arrived, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxWriteAttempts; attempt++)
        {
            var stored = await ReadSegmentAsync(key, name, arrived.Generation, cancellationToken).ConfigureAwait(false);
            if (stored.IsLeftAlone || stored.Segment?.Generation > arrived.Generation)
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
