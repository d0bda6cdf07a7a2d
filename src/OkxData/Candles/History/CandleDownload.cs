using System.Threading.Channels;
using OkxData.Candles.Archive;
using OkxData.Candles.Wire;
using OkxData.Errors;

namespace OkxData.Candles.History;

/// <summary>Brings series in: workers of both endpoints pull pages, and what arrives is archived on the way.</summary>
internal sealed class CandleDownload
{
    /// <summary>How often a page that still fails goes back to the queue while the host answers others.</summary>
    private const int MaxRounds = 3;

    /// <summary>What has arrived is archived at least this often, so that a kill costs little.</summary>
    private static readonly TimeSpan FlushPeriod = TimeSpan.FromSeconds(5);

    private readonly PageFetcher _fetcher;
    private readonly ClampMemory _clamps;
    private readonly CandleArchive? _archive;
    private readonly bool _hasStandIn;
    private readonly TimeProvider _timeProvider;
    private readonly IReadOnlyList<SeriesDownload> _series;
    private readonly DownloadProgress _progress;
    private readonly DownloadQueue _queue;
    private readonly Channel<SeriesDownload> _toArchive = Channel.CreateUnbounded<SeriesDownload>();
    private readonly Channel<SeriesDownload> _toReport = Channel.CreateUnbounded<SeriesDownload>();

    public CandleDownload(PageFetcher fetcher, ClampMemory clamps, CandleArchive? archive, TimeProvider timeProvider, IReadOnlyList<SeriesDownload> series, bool hasStandIn, DownloadProgress progress)
    {
        _fetcher = fetcher;
        _clamps = clamps;
        _archive = archive;
        _hasStandIn = hasStandIn;
        _timeProvider = timeProvider;
        _series = series;
        _progress = progress;
        _queue = new DownloadQueue(series, fetcher.Workers(CandleSource.Recent), clamps, timeProvider);
    }

    /// <summary>Runs until every series is complete or has failed. What has arrived is archived, also when the caller cancels.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var archiving = ArchiveAsync();
        var flushing = FlushPeriodicallyAsync(stop.Token);
        try
        {
            await Task.WhenAll(PullAsync(stop), ReportAsync(stop)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await flushing.ConfigureAwait(false);
            FlushAll();
            _toArchive.Writer.Complete();
            await archiving.ConfigureAwait(false);
        }
    }

    private async Task PullAsync(CancellationTokenSource stop)
    {
        try
        {
            var workers = Enumerable.Repeat(CandleSource.Recent, _fetcher.Workers(CandleSource.Recent))
                .Concat(Enumerable.Repeat(CandleSource.History, _fetcher.Workers(CandleSource.History)))
                .Select(source => WorkAsync(source, stop))
                .ToList();
            await Task.WhenAll(workers).ConfigureAwait(false);
        }
        finally
        {
            _toReport.Writer.Complete();
        }
    }

    /// <summary>Tells the caller's listener, apart from the workers: one that takes its time holds up a thread, not all of them.</summary>
    private async Task ReportAsync(CancellationTokenSource stop)
    {
        try
        {
            await foreach (var one in _toReport.Reader.ReadAllAsync(stop.Token).ConfigureAwait(false))
                _progress.Report(one, _queue.Gate);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task WorkAsync(CandleSource source, CancellationTokenSource stop)
    {
        try
        {
            while (await _queue.PullAsync(source, stop.Token).ConfigureAwait(false) is { } page)
            {
                var (reply, failure) = await AskAsync(page, source, stop.Token).ConfigureAwait(false);
                _queue.Settle(page, source, terms => Settle(page, source, reply, failure, terms));
                if (page.Series.IsComplete)
                    _toArchive.Writer.TryWrite(page.Series);
                _toReport.Writer.TryWrite(page.Series);
            }
        }
        catch
        {
            // Nobody settles this worker's page any more, so the others would wait for it.
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<(CandlePage? Reply, OkxException? Failure)> AskAsync(PageRequest page, CandleSource source, CancellationToken cancellationToken)
    {
        try
        {
            return (await _fetcher.FetchAsync(page, source, _hasStandIn, _progress.CountRequest, cancellationToken).ConfigureAwait(false), null);
        }
        catch (OkxException failure)
        {
            return (null, failure);
        }
    }

    private void Settle(PageRequest page, CandleSource source, CandlePage? reply, OkxException? failure, PullTerms terms)
    {
        if (failure is not { IsTransient: true })
            _queue.NoteAnswer();

        if (failure is { IsTransient: true } && page.Round < MaxRounds && _queue.HasAnsweredSince(page))
        {
            page.Series.Retry(page, source, terms);
            return;
        }

        if (failure is not null)
        {
            page.Series.Fail(page, failure);
            return;
        }

        try
        {
            page.Series.Accept(page, source, reply!, terms, _clamps);
        }
        catch (OkxPayloadException unusable)
        {
            page.Series.Fail(page, unusable);
        }
    }

    private async Task FlushPeriodicallyAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(FlushPeriod, _timeProvider);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
                FlushAll();
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return; // the download is over
        }
    }

    private void FlushAll()
    {
        foreach (var one in _series)
            _toArchive.Writer.TryWrite(one);
    }

    /// <summary>Writes one series after the other; it ends with the channel, so that what has arrived before a cancellation is kept.</summary>
    private async Task ArchiveAsync()
    {
        await foreach (var one in _toArchive.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            ArchiveAddition? addition;
            lock (_queue.Gate)
                addition = one.TakeForArchive(_timeProvider.GetUtcNow().ToUnixTimeMilliseconds());

            if (addition is not null && _archive is not null)
                await _archive.AddAsync(addition, CancellationToken.None).ConfigureAwait(false);
        }
    }
}
