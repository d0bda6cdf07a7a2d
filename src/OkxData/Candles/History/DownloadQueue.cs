namespace OkxData.Candles.History;

/// <summary>Hands the pages of many series to the workers of both endpoints, series by series.</summary>
/// <remarks>
/// History's workers take what only history can serve first, and a shared page only while every worker of the recent
/// endpoint, of which there are as many as tokens, is busy. Thread-safe.
/// </remarks>
internal sealed class DownloadQueue(IReadOnlyList<SeriesDownload> series, int recentWorkers, ClampMemory clamps, TimeProvider timeProvider)
{
    private readonly Lock _gate = new();
    private readonly List<TaskCompletionSource> _waiting = [];
    private int _busyRecent;
    private int _answers;
    private int _firstOpen;

    /// <summary>The lock that guards the series, too.</summary>
    public Lock Gate => _gate;

    /// <summary>Takes a page for a worker, waiting until there is one.</summary>
    /// <returns>The page, or <see langword="null"/> when all series are complete.</returns>
    public async ValueTask<PageRequest?> PullAsync(CandleSource source, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            lock (_gate)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (TryTake(source) is { } page)
                {
                    if (source == CandleSource.Recent)
                    {
                        _busyRecent++;
                        Wake();
                    }

                    return page.Series.Stamp(page, _answers);
                }

                if (IsDone())
                {
                    Wake();
                    return null;
                }

                var waiter = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add(waiter);
                change = waiter.Task;
            }

            await change.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Settles a page under the lock: takes its answer in, puts it back, or ends its series.</summary>
    public void Settle(PageRequest page, CandleSource source, Action<PullTerms> settle)
    {
        lock (_gate)
        {
            if (source == CandleSource.Recent)
                _busyRecent--;
            settle(TermsFor(page.Series, source));
            Wake();
        }
    }

    /// <summary>Counts an answer of the host; pages that fail go back to the queue only while there are some.</summary>
    public void NoteAnswer() => _answers++;

    public bool HasAnsweredSince(PageRequest page) => _answers > page.AnswersBefore;

    /// <summary>Wakes every worker, as after a cancellation.</summary>
    public void Release()
    {
        lock (_gate)
            Wake();
    }

    private PageRequest? TryTake(CandleSource source)
    {
        while (_firstOpen < series.Count && series[_firstOpen].IsComplete)
            _firstOpen++;

        if (source == CandleSource.Recent)
            return TakeFirst(one => one.TakeShared(source, TermsFor(one, source)));

        return TakeFirst(one => one.TakeHistoryOnly(TermsFor(one, source)))
            ?? (_busyRecent >= recentWorkers ? TakeFirst(one => one.TakeShared(source, TermsFor(one, source))) : null);
    }

    private PageRequest? TakeFirst(Func<SeriesDownload, PageRequest?> take)
    {
        for (var i = _firstOpen; i < series.Count; i++)
        {
            if (take(series[i]) is { } page)
                return page;
        }

        return null;
    }

    private bool IsDone()
    {
        for (var i = _firstOpen; i < series.Count; i++)
        {
            if (!series[i].IsComplete)
                return false;
        }

        return true;
    }

    private PullTerms TermsFor(SeriesDownload one, CandleSource source) =>
        PullTerms.At(timeProvider.GetUtcNow().ToUnixTimeMilliseconds(), one.Key.Grid, clamps.PageSize(source));

    private void Wake()
    {
        foreach (var waiter in _waiting)
            waiter.TrySetResult();
        _waiting.Clear();
    }
}
