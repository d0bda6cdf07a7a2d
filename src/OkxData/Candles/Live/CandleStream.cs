using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Streaming;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Candles.Live;

/// <summary>One stream that is being read: it works only while its reader waits for the next candle, so a slow reader slows nothing but itself.</summary>
internal sealed class CandleStream : IAsyncDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly CandleStreamOrder _order;
    private readonly StreamParts _parts;
    private readonly LiveReport _report;
    private readonly ServerClock _clock;
    private readonly WakeSignal _wake;
    private readonly CandleMailbox _mailbox;
    private readonly LiveSeries[] _series;
    private readonly RefillDesk _refills;
    private readonly StreamArchive? _archive;
    private readonly List<LiveSeries> _answered = [];
    private readonly List<(int Index, Candle Row)> _rows = [];
    private IAsyncDisposable? _subscription;
    private OkxException? _failure; // ends the stream once what is there has been given
    private long? _unstartedAt; // the opening at which history ended for series without a candle

    public CandleStream(CandleStreamOrder order, StreamParts parts)
    {
        (_order, _parts, _report) = (order, parts, parts.ReportFor(order.Bar));
        _clock = new ServerClock(parts.TimeProvider, order.Bar.ToGrid());
        _wake = new WakeSignal(parts.TimeProvider);
        _series = [.. order.Symbols.Select(symbol => new LiveSeries(new SeriesKey(symbol, order.Bar), parts.Options))];
        _mailbox = new CandleMailbox(order.Topics(), order.Bar, order.IncludeUnfinished, _clock, _wake, _report);
        _refills = new RefillDesk(new CandleRefill(parts.Ask), _wake);
        _archive = parts.Archive is null ? null : new StreamArchive(parts.Archive, parts.Ask, _report, parts.TimeProvider);
    }

    public async IAsyncEnumerable<CandleUpdate> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Subscribed first, so that nothing closes unseen between the two.
        _subscription = _parts.Subscribe(_order.Topics(), _mailbox);
        if (_order.From is not null)
        {
            var history = new HistoryJoin(_order, _parts.AskHistory, _parts.Ask, PauseAsync, _clock, _report, _parts.TimeProvider);
            await foreach (var update in history.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                _report.Metrics.Given(CandleOrigin.History);
                yield return update;
            }

            Join(history);
        }

        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var isOver = _mailbox.IsOver;
            TakeIn();
            foreach (var series in _series)
            {
                while (series.Cursor.TryTake(out var update))
                {
                    _archive?.Add(series.Key, update.Candle);
                    _report.Metrics.Given(update.IsLive ? CandleOrigin.Live : CandleOrigin.Refill);
                    yield return update;
                }

                if (_order.IncludeUnfinished && series.Cursor.TryTakeForming(out var forming))
                    yield return forming;
            }

            if (isOver)
                ThrowIfOver();
            if (_failure is not null)
                ExceptionDispatchInfo.Throw(_failure);
            await _wake.WaitAsync(AskAndTellNext(), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Leaves: nothing goes on after it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_subscription is not null)
            await _subscription.DisposeAsync().ConfigureAwait(false);
        await _refills.DisposeAsync().ConfigureAwait(false);
        if (_archive is not null)
            await _archive.DisposeAsync().ConfigureAwait(false);
        await _wake.DisposeAsync().ConfigureAwait(false);
    }

    private void ThrowIfOver()
    {
        if (_mailbox.IsDisposed)
            throw new ObjectDisposedException("OkxMarketClient", "The client was disposed while its candles were being streamed.");
        if (_mailbox.Rejection is { } reason)
            throw new OkxStreamException(reason.Message, reason) { Endpoint = reason.Endpoint, Code = reason.Code, OkxMessage = reason.OkxMessage, Attempts = reason.Attempts, CloseStatus = reason.CloseStatus };
    }

    private async ValueTask PauseAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var until = _clock.Elapsed + (long)time.TotalMilliseconds;
        ThrowIfOver();
        while (_clock.Elapsed < until)
        {
            await _wake.WaitAsync(TimeSpan.FromMilliseconds(until - _clock.Elapsed), cancellationToken).ConfigureAwait(false);
            ThrowIfOver();
        }
    }

    /// <summary>Goes on where history ended.</summary>
    private void Join(HistoryJoin history)
    {
        for (var i = 0; i < _series.Length; i++)
        {
            var past = history.Series[i];
            _archive?.NoteCompared(past.Key, past.IsRevised, past.Generation);
            if (past.Last is not null || past.HasOlder is true)
                _series[i].Cursor.Start(past.Next, past.MissingFrom, past.Last);
        }

        _unstartedAt = _order.Bar.ToGrid().Floor(_clock.Now);
    }

    /// <summary>Takes in what has been pushed and what has been answered.</summary>
    private void TakeIn()
    {
        _rows.Clear();
        _mailbox.DrainTo(_rows);
        StartSeries();
        foreach (var (index, row) in _rows)
            Take(_series[index], in row, CandleOrigin.Live);
        while (_refills.TryTake(out var result))
            TakeIn(result);
        StartSeries();
    }

    /// <summary>Begins with the bar that formed at the call, once OKX's rows tell which that was.</summary>
    private void StartSeries()
    {
        if (_clock.Start is not { } start)
            return;

        var grid = _order.Bar.ToGrid();
        var first = grid.Floor(start);
        if (_order.From is { } from)
            first = Math.Max(from, Math.Min(_unstartedAt ?? from, grid.Floor(_clock.Now)));
        foreach (var series in _series)
        {
            if (series.Cursor.Next is null)
                series.Cursor.Start(first);
        }
    }

    private void Take(LiveSeries series, in Candle row, CandleOrigin origin)
    {
        if (series.Cursor.Take(in row, origin, out var kept) == RowFate.Conflict)
            _report.Findings(series.Key, [CandleIssues.ConflictingDuplicate(series.Key.Symbol, series.Key.Bar, in kept, in row)]);
    }

    private void TakeIn(RefillResult result)
    {
        var series = result.Series;
        if (result.OkxFailure is { } failure)
        {
            _failure ??= StreamFailure.Of(series.Key, failure);
            if (!series.HasFailed)
                _report.RefillFailed(series.Key, failure);
            series.NoteFailure(_clock);
            return;
        }

        var answer = result.Answer!;
        _report.Findings(series.Key, answer.Issues);
        var isSearch = series.Cursor.Next is null;
        foreach (var row in answer.Rows)
            Take(series, in row, CandleOrigin.Refill);
        if (answer.Rows.Count > 0)
            _clock.NoteFinished(answer.Rows.Max(row => CandleRows.OpenMilliseconds(in row)), isSearch);

        _report.Missing(series.Key, series.Cursor.MarkAbsent(answer.Absent));
        _answered.Add(series);
    }

    /// <summary>Asks for what is due and says how long there is nothing more to do.</summary>
    private TimeSpan AskAndTellNext()
    {
        foreach (var series in _answered)
            series.NoteAnswer(_clock);
        _answered.Clear();

        var wait = (long)LongestWait.TotalMilliseconds;
        var unstarted = _series.FirstOrDefault(series => series.Cursor.Next is null);
        foreach (var series in _series)
        {
            var due = series == unstarted ? series.WaitBeforeSearching(_clock) : series.WaitBeforeAsking(_clock);
            if (due > 0)
                wait = Math.Min(wait, due);
            else if (_refills.HasRoom)
                _refills.Ask(series, series.Cursor.Next is null ? series.AskForNewest(_clock) : series.Ask(_clock, _parts.TimeProvider.GetUtcNow()));
        }

        return TimeSpan.FromMilliseconds(Math.Max(1, wait));
    }
}
