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
    private readonly SeriesAssembler _assembler = new(validation, caching.Mode, new CacheMetrics(meterFactory), new ValidationMetrics(meterFactory), logger);

    public Task<CandleSeries> GetAsync(CandleQuery query, CancellationToken cancellationToken)
    {
        var order = CandleOrder.Check(query, timeProvider.GetUtcNow());
        return GetOneAsync(order, cancellationToken);
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

    private async Task<CandleSeries> GetOneAsync(CandleOrder order, CancellationToken cancellationToken)
    {
        var batch = await GetManyAsync(order, staleOnOutage, cancellationToken).ConfigureAwait(false);
        if (batch.Failures.Values.FirstOrDefault() is { } failure)
            ExceptionDispatchInfo.Throw(failure);

        return batch.Series.Values.Single();
    }

    private async Task<CandleBatch> GetManyAsync(CandleOrder order, bool mayBeStale, CancellationToken cancellationToken)
    {
        var startedAt = timeProvider.GetTimestamp();
        var downloads = await PlanAsync(order, cancellationToken).ConfigureAwait(false);
        var toFetch = caching.Mode == CacheMode.Offline ? [] : downloads.Where(download => !download.IsComplete).ToList();
        var progress = new DownloadProgress(order.Progress, timeProvider, downloads.Length, order.Bar.ToGrid().CountBetween(order.Openings.Start, order.Openings.End), toFetch);
        ReportHeld(downloads, toFetch, progress);
        CandleLog.Planned(logger, downloads.Length - toFetch.Count, downloads.Length, order.Bar.ToCode());
        if (toFetch.Count > 0)
            await new CandleDownload(fetcher, _clamps, archive, timeProvider, toFetch, mayBeStale && downloads.Any(download => download.HasStandIn), progress).RunAsync(cancellationToken).ConfigureAwait(false);

        var series = new List<CandleSeries>(downloads.Length);
        var failures = new Dictionary<string, OkxException>(StringComparer.Ordinal);
        foreach (var download in downloads)
        {
            try
            {
                series.Add(_assembler.Assemble(download, order, mayBeStale, timeProvider.GetUtcNow()));
                if (download.IsDelisted && archive is not null)
                    await archive.AddFactsAsync(download.Key, new SeriesFacts { DelistedSince = timeProvider.GetUtcNow().ToUnixTimeMilliseconds() }, cancellationToken).ConfigureAwait(false);
            }
            catch (OkxException failure)
            {
                failures.Add(download.Key.Symbol, failure);
            }
        }

        if (mayBeStale)
            ReportStale(toFetch);
        if (toFetch.Count > 0)
            CandleLog.BatchDone(logger, downloads.Length, order.Bar.ToCode(), progress.RequestsSent, timeProvider.GetElapsedTime(startedAt).TotalSeconds, failures.Count);
        return CandleBatch.Create(series, failures, progress.RequestsSent);
    }

    /// <summary>Loads what is held of every series and decides what is to be asked for.</summary>
    private async Task<SeriesDownload[]> PlanAsync(CandleOrder order, CancellationToken cancellationToken)
    {
        var downloads = new SeriesDownload[order.Symbols.Count];
        var now = timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        var keptSince = caching.Mode == CacheMode.Offline ? long.MinValue : now - (long)caching.GapRetryAfter.TotalMilliseconds;
        var terms = PullTerms.At(now, order.Bar.ToGrid(), _clamps.PageSize(CandleSource.History));

        // Decoding is what takes time here, and it is work for the processors.
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, downloads.Length, parallel, async (index, token) =>
        {
            var key = new SeriesKey(order.Symbols[index], order.Bar);
            var archived = archive is null ? ArchivedSeries.Nothing : await archive.LoadAsync(key, order.Openings, token).ConfigureAwait(false);
            var settled = caching.Mode == CacheMode.Refresh ? IntervalSet.Empty : archived.SettledSince(keptSince);
            var todo = PagePlanner.Todo(order.Openings, settled, archived, key.Grid);
            downloads[index] = new SeriesDownload(key, order.Openings, archived, todo, terms);
        }).ConfigureAwait(false);
        return downloads;
    }

    private void ReportStale(List<SeriesDownload> downloads)
    {
        var stale = downloads.Where(download => download.IsStale).ToList();
        if (stale.Count == 0)
            return;

        var fetchedAt = UnixTime.FromMilliseconds(stale.Min(download => download.Archived.FetchedAt) ?? 0);
        CandleLog.Stale(logger, stale.Count, fetchedAt, timeProvider.GetUtcNow() - fetchedAt, stale[0].Failure!.Message);
    }

    private static void ReportHeld(SeriesDownload[] downloads, List<SeriesDownload> toFetch, DownloadProgress progress)
    {
        var done = 0;
        foreach (var held in downloads.Except(toFetch))
            progress.ReportHeld(held.Key.Symbol, ++done);
    }
}
