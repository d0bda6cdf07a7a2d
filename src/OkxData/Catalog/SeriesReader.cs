using OkxData.Caching;
using OkxData.Candles;
using OkxData.Candles.Archive;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Catalog;

/// <summary>Makes a series of what a cache holds, as a client does in offline mode, save that bars that were never asked for are gaps.</summary>
internal static class SeriesReader
{
    private static readonly Interval AllTime = new(UnixTime.MinMilliseconds, UnixTime.MaxMilliseconds);

    /// <exception cref="OkxCacheException">Nothing of the series is held, or a file of it cannot be used.</exception>
    public static async Task<CandleSeries> ReadAsync(CatalogReader reader, CatalogSeries asked, UtcRange? range, CancellationToken cancellationToken)
    {
        // The present generation has a number too, and stands under none.
        var isPresent = asked.Generation is { } number && number == ((await reader.ReadFactsAsync(asked.Present, cancellationToken).ConfigureAwait(false)).Value ?? SeriesFacts.None).Number;
        var series = isPresent ? asked.Present : asked;
        var selection = new CatalogSelection { Environment = series.Environment, Symbols = [series.Key.Symbol], Bars = [series.Key.Bar] };
        var found = await reader.FindSeriesAsync(selection, cancellationToken).ConfigureAwait(false);
        var keys = found.Where(one => one.Series == series).SelectMany(one => one.Segments).ToList();
        var openings = range is { } wanted ? OpeningsOf(wanted) : AllTime;
        var files = await SeriesFiles.ReadAsync(reader, series, keys, openings, cancellationToken).ConfigureAwait(false);
        if (files.Findings.Count > 0)
            throw new OkxCacheException($"The cache cannot answer for {series}: {files.Findings[0]}") { Location = files.Findings[0].Key };
        if (keys.Count == 0)
            throw new OkxCacheException($"The cache holds no {series}; list what it holds, or download it first.") { Location = series.Folder };

        return Assemble(files, range, openings);
    }

    private static CandleSeries Assemble(SeriesFiles files, UtcRange? range, Interval openings)
    {
        var key = files.Series.Key;
        var grid = key.Grid;
        var rows = CandleRows.Slice(CandleRows.Join([.. files.Segments.Select(segment => segment.Candles).Where(candles => !candles.IsEmpty)]), openings);
        var held = rows.IsEmpty ? default : new Interval(CandleRows.OpenMilliseconds(in rows.Span[0]), grid.Add(CandleRows.OpenMilliseconds(in rows.Span[^1]), 1));
        var start = range is null || rows.IsEmpty ? held.Start : grid.Ceiling(Math.Min(held.Start, Math.Max(openings.Start, FirstExpected(files, held.Start, grid))));
        var (expected, observed, gaps) = CoverageCount.Of(grid, new Interval(start, Math.Max(start, held.End)), rows.Span);
        var issues = CandleSeriesRules.Inspect(key.Symbol, key.Bar, rows.Span, new ValidationOptions())
            .Concat(gaps.Select(gap => CandleIssues.Gap(key.Symbol, key.Bar, gap.ToRange(), grid.CountBetween(gap.Start, gap.End))));
        var report = new CoverageReport
        {
            Expected = expected,
            Observed = observed,
            Gaps = [.. gaps.Select(gap => gap.ToRange())],
            Issues = ValidationPolicy.InTimeOrder([.. issues]),
            FirstAvailable = files.Facts.FirstAvailable is { } first ? UnixTime.FromMilliseconds(rows.IsEmpty ? first : Math.Min(first, held.Start)) : null,
            LastObserved = rows.IsEmpty ? null : rows.Span[^1].OpenTime,
            IsDelisted = files.Facts.DelistedSince is not null,
        };
        var fetchedAt = files.Segments.Count == 0 ? held.End : files.Segments.Max(segment => segment.FetchedAt);
        return new CandleSeries(key.Symbol, key.Bar, range ?? held.ToRange(), rows, report, DataOrigin.Cache, UnixTime.FromMilliseconds(fetchedAt), files.Series.Generation ?? files.Facts.Number);
    }

    // Before the first candle that OKX has nothing is missing; where that is not known, the first one held stands for it.
    private static long FirstExpected(SeriesFiles files, long firstHeld, BarGrid grid) =>
        files.Facts.FirstAvailable is { } first ? Math.Min(grid.Ceiling(first), firstHeld) : firstHeld;

    private static Interval OpeningsOf(UtcRange range)
    {
        var start = UnixTime.ToMillisecondsCeiling(range.Start);
        return new Interval(start, Math.Max(start, UnixTime.ToMillisecondsCeiling(range.End)));
    }
}
