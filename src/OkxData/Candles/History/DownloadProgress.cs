using OkxData.Models;

namespace OkxData.Candles.History;

/// <summary>Counts what a download does, and tells the caller.</summary>
internal sealed class DownloadProgress
{
    private readonly IProgress<CandleProgress>? _listener;
    private readonly TimeProvider _timeProvider;
    private readonly long _startedAt;
    private readonly int _symbols;
    private readonly long _barsPerSymbol;
    private readonly IReadOnlyList<SeriesDownload> _series;
    private readonly long _barsToFetch;
    private int _requests;

    /// <param name="listener">Who is told.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="symbols">The symbols asked for, those that need no request included.</param>
    /// <param name="barsPerSymbol">The bars of the range.</param>
    /// <param name="series">The series that need requests.</param>
    public DownloadProgress(IProgress<CandleProgress>? listener, TimeProvider timeProvider, int symbols, long barsPerSymbol, IReadOnlyList<SeriesDownload> series)
    {
        _listener = listener;
        _timeProvider = timeProvider;
        _startedAt = timeProvider.GetTimestamp();
        _symbols = symbols;
        _barsPerSymbol = barsPerSymbol;
        _series = series;
        _barsToFetch = series.Sum(one => one.PendingBars);
    }

    public int RequestsSent => Volatile.Read(ref _requests);

    public void CountRequest() => Interlocked.Increment(ref _requests);

    /// <summary>Reports on a symbol that needed no request.</summary>
    public void ReportHeld(string symbol, int symbolsDone) => Tell(symbol, 0, _barsToFetch, symbolsDone);

    /// <summary>Reports on a series after one of its pages; one call at a time.</summary>
    /// <param name="series">The series.</param>
    /// <param name="gate">The lock that guards all series.</param>
    public void Report(SeriesDownload series, Lock gate)
    {
        if (_listener is null)
            return;

        long pendingHere, pending;
        int done;
        lock (gate)
        {
            pendingHere = series.PendingBars;
            pending = _series.Sum(one => one.PendingBars);
            done = _symbols - _series.Count(one => !one.IsComplete);
        }

        Tell(series.Key.Symbol, pendingHere, pending, done);
    }

    private void Tell(string symbol, long pendingHere, long pending, int symbolsDone)
    {
        if (_listener is null)
            return;

        var elapsed = _timeProvider.GetElapsedTime(_startedAt);
        var fetched = _barsToFetch - pending;
        _listener.Report(new CandleProgress
        {
            Symbol = symbol,
            SymbolBarsDone = Math.Max(0, _barsPerSymbol - pendingHere),
            SymbolBarsTotal = _barsPerSymbol,
            SymbolsDone = symbolsDone,
            SymbolsTotal = _symbols,
            BarsDone = Math.Max(0, _symbols * _barsPerSymbol - pending),
            BarsTotal = _symbols * _barsPerSymbol,
            RequestsSent = RequestsSent,
            Elapsed = elapsed,
            Remaining = fetched > 0 ? elapsed * ((double)pending / fetched) : pending == 0 ? TimeSpan.Zero : null,
        });
    }
}
