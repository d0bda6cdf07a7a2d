using System.Globalization;
using System.Text;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.Codecs;

/// <summary>What a segment knows beyond its rows, as the key-value pairs of a Parquet footer.</summary>
internal sealed record SegmentMetadata(string Symbol, BarSize Bar, IntervalSet Covered, IReadOnlyList<KnownGap> Gaps, long FetchedAt, int Generation)
{
    private const string SchemaKey = "okxdata.schema";
    private const string SymbolKey = "okxdata.symbol";
    private const string BarKey = "okxdata.bar";
    private const string CoveredKey = "okxdata.covered";
    private const string GapsKey = "okxdata.gaps";
    private const string FetchedAtKey = "okxdata.fetched_at";
    private const string GenerationKey = "okxdata.generation";

    public static Dictionary<string, string> Write(CandleSegment segment)
    {
        var pairs = WriteCommon(segment);
        if (segment.Generation > 1)
            pairs.Add(GenerationKey, Text(segment.Generation));
        return pairs;
    }

    private static Dictionary<string, string> WriteCommon(CandleSegment segment) => new()
    {
        [SchemaKey] = Text(CodecLimits.SchemaVersion),
        [SymbolKey] = segment.Symbol,
        [BarKey] = segment.Bar.ToCode(),
        [CoveredKey] = string.Join(' ', segment.Covered.Select(Text)),
        [GapsKey] = string.Join(' ', segment.Gaps.Select(gap => $"{Text(gap.Openings)}@{Text(gap.AskedAt)}")),
        [FetchedAtKey] = Text(segment.FetchedAt),
        ["okxdata.times"] = "Unix milliseconds, UTC; covered is start/end of openings, the end exclusive; a gap adds @ and when it was asked for",
        ["okxdata.exact"] = "figures with more than 15 significant digits, as text: o h l c v q n for open high low close volume quote_volume contracts; all others are their DOUBLE rounded to 15 significant digits",
    };

    public static SegmentMetadata Read(IReadOnlyDictionary<string, string> pairs)
    {
        var version = int.Parse(pairs[SchemaKey], NumberStyles.None, CultureInfo.InvariantCulture);
        if (version > CodecLimits.SchemaVersion)
            throw CodecLimits.Newer(version);
        if (!BarSizes.TryParseCode(pairs[BarKey], out var bar))
            throw new FormatException("The bar size is unknown.");

        return new SegmentMetadata(pairs[SymbolKey], bar, ReadIntervals(pairs[CoveredKey]), ReadGaps(pairs[GapsKey]), Number(pairs[FetchedAtKey]), ReadGeneration(pairs));
    }

    /// <summary>How many openings the coverage has room for.</summary>
    public long CountOpenings()
    {
        var grid = Bar.ToGrid();
        return Covered.Sum(interval => grid.CountBetween(grid.Ceiling(interval.Start), grid.Ceiling(interval.End)));
    }

    private static int ReadGeneration(IReadOnlyDictionary<string, string> pairs) =>
        pairs.TryGetValue(GenerationKey, out var text) ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : 1;

    private static IntervalSet ReadIntervals(string text)
    {
        var intervals = new List<Interval>();
        foreach (var part in text.AsSpan().Split(' '))
        {
            if (!text.AsSpan(part).IsEmpty)
                intervals.Add(ReadInterval(text.AsSpan(part)));
        }

        return IntervalSet.Of(intervals);
    }

    private static List<KnownGap> ReadGaps(string text)
    {
        var gaps = new List<KnownGap>();
        foreach (var range in text.AsSpan().Split(' '))
        {
            var part = text.AsSpan(range);
            if (part.IsEmpty)
                continue;
            var at = part.IndexOf('@');
            gaps.Add(new KnownGap(ReadInterval(part[..at]), Number(part[(at + 1)..])));
        }

        return gaps;
    }

    private static Interval ReadInterval(ReadOnlySpan<char> text)
    {
        var slash = text.IndexOf('/');
        var interval = new Interval(Number(text[..slash]), Number(text[(slash + 1)..]));
        return interval.IsEmpty ? throw new FormatException("An interval of the coverage is empty.") : interval;
    }

    private static long Number(ReadOnlySpan<char> text)
    {
        var number = long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return UnixTime.IsRepresentable(number) ? number : throw new FormatException($"{number} ms is no instant.");
    }

    private static string Text(Interval interval) => $"{Text(interval.Start)}/{Text(interval.End)}";

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
