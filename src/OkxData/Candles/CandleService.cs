using System.Diagnostics.Metrics;
using System.Runtime.ExceptionServices;
using Microsoft.Extensions.Logging;
using OkxData.Caching;
using OkxData.Candles.Archive;
using OkxData.Candles.History;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Candles;

/// <summary>The history service: plan → pages → merge → archive → series.</summary>
internal sealed class CandleService(PageFetcher fetcher, CandleArchive? archive, CachingOptions caching, ValidationOptions validation, bool staleOnOutage, TimeProvider timeProvider, IMeterFactory meterFactory, ILogger<CandleService> logger)
{
    private readonly ClampMemory _clamps = new();
    private readonly SeriesPlanner _planner = new(archive, caching, timeProvider);
    private readonly SeriesAssembler _assembler = new(validation, caching.Mode, new CacheMetrics(meterFactory), new ValidationMetrics(meterFactory), logger);

    public Task<CandleSeries> GetAsync(CandleQuery query, CancellationToken cancellationToken)
    {
        var order = CandleOrder.Check(query, timeProvider.GetUtcNow());
        return GetOneAsync(order, staleOnOutage, cancellationToken);
    }

    public Task<CandleBatch> GetAsync(CandleBatchQuery query, CancellationToken cancellationToken)
    {
        var order = CandleOrder.Check(query, timeProvider.GetUtcNow());
        return GetManyAsync(order, staleOnOutage, cancellationToken);
    }

    /// <summary>The same, for a caller who would rather wait than take what is held for the answer.</summary>
    public Task<CandleBatch> GetCurrentAsync(CandleBatchQuery query, CancellationToken cancellationToken)
    {
        var order = CandleOrder.Check(query, timeProvider.GetUtcNow());
        return GetManyAsync(order, mayBeStale: false, cancellationToken);
    }

    /// <summary>One series, from OKX where it is not held; never what is held in place of an answer.</summary>
    public Task<CandleSeries> GetCurrentAsync(CandleQuery query, CancellationToken cancellationToken)
    {
        var order = CandleOrder.Check(query, timeProvider.GetUtcNow());
        return GetOneAsync(order, mayBeStale: false, cancellationToken);
    }

    /// <summary>The rows of the symbol itself, whatever is joined to it.</summary>
    public Task<CandleSeries> GetOwnAsync(CandleQuery query, CancellationToken cancellationToken)
    {
        var order = CandleOrder.Check(query, timeProvider.GetUtcNow()) with { IsOwnOnly = true };
        return GetOneAsync(order, staleOnOutage, cancellationToken);
    }

    /// <summary>Fetches a range as if nothing of it were held, and stores nothing.</summary>
    /// <exception cref="OkxException">OKX could not or would not answer.</exception>
    public async Task<SeriesDownload> FetchAnewAsync(SeriesKey key, Interval openings, CancellationToken cancellationToken)
    {
        var download = new SeriesDownload(key, openings, ArchivedSeries.Nothing, IntervalSet.Of(openings), _planner.TermsFor(key.Grid, _clamps));
        var progress = new DownloadProgress(null, timeProvider, 1, key.Grid.CountBetween(openings.Start, openings.End), [download]);
        await new CandleDownload(fetcher, _clamps, null, timeProvider, [download], hasStandIn: false, progress).RunAsync(cancellationToken).ConfigureAwait(false);
        if (download.Failure is { } failure)
            ExceptionDispatchInfo.Throw(failure);
        return download;
    }

    private async Task<CandleSeries> GetOneAsync(CandleOrder order, bool mayBeStale, CancellationToken cancellationToken)
    {
        var batch = await GetManyAsync(order, mayBeStale, cancellationToken).ConfigureAwait(false);
        if (batch.Failures.Values.FirstOrDefault() is { } failure)
            ExceptionDispatchInfo.Throw(failure);

        return batch.Series.Values.Single();
    }

    private async Task<CandleBatch> GetManyAsync(CandleOrder order, bool mayBeStale, CancellationToken cancellationToken)
    {
        var startedAt = timeProvider.GetTimestamp();
        var plans = await _planner.PlanAsync(order, _clamps, cancellationToken).ConfigureAwait(false);
        var downloads = plans.SelectMany(plan => plan.Parts).ToList();
        var toFetch = caching.Mode == CacheMode.Offline ? [] : downloads.Where(download => !download.IsComplete).ToList();
        var progress = new DownloadProgress(order.Progress, timeProvider, downloads.Count, order.Bar.ToGrid().CountBetween(order.Openings.Start, order.Openings.End), toFetch);
        ReportHeld(downloads, toFetch, progress);
        CandleLog.Planned(logger, downloads.Count - toFetch.Count, downloads.Count, order.Bar.ToCode());
        if (toFetch.Count > 0)
            await new CandleDownload(fetcher, _clamps, archive, timeProvider, toFetch, mayBeStale && downloads.Any(download => download.HasStandIn), progress).RunAsync(cancellationToken).ConfigureAwait(false);

        var series = new List<CandleSeries>(plans.Length);
        var failures = new Dictionary<string, OkxException>(StringComparer.Ordinal);
        foreach (var plan in plans)
        {
            try
            {
                series.Add(_assembler.Assemble(plan, order, mayBeStale, timeProvider.GetUtcNow()));
                foreach (var part in plan.Parts)
                    await NoteListingAsync(part, cancellationToken).ConfigureAwait(false);
            }
            catch (OkxException failure)
            {
                failures.Add(plan.Key.Symbol, failure);
            }
        }

        if (mayBeStale)
            ReportStale(toFetch);
        if (toFetch.Count > 0)
            CandleLog.BatchDone(logger, plans.Length, order.Bar.ToCode(), progress.RequestsSent, timeProvider.GetElapsedTime(startedAt).TotalSeconds, failures.Count);
        return CandleBatch.Create(series, failures, progress.RequestsSent);
    }

    /// <summary>Remembers that an instrument is delisted, or listed again.</summary>
    private async Task NoteListingAsync(SeriesDownload part, CancellationToken cancellationToken)
    {
        if (archive is null)
            return;

        var generation = part.Archived.Facts.Number;
        if (part.IsDelisted)
        {
            var now = timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
            await archive.AddFactsAsync(part.Key, generation, known => known.Merge(new SeriesFacts { DelistedSince = now }), cancellationToken).ConfigureAwait(false);
        }
        else if (part.Absence is { } absence && !part.Change.IsAny)
        {
            var since = part.Archived.Facts.DelistedSince;
            await archive.AddFactsAsync(part.Key, generation, known => known.DelistedSince == since ? known.Relist(absence) : known, cancellationToken).ConfigureAwait(false);
        }
    }

    private void ReportStale(List<SeriesDownload> downloads)
    {
        var stale = downloads.Where(download => download.IsStale).ToList();
        if (stale.Count == 0)
            return;

        var fetchedAt = UnixTime.FromMilliseconds(stale.Min(download => download.Archived.FetchedAt) ?? 0);
        CandleLog.Stale(logger, stale.Count, fetchedAt, timeProvider.GetUtcNow() - fetchedAt, stale[0].Failure!.Message);
    }

    private static void ReportHeld(List<SeriesDownload> downloads, List<SeriesDownload> toFetch, DownloadProgress progress)
    {
        var done = 0;
        foreach (var held in downloads.Except(toFetch))
            progress.ReportHeld(held.Key.Symbol, ++done);
    }
}
