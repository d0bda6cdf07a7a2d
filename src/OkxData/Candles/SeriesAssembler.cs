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
    public CandleSeries Assemble(SeriesPlan plan, CandleOrder order, bool mayBeStale, DateTimeOffset now)
    {
        if (plan.Failure is { } known)
            throw known;
        foreach (var part in plan.Parts)
            ThrowIfFailed(part, mayBeStale);
        if (mode == CacheMode.Offline)
            ThrowIfMissing(plan);

        var (key, own) = (plan.Key, plan.Own);
        var changes = plan.Parts.Select(part => part.Change).ToList();
        var issues = new List<DataIssue>(changes.SelectMany(change => change.Issues));
        if (issues.Count > 0)
            CandleLog.Revised(logger, key.ToString(), string.Join("; ", issues.Take(3).Select(issue => issue.Message)));

        var rows = ReadOnlyMemory<Candle>.Empty;
        foreach (var (part, change) in plan.Parts.Zip(changes))
            rows = CandleRows.Merge(rows, RowsOf(part, change, order));

        issues.AddRange(CandleSeriesRules.Inspect(key.Symbol, key.Bar, rows.Span, validation));
        issues.AddRange(plan.Parts.SelectMany(part => part.Issues));
        issues.AddRange(SeriesReport.Notes(plan, order, rows));
        var (kept, report) = Judge(plan, order, rows, issues, now);
        logger.CandleFindings(key.Symbol, key.Bar, report.Issues);
        findings.Found(report.Issues);
        var retrievedAt = plan.Parts.Max(part => RetrievedAt(part, now));
        return new CandleSeries(key.Symbol, key.Bar, order.Range, kept, report, OriginOf(plan), retrievedAt.ToUniversalTime(), own.Archived.Facts.Number);
    }

    private void ThrowIfFailed(SeriesDownload part, bool mayBeStale)
    {
        if (part.Failure is { } failure && !part.IsDelisted && !(mayBeStale && part.IsStale))
            throw failure;
        if (part.IsDelisted)
            CandleLog.Delisted(logger, part.Key.Symbol);
    }

    /// <summary>The rows of a part: what is stored and, where that is as OKX says, what has arrived.</summary>
    private ReadOnlyMemory<Candle> RowsOf(SeriesDownload part, SeriesChange change, CandleOrder order)
    {
        var stored = CandleRows.Slice(part.Archived.Candles, part.Wanted);
        var rows = change.IsAny ? stored : CandleRows.Merge(stored, CandleRows.Slice(part.Received(), part.Wanted));
        CountRows(held: stored.Length, rows.Length);
        return WithOddRows(rows, part, order);
    }

    private void CountRows(int held, int all)
    {
        if (mode == CacheMode.Off)
            return;

        var hits = mode == CacheMode.Refresh ? 0 : held;
        cacheMetrics.Served(hits, all - hits);
    }

    /// <summary>Does what the policy says, and counts what is thrown as well.</summary>
    private (ReadOnlyMemory<Candle> Kept, CoverageReport Report) Judge(SeriesPlan plan, CandleOrder order, ReadOnlyMemory<Candle> rows, List<DataIssue> issues, DateTimeOffset now)
    {
        var key = plan.Key;
        try
        {
            var kept = ValidationPolicy.Apply(key.Symbol, key.Bar, rows, issues, validation);
            var report = SeriesReport.Of(plan, order, kept.Candles, kept.Issues, now);
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
    private static ReadOnlyMemory<Candle> WithOddRows(ReadOnlyMemory<Candle> rows, SeriesDownload part, CandleOrder order)
    {
        var odd = part.BadCandles.Where(candle => candle.IsFinished || order.IncludeUnfinished).ToList();
        if (order.IncludeUnfinished && part.Forming is { } forming)
            odd.Add(forming);

        var inRange = odd.Where(candle => part.Wanted.Contains(UnixTime.ToMilliseconds(candle.OpenTime))).OrderBy(candle => candle.OpenTime).ToArray();
        return inRange.Length == 0 ? rows : CandleRows.Merge(rows, inRange);
    }

    private static void ThrowIfMissing(SeriesPlan plan)
    {
        var missing = plan.Parts.Where(part => !part.Missing.IsEmpty).ToList();
        if (missing.Count == 0)
            return;

        var named = missing.Select(part => $"{part.Key} in {string.Join(", ", part.Missing.Select(interval => interval.ToRange()))}");
        throw new OkxCacheException($"The cache holds no answer for {string.Join(" and ", named)}, and it is in offline mode. Fetch these ranges with Caching.Mode = Normal first, or ask for less.")
        {
            Location = plan.Key.ToString(),
            Missing = [.. missing.SelectMany(part => part.Missing).Select(interval => interval.ToRange())],
        };
    }

    private static DateTimeOffset RetrievedAt(SeriesDownload part, DateTimeOffset now) =>
        part.Archived.FetchedAt is { } fetched && (!part.HasAsked || part.IsDelisted || part.IsStale) ? UnixTime.FromMilliseconds(fetched) : now;

    private static DataOrigin OriginOf(SeriesPlan plan)
    {
        if (plan.Own.IsDelisted || plan.Parts.Any(part => part.IsStale))
            return DataOrigin.StaleCache;
        if (!plan.Parts.Any(part => part.HasAsked && !part.IsDelisted))
            return DataOrigin.Cache;
        return plan.Parts.All(part => CandleRows.Slice(part.Archived.Candles, part.Wanted).IsEmpty) ? DataOrigin.Network : DataOrigin.Mixed;
    }
}
