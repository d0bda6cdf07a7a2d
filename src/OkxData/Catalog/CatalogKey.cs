using System.Globalization;
using OkxData.Caching;
using OkxData.Candles;
using OkxData.Candles.Archive;
using OkxData.Candles.Codecs;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Catalog;

internal enum CatalogKind
{
    Segment,
    Facts,
    Document,
    Quarantined,
    Foreign,
}

/// <summary>What a key of a cache stands for, told from the key alone.</summary>
internal readonly record struct CatalogKey
{
    private const string FactsName = ".series.json";
    private const string JsonExtension = ".json";
    private const string SnapshotFormat = "yyyy-MM-dd/HHmmssfff";

    private CatalogKey(string text, CatalogKind kind) => (Text, Kind) = (text, kind);

    public string Text { get; private init; }

    public CatalogKind Kind { get; private init; }

    /// <summary>The series, of a segment and of facts.</summary>
    public CatalogSeries Series { get; private init; }

    /// <summary>A segment's name without its ending, the same for both formats.</summary>
    public string Segment { get; private init; } = "";

    /// <summary>The openings that belong to a segment.</summary>
    public Interval Openings { get; private init; }

    public CandleFormat Format { get; private init; }

    public CandleFormat OtherFormat => Format == CandleFormat.Parquet ? CandleFormat.Json : CandleFormat.Parquet;

    /// <summary>When a ranking's snapshot was taken; <see langword="null"/> for all else.</summary>
    public DateTimeOffset? SnapshotOf { get; private init; }

    public ICandleCodec Codec => CandleCodecs.For(Format);

    public static CatalogKey Parse(string text)
    {
        if (text.StartsWith(Quarantine.Prefix, StringComparison.Ordinal))
            return new CatalogKey(text, CatalogKind.Quarantined);

        return text.Split('/') switch
        {
            [var environment, CatalogSeries.CandlesFolder, var bar, var symbol, var name] => OfSeries(text, environment, bar, symbol, null, name),
            [var environment, CatalogSeries.CandlesFolder, var bar, var symbol, var generation, var name] when NumberOf(generation) is { } number =>
                OfSeries(text, environment, bar, symbol, number, name),
            [_, "instruments" or "tickers" or "rankings", .. var rest] when rest.Length > 0 && text.EndsWith(JsonExtension, StringComparison.Ordinal) =>
                new CatalogKey(text, CatalogKind.Document) { SnapshotOf = SnapshotTime(rest) },
            _ => new CatalogKey(text, CatalogKind.Foreign),
        };
    }

    /// <summary>The key of a segment of a series.</summary>
    public CatalogKey In(CandleFormat format) =>
        this with { Text = $"{Series.Folder}/{Segment}{CandleCodecs.For(format).Extension}{Series.FileSuffix}", Format = format };

    /// <summary>The key of what is known of a series beyond its rows.</summary>
    public static CatalogKey FactsOf(CatalogSeries series) =>
        new($"{series.Folder}/{FactsNameOf(series)}", CatalogKind.Facts) { Series = series };

    private static CatalogKey OfSeries(string text, string environment, string barPart, string symbolPart, int? generation, string name)
    {
        const string BarPrefix = "bar=", SymbolPrefix = "symbol=";
        var foreign = new CatalogKey(text, CatalogKind.Foreign);
        if (!barPart.StartsWith(BarPrefix, StringComparison.Ordinal) || !BarSizes.TryParseCode(barPart[BarPrefix.Length..], out var bar))
            return foreign;
        if (!symbolPart.StartsWith(SymbolPrefix, StringComparison.Ordinal) || symbolPart.Length is var length && length - SymbolPrefix.Length is < 1 or > Symbols.MaxLength)
            return foreign;

        var series = new CatalogSeries(environment, new SeriesKey(symbolPart[SymbolPrefix.Length..], bar), generation);
        if (name == FactsNameOf(series) || (generation is not null && name == CandleArchive.NextFacts))
            return new CatalogKey(text, CatalogKind.Facts) { Series = series };
        if (!name.EndsWith(series.FileSuffix, StringComparison.Ordinal))
            return foreign;
        name = name[..^series.FileSuffix.Length];
        if (CandleCodecs.ForKey(name) is not { } codec || OpeningsOf(bar, name[..^codec.Extension.Length]) is not { } openings)
            return foreign;

        return new CatalogKey(text, CatalogKind.Segment)
        {
            Series = series,
            Segment = name[..^codec.Extension.Length],
            Openings = openings,
            Format = codec == CandleCodecs.Parquet ? CandleFormat.Parquet : CandleFormat.Json,
        };
    }

    private static string FactsNameOf(CatalogSeries series) => series.Generation is null ? FactsName : CandleArchive.KeptFacts;

    /// <summary>The openings that belong to a segment of a name; <see langword="null"/> where no segment of the bar has it.</summary>
    private static Interval? OpeningsOf(BarSize bar, string name)
    {
        var inside = UnixTime.FromMilliseconds(0);
        if (bar < BarSize.OneDay && !DateTimeOffset.TryParseExact(name, ["yyyy", "yyyy-MM"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out inside))
            return null;

        var at = UnixTime.ToMilliseconds(inside);
        var (own, openings) = SegmentLayout.Of(bar, new Interval(at, at + 1)).First();
        return own == name ? openings : null;
    }

    private static int? NumberOf(string folder) =>
        folder.StartsWith(CatalogSeries.GenerationPrefix, StringComparison.Ordinal)
        && int.TryParse(folder.AsSpan(CatalogSeries.GenerationPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static DateTimeOffset? SnapshotTime(string[] rest) =>
        rest is ["snapshots", var day, var time]
        && DateTimeOffset.TryParseExact($"{day}/{time.AsSpan(0, time.Length - JsonExtension.Length)}", SnapshotFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)
            ? instant
            : null;
}
