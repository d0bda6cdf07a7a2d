using Microsoft.Extensions.Logging;
using OkxData.Caching;
using OkxData.Candles.History;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Candles;

/// <summary>Makes the series that a caller gets from what was held and what has arrived.</summary>
internal sealed class SeriesAssembler(ValidationOptions validation, CacheMode mode, CacheMetrics cacheMetrics, ValidationMetrics findings, ILogger logger)
{
    /// <exception cref="OkxException">The series failed, is not held in offline mode, or breaks a rule whose policy is to throw.</exception>
    public CandleSeries Assemble(SeriesDownload download, CandleOrder order, bool mayBeStale, DateTimeOffset now)
    {
        var key = download.Key;
        if (download.Failure is { } failure && !download.IsDelisted && !(mayBeStale && download.IsStale))
            throw failure;
        if (mode == CacheMode.Offline)
            ThrowIfMissing(download);
        if (download.IsDelisted)
            CandleLog.Delisted(logger, key.Symbol);
        if (download.IsRevised)
            CandleLog.Revised(logger, key.ToString(), string.Join("; ", download.Revisions.Take(3).Select(issue => issue.Message)));

        var stored = CandleRows.Slice(download.Archived.Candles, order.Openings);
        var rows = download.IsRevised ? stored : CandleRows.Merge(stored, CandleRows.Slice(download.Received(), order.Openings));
        CountRows(held: stored.Length, rows.Length);
        rows = WithOddRows(rows, download, order);

        var issues = CandleSeriesRules.Inspect(key.Symbol, key.Bar, rows.Span, validation).Concat(download.Issues).ToList();
        var (kept, report) = Judge(download, order, rows, issues, now);
        logger.CandleFindings(key.Symbol, key.Bar, report.Issues);
        findings.Found(report.Issues);
        var retrievedAt = download.HasAsked && !download.IsDelisted && !download.IsStale ? now
            : download.Archived.FetchedAt is { } fetched ? UnixTime.FromMilliseconds(fetched) : now;
        return new CandleSeries(key.Symbol, key.Bar, order.Range, kept, report, OriginOf(download, stored), retrievedAt.ToUniversalTime());
    }

    private void CountRows(int held, int all)
    {
        if (mode == CacheMode.Off)
            return;

        var hits = mode == CacheMode.Refresh ? 0 : held;
        cacheMetrics.Served(hits, all - hits);
    }

    /// <summary>Does what the policy says, and counts what is thrown as well.</summary>
    private (ReadOnlyMemory<Candle> Kept, CoverageReport Report) Judge(SeriesDownload download, CandleOrder order, ReadOnlyMemory<Candle> rows, List<DataIssue> issues, DateTimeOffset now)
    {
        var key = download.Key;
        try
        {
            var kept = ValidationPolicy.Apply(key.Symbol, key.Bar, rows, issues, validation);
            var report = Report(download, order, kept.Candles, kept.Issues, now);
            if (validation.OnWarning == ValidationAction.Throw && report.Issues.Count > kept.Issues.Count)
                ValidationPolicy.Apply(key.Symbol, key.Bar, kept.Candles, report.Issues, validation);
            return (kept.Candles, report);
        }
        catch (OkxValidationException exception)
        {
            findings.Found(exception.Report);
            throw;
        }
    }

    /// <summary>Adds the rows that are never stored: the forming one, where it is wanted, and wrong ones, for the policy to judge.</summary>
    private static ReadOnlyMemory<Candle> WithOddRows(ReadOnlyMemory<Candle> rows, SeriesDownload download, CandleOrder order)
    {
        var odd = download.BadCandles.Where(candle => candle.IsFinished || order.IncludeUnfinished).ToList();
        if (order.IncludeUnfinished && download.Forming is { } forming)
            odd.Add(forming);

        var inRange = odd.Where(candle => order.Openings.Contains(UnixTime.ToMilliseconds(candle.OpenTime))).OrderBy(candle => candle.OpenTime).ToArray();
        return inRange.Length == 0 ? rows : CandleRows.Merge(rows, inRange);
    }

