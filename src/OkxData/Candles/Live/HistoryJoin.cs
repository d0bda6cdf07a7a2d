using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.Live;

/// <summary>Asks the history service for many series.</summary>
internal delegate Task<CandleBatch> AskHistory(CandleBatchQuery query, CancellationToken cancellationToken);

/// <summary>Waits; throws when the stream is over, also where there is nothing to wait for.</summary>
internal delegate ValueTask PauseStream(TimeSpan time, CancellationToken cancellationToken);

/// <summary>The part of a stream that lies in the past: all series side by side, a stretch at a time, from the cache where it is held.</summary>
/// <remarks>Each series ends at the newest bar, or at a hole that is too young to be one; from there the live part goes on.</remarks>
internal sealed class HistoryJoin(CandleStreamOrder order, AskHistory askHistory, AskCandles ask, PauseStream pause, ServerClock clock, LiveReport report, TimeProvider timeProvider)
{
    /// <summary>The candles that are in memory at once, over all series.</summary>
    private const int MaxHeld = 100_000;

    /// <summary>A last stretch this short is left to the live part, which has heard of it by now.</summary>
    private const int LeftToLive = 30;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private const long MaxClockError = 86_400_000;

    // OKX had no market before.
    private static readonly long Beginning = new DateTimeOffset(2010, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly BarGrid _grid = order.Bar.ToGrid();

    public IReadOnlyList<HistorySeries> Series { get; } = [.. order.Symbols.Select(symbol => new HistorySeries(new SeriesKey(symbol, order.Bar), order.From ?? 0))];

    /// <summary>Yields the finished candles, oldest first over all series.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OkxException">A series cannot be kept.</exception>
    public async IAsyncEnumerable<CandleUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var at = order.From ?? 0;
        var stretch = Math.Max(1, MaxHeld / order.Symbols.Count / CandleEndpoints.PageSize) * CandleEndpoints.PageSize;
        for (var isFirst = true; ; isFirst = false)
        {
            var end = _grid.Floor(timeProvider.GetUtcNow().ToUnixTimeMilliseconds());
            if (at >= end || (!isFirst && _grid.CountBetween(at, end) <= LeftToLive) || Series.All(one => one.IsJoined))
                yield break;

            var window = new Interval(at, _grid.Add(at, Math.Min(stretch, _grid.CountBetween(at, end))));
            var wanted = Series.Where(one => !one.IsJoined && one.NothingBefore < window.End).ToList();
            await FetchAsync(wanted, window, cancellationToken).ConfigureAwait(false);
            for (var opening = window.Start; opening < window.End; opening = _grid.Add(opening, 1))
            {
                foreach (var one in wanted)
                {
                    if (one.TryTake(opening, report, out var update))
                        yield return update;
                }
            }

            foreach (var one in wanted)
            {
                if (!one.EndStretch())
                    await SkipNothingAsync(one, window.End, end, cancellationToken).ConfigureAwait(false);
            }

            at = window.End;
        }
    }

    /// <summary>Fetches a stretch, and again what fails for a reason that passes.</summary>
    private async Task FetchAsync(List<HistorySeries> wanted, Interval window, CancellationToken cancellationToken)
    {
        var range = window.ToRange();
        var retry = new Retry(report, pause);
        for (var left = wanted; left.Count > 0;)
        {
            await pause(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            var batch = await askHistory(new CandleBatchQuery { Symbols = [.. left.Select(one => one.Key.Symbol)], Bar = order.Bar, From = range.Start, To = range.End }, cancellationToken).ConfigureAwait(false);
            NoteNewest(batch);
            var failed = new List<HistorySeries>();
            foreach (var one in left)
            {
                if (batch.Series.TryGetValue(one.Key.Symbol, out var series))
                    one.BeginStretch(series, SettledBefore(), report);
                else
                    failed.Add(one);
            }

            foreach (var one in failed)
                ThrowIfFatal(one, batch.Failures[one.Key.Symbol]);
            if (failed.Count > 0)
                await retry.AfterAsync(batch.Failures[failed[0].Key.Symbol], failed.Count, cancellationToken).ConfigureAwait(false);
            left = failed;
        }

        foreach (var one in wanted)
        {
            if (one.NeedsOlder)
                one.HasOlder = await HasRowsAsync(one, new Interval(Beginning, one.Next), cancellationToken).ConfigureAwait(false);
        }
    }

    private void NoteNewest(CandleBatch batch)
    {
        if (batch.Series.Values.Max(series => series.Coverage.LastObserved) is { } newest)
            clock.NoteFinished(newest.ToUnixTimeMilliseconds());
    }

    /// <summary>After a stretch without a candle: finds, by halves, how far there is none, since a series may begin years later.</summary>
    private async Task SkipNothingAsync(HistorySeries one, long start, long end, CancellationToken cancellationToken)
    {
        var (nothingBefore, untilThere) = (start, end);
        while (_grid.CountBetween(nothingBefore, untilThere) > CandleEndpoints.PageSize)
        {
            var middle = _grid.Add(nothingBefore, _grid.CountBetween(nothingBefore, untilThere) / 2);
            if (await HasRowsAsync(one, new Interval(nothingBefore, middle), cancellationToken).ConfigureAwait(false))
                untilThere = middle;
            else
                nothingBefore = middle;
        }

        one.NothingBefore = nothingBefore;
    }

    /// <summary>Whether OKX has any candle in the openings, however many they are.</summary>
    private async Task<bool> HasRowsAsync(HistorySeries one, Interval openings, CancellationToken cancellationToken)
    {
        for (var retry = new Retry(report, pause); ;)
        {
            await pause(TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
            try
            {
                var page = await ask(one.Key, openings, CandleSource.History, cancellationToken).ConfigureAwait(false);
                return !page.Candles.IsEmpty || page.BrokenRows.Count > 0;
            }
            catch (OkxException failure)
            {
                ThrowIfFatal(one, failure);
                await retry.AfterAsync(failure, 1, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static void ThrowIfFatal(HistorySeries one, OkxException failure)
    {
        if (StreamFailure.Of(one.Key, failure) is { } fatal)
            ExceptionDispatchInfo.Throw(fatal);
    }

    /// <summary>
    /// The openings before this one closed so long ago that OKX has settled about them. The local clock alone may be wrong by
    /// hours, so what is younger than a day counts by what OKX's rows tell.
    /// </summary>
    private long SettledBefore()
    {
        var local = timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        var lag = (long)CandleEndpoints.HistoryLag.TotalMilliseconds;
        var surely = clock.Passed is { } passed ? Math.Min(local, passed) - lag : long.MinValue;
        return _grid.Floor(Math.Max(surely, local - lag - MaxClockError));
    }

    /// <summary>Waits longer from failure to failure.</summary>
    private sealed class Retry(LiveReport report, PauseStream pause)
    {
        private TimeSpan _delay = FirstDelay;

        public async Task AfterAsync(OkxException failure, int failed, CancellationToken cancellationToken)
        {
            report.HistoryFailed(failure, failed);
            await pause(_delay, cancellationToken).ConfigureAwait(false);
            _delay = _delay * 2 < LongestDelay ? _delay * 2 : LongestDelay;
        }
    }
}
