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
        var segments = new List<(string Name, CandleSegment Segment)>();
        var findings = new List<CatalogFinding>();
        var formats = new HashSet<CandleFormat>();
        var (files, bytes) = (0, 0L);
        foreach (var names in keys.Where(key => !key.Openings.Intersect(openings).IsEmpty).GroupBy(key => key.Segment).OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            foreach (var (key, (segment, item, finding)) in await ReadNamedAsync(reader, [.. names], cancellationToken).ConfigureAwait(false))
            {
                files++;
                bytes += item?.Content.Length ?? 0;
                formats.Add(key.Format);
                if (finding is not null)
                    findings.Add(finding);
                if (segment is not null)
                    segments.Add((key.Segment, segment));
            }
        }

        var facts = await reader.ReadFactsAsync(series, cancellationToken).ConfigureAwait(false);
        return new SeriesFiles
        {
            Series = series,
            Segments = JoinFormats(segments, series.Generation ?? facts.Value?.Number),
            Facts = facts.Value ?? SeriesFacts.None,
            Findings = findings,
            Files = files,
            SizeBytes = bytes + (facts.Item?.Content.Length ?? 0),
            Format = formats.Count == 1 ? formats.Single() : null,
        };
    }

    /// <summary>What stands there of a segment: one file, or both formats of it.</summary>
    private static async Task<List<(CatalogKey Key, CatalogRead<CandleSegment> Read)>> ReadNamedAsync(CatalogReader reader, IReadOnlyList<CatalogKey> listed, CancellationToken cancellationToken)
    {
        var there = new List<(CatalogKey Key, CatalogRead<CandleSegment> Read)>();
        foreach (var key in listed)
            there.Add((key, await reader.ReadSegmentAsync(key, cancellationToken).ConfigureAwait(false)));
        there.RemoveAll(IsGone);
        if (there.Count == 0)
            there.Add(await reader.FollowSegmentAsync(listed[0], cancellationToken).ConfigureAwait(false));
        there.RemoveAll(IsGone);
        return there;
    }

    private static bool IsGone((CatalogKey Key, CatalogRead<CandleSegment> Read) file) => file.Read.Item is null && file.Read.Finding is null;

    // Rows of an earlier generation may stand there still, until a client moves them to their own place; they are none of this one.
    private static List<CandleSegment> JoinFormats(List<(string Name, CandleSegment Segment)> segments, int? generation)
    {
        var present = generation ?? segments.Select(file => file.Segment.Generation).DefaultIfEmpty(1).Max();
        return
        [
            .. segments.Where(file => file.Segment.Generation == present)
                .GroupBy(file => file.Name, file => file.Segment)
                .Select(formats => formats.Aggregate((one, other) => SegmentMerge.Merge(one, other))),
        ];
    }

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
            JoinedTo = Facts.Join?.Symbol,
            Files = Files,
            UnreadableFiles = Findings.Count,
            SizeBytes = SizeBytes,
            Format = Format,
        };
    }

    private static UtcRange[] RangesOf(IntervalSet intervals) => [.. intervals.Select(interval => interval.ToRange())];
}
