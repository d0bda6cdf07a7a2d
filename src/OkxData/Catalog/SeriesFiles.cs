using OkxData.Caching;
using OkxData.Candles;
using OkxData.Candles.Archive;
using OkxData.Time;

namespace OkxData.Catalog;

/// <summary>All that the files of one series say together.</summary>
internal sealed record SeriesFiles
{
    public required CatalogSeries Series { get; init; }

    /// <summary>The segments that could be read, oldest first; one that stands in both formats is joined.</summary>
    public required IReadOnlyList<CandleSegment> Segments { get; init; }

    public required SeriesFacts Facts { get; init; }

    public required IReadOnlyList<CatalogFinding> Findings { get; init; }

    public required int Files { get; init; }

    public required long SizeBytes { get; init; }

    public required CandleFormat? Format { get; init; }

    /// <summary>Reads the files of a series that hold openings of an interval.</summary>
    public static async Task<SeriesFiles> ReadAsync(CatalogReader reader, CatalogSeries series, IEnumerable<CatalogKey> keys, Interval openings, CancellationToken cancellationToken)
    {
        var segments = new SortedDictionary<string, CandleSegment>(StringComparer.Ordinal);
        var findings = new List<CatalogFinding>();
        var formats = new HashSet<CandleFormat>();
        var (files, bytes) = (0, 0L);
        foreach (var key in keys.Where(key => !key.Openings.Intersect(openings).IsEmpty))
        {
            var (segment, item, finding) = await reader.ReadSegmentAsync(key, cancellationToken).ConfigureAwait(false);
            if (finding is not null)
                findings.Add(finding);
            if (item is null && finding is null)
                continue;

            files++;
            bytes += item?.Content.Length ?? 0;
            formats.Add(key.Format);
            if (segment is not null)
                segments[key.Segment] = segments.TryGetValue(key.Segment, out var other) ? Join(other, segment) : segment;
        }

        var facts = await reader.ReadFactsAsync(series, cancellationToken).ConfigureAwait(false);
        return new SeriesFiles
        {
            Series = series,
            Segments = [.. segments.Values],
            Facts = facts.Value ?? SeriesFacts.None,
            Findings = findings,
            Files = files,
            SizeBytes = bytes + (facts.Item?.Content.Length ?? 0),
            Format = formats.Count == 1 ? formats.Single() : null,
        };
    }

    // A move to where an earlier generation is kept may have been interrupted, or be under way.
    private static CandleSegment Join(CandleSegment one, CandleSegment other) =>
        one.Generation == other.Generation ? SegmentMerge.Merge(one, other) : one.Generation > other.Generation ? one : other;

    public CatalogEntry Describe()
    {
        var grid = Series.Key.Grid;
        var covered = IntervalSet.Of(Segments.SelectMany(segment => segment.Covered));
        var filled = Segments.Where(segment => !segment.Candles.IsEmpty).ToList();
        long? first = filled.Count == 0 ? null : CandleRows.OpenMilliseconds(in filled[0].Candles.Span[0]);
        long? last = filled.Count == 0 ? null : CandleRows.OpenMilliseconds(in filled[^1].Candles.Span[^1]);
        var gaps = IntervalSet.Of(Segments.SelectMany(segment => segment.Gaps).Select(gap => gap.Openings));
        return new CatalogEntry
        {
            Environment = Series.Environment,
            Symbol = Series.Key.Symbol,
            Bar = Series.Key.Bar,
            Generation = Series.Generation,
            Rows = Segments.Sum(segment => (long)segment.Candles.Length),
            First = first is { } opening ? UnixTime.FromMilliseconds(opening) : null,
            Last = last is { } closing ? UnixTime.FromMilliseconds(closing) : null,
            Covered = RangesOf(covered),
            Gaps = RangesOf(first is { } from ? gaps.Intersect(new Interval(from, UnixTime.MaxMilliseconds)) : gaps),
            NotAsked = first is { } start && last is { } end ? RangesOf(covered.Complement(new Interval(start, grid.Add(end, 1)))) : [],
            FetchedAt = Segments.Count == 0 ? null : UnixTime.FromMilliseconds(Segments.Max(segment => segment.FetchedAt)),
            FirstAvailable = Facts.FirstAvailable is { } known ? UnixTime.FromMilliseconds(known) : null,
            IsDelisted = Facts.DelistedSince is not null,
            Files = Files,
            UnreadableFiles = Findings.Count,
            SizeBytes = SizeBytes,
            Format = Format,
        };
    }

    private static UtcRange[] RangesOf(IntervalSet intervals) => [.. intervals.Select(interval => interval.ToRange())];
}
