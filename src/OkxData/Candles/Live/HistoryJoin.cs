using System.Runtime.CompilerServices;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Streaming;
using OkxData.Time;

namespace OkxData.Candles.Live;

/// <summary>Asks the history service for many series.</summary>
internal delegate Task<CandleBatch> AskHistory(CandleBatchQuery query, CancellationToken cancellationToken);

/// <summary>The part of a stream that lies in the past: all series side by side, a stretch at a time, from the cache where it is held.</summary>
/// <remarks>Each series ends at the newest bar, or at a hole that is too young to be one; from there the live part goes on.</remarks>
internal sealed class HistoryJoin(CandleStreamOrder order, AskHistory askHistory, AskCandles ask, LiveReport report, TimeProvider timeProvider)
{
    /// <summary>The candles that are in memory at once, over all series.</summary>
    private const int MaxHeld = 100_000;

    /// <summary>A last stretch this short is left to the live part, which has heard of it by now.</summary>
    private const int LeftToLive = 30;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromMinutes(1);

    private readonly BarGrid _grid = order.Bar.ToGrid();

    public IReadOnlyList<HistorySeries> Series { get; } = [.. order.Symbols.Select(symbol => new HistorySeries(new SeriesKey(symbol, order.Bar), order.From ?? 0))];

    /// <summary>Yields the finished candles, oldest first over all series.</summary>
    /// <param name="throwIfOver">Called between requests.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="OkxException">A series cannot be kept.</exception>
    public async IAsyncEnumerable<CandleUpdate> ReadAsync(Action throwIfOver, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var at = order.From ?? 0;
        var stretch = Math.Max(1, MaxHeld / order.Symbols.Count / CandleEndpoints.PageSize) * CandleEndpoints.PageSize;
        for (var isFirst = true; ; isFirst = false)
        {
            var end = _grid.Floor(timeProvider.GetUtcNow().ToUnixTimeMilliseconds());
            if (at >= end || (!isFirst && _grid.CountBetween(at, end) <= LeftToLive) || Series.All(one => one.IsJoined))
                yield break;

            var window = new Interval(at, Math.Min(end, _grid.Add(at, stretch)));
            var wanted = Series.Where(one => !one.IsJoined && one.NothingBefore < window.End).ToList();
            await FetchAsync(wanted, window, throwIfOver, cancellationToken).ConfigureAwait(false);
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
                    await SkipNothingAsync(one, window.End, end, throwIfOver, cancellationToken).ConfigureAwait(false);
            }

            at = window.End;
        }
    }

    /// <summary>Fetches a stretch, and again what fails for a reason that passes.</summary>
    private async Task FetchAsync(List<HistorySeries> wanted, Interval window, Action throwIfOver, CancellationToken cancellationToken)
    {
        var delay = FirstDelay;
        while (wanted.Count > 0)
        {
            throwIfOver();
            var range = window.ToRange();
            var batch = await askHistory(new CandleBatchQuery { Symbols = [.. wanted.Select(one => one.Key.Symbol)], Bar = order.Bar, From = range.Start, To = range.End }, cancellationToken).ConfigureAwait(false);
            var failed = new List<HistorySeries>();
            foreach (var one in wanted)
            {
                if (batch.Series.TryGetValue(one.Key.Symbol, out var series))
                    one.BeginStretch(series, SettledBefore(), report);
                else if (StreamFailure.Of(one.Key, batch.Failures[one.Key.Symbol]) is { } fatal)
                    throw fatal;
                else
                    failed.Add(one);
            }

            wanted = failed;
            if (failed.Count == 0)
                return;

            report.HistoryFailed(batch.Failures[failed[0].Key.Symbol], failed.Count);
            await Task.Delay(delay, timeProvider, cancellationToken).ConfigureAwait(false);
            delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
        }
    }

    /// <summary>After a stretch without a candle: finds, by halves, how far there is none, since a series may begin years later.</summary>
    private async Task SkipNothingAsync(HistorySeries one, long start, long end, Action throwIfOver, CancellationToken cancellationToken)
    {
        var (nothingBefore, untilThere) = (start, end);
        var delay = FirstDelay;
        while (_grid.CountBetween(nothingBefore, untilThere) > CandleEndpoints.PageSize)
        {
            throwIfOver();
            var middle = _grid.Add(nothingBefore, _grid.CountBetween(nothingBefore, untilThere) / 2);
            try
            {
                var page = await ask(one.Key, new Interval(nothingBefore, middle), CandleSource.History, cancellationToken).ConfigureAwait(false);
                if (page.Candles.IsEmpty && page.BrokenRows.Count == 0)
                    nothingBefore = middle;
                else
                    untilThere = middle;
            }
            catch (OkxException failure)
            {
                if (StreamFailure.Of(one.Key, failure) is { } fatal)
                    throw fatal;
                report.HistoryFailed(failure, 1);
                await Task.Delay(delay, timeProvider, cancellationToken).ConfigureAwait(false);
                delay = delay * 2 < LongestDelay ? delay * 2 : LongestDelay;
            }
        }

        one.NothingBefore = nothingBefore;
    }

    private long SettledBefore() => _grid.Floor((timeProvider.GetUtcNow() - CandleEndpoints.HistoryLag).ToUnixTimeMilliseconds());
}