    private static CoverageReport Report(SeriesDownload download, CandleOrder order, ReadOnlyMemory<Candle> candles, IReadOnlyList<DataIssue> issues, DateTimeOffset now)
    {
        var key = download.Key;
        var first = download.FirstAvailable ?? download.Archived.Facts.FirstAvailable;
        if (first is { } opening && !candles.IsEmpty)
            first = Math.Min(opening, CandleRows.OpenMilliseconds(in candles.Span[0]));

        // A bar whose row is bad is one that OKX has, so it is missed where the row is not delivered.
        var current = key.Grid.Floor(UnixTime.ToMilliseconds(now));
        var ended = download.BadOpenings.Select(key.Grid.Floor).Where(bad => bad < current).Select(bad => (long?)bad);
        var newest = ended.Append(download.NewestFinished).Append(LastFinished(candles.Span)).Max();
        var start = Math.Max(order.Openings.Start, first is { } known ? key.Grid.Ceiling(known) : long.MinValue);
        var end = newest is { } last ? Math.Min(order.Openings.End, key.Grid.Add(key.Grid.Floor(last), 1)) : start;
        if (download.IsStale)
            end = Math.Max(end, Math.Min(order.Openings.End, current));
        var (expected, observed, gaps) = CoverageCount.Of(key.Grid, new Interval(start, Math.Max(start, end)), candles.Span);
        var gapIssues = GapIssues(download, gaps);
        return new CoverageReport
        {
            Expected = expected,
            Observed = observed,
            Gaps = [.. gaps.Select(gap => gap.ToRange())],
            Issues = gaps.Count == 0 ? issues : ValidationPolicy.InTimeOrder([.. issues, .. gapIssues]),
            FirstAvailable = first is { } value ? UnixTime.FromMilliseconds(value) : null,
            LastObserved = LastFinished(candles.Span) is { } found ? UnixTime.FromMilliseconds(found) : null,
            IsDelisted = download.IsDelisted || download.Archived.Facts.DelistedSince is not null,
        };
    }

    /// <summary>Tells the bars that OKX does not have from those that it could not be asked for.</summary>
    private static IEnumerable<DataIssue> GapIssues(SeriesDownload download, IReadOnlyList<Interval> gaps)
    {
        var key = download.Key;
        var missing = IntervalSet.Of(gaps);
        var notAsked = download.IsStale ? missing.Intersect(download.Unanswered) : IntervalSet.Empty;
        return missing.Except(notAsked).Select(gap => CandleIssues.Gap(key.Symbol, key.Bar, gap.ToRange(), key.Grid.CountBetween(gap.Start, gap.End)))
            .Concat(notAsked.Select(gap => CandleIssues.NotAsked(key.Symbol, key.Bar, gap.ToRange(), download.Failure!.Message)));
    }

    private static long? LastFinished(ReadOnlySpan<Candle> candles) =>
        candles.LastIndexOfFinished() is >= 0 and var index ? CandleRows.OpenMilliseconds(in candles[index]) : null;

    private static void ThrowIfMissing(SeriesDownload download)
    {
        var missing = download.Missing;
        if (missing.IsEmpty)
            return;

        throw new OkxCacheException($"The cache holds no answer for {download.Key} in {string.Join(", ", missing.Select(interval => interval.ToRange()))}, and it is in offline mode. Fetch these ranges with Caching.Mode = Normal first, or ask for less.")
        {
            Location = download.Key.ToString(),
        };
    }

    private static DataOrigin OriginOf(SeriesDownload download, ReadOnlyMemory<Candle> stored)
    {
        if (download.IsDelisted || download.IsStale)
            return DataOrigin.StaleCache;
        return !download.HasAsked ? DataOrigin.Cache : stored.IsEmpty ? DataOrigin.Network : DataOrigin.Mixed;
    }
}
