using Microsoft.Extensions.Logging;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Candles.Live;

/// <summary>Says what a stream came upon, in the log and the metrics; what repeats from push to push is logged once.</summary>
internal sealed class LiveReport(BarSize bar, LiveMetrics metrics, ValidationMetrics findings, TimeProvider timeProvider, ILogger logger)
{
    // Nobody's clock is trusted here, so only what cannot be is refused.
    private static readonly TimeSpan Future = TimeSpan.FromDays(1);

    private readonly HashSet<(string Symbol, string Rule)> _logged = [];
    private readonly Lock _gate = new();
    private bool _isUnreadableLogged;

    /// <summary>The last instant at which a candle may open, Unix ms.</summary>
    public long FutureLimit => (timeProvider.GetUtcNow() + Future).ToUnixTimeMilliseconds();

    public LiveMetrics Metrics => metrics;

    /// <summary>Counts findings about rows that were not taken; of each rule and symbol the first is logged.</summary>
    public void Findings(SeriesKey key, IEnumerable<DataIssue> issues)
    {
        var all = issues.ToList();
        findings.Found(all);
        List<DataIssue> news;
        lock (_gate)
            news = all.Where(issue => _logged.Add((key.Symbol, issue.Rule))).ToList();
        logger.CandleFindings(key.Symbol, key.Bar, news);
    }

    public void PushUnreadable(SeriesKey key, Exception exception)
    {
        metrics.Unreadable();
        lock (_gate)
        {
            if (_isUnreadableLogged)
                return;
            _isUnreadableLogged = true;
        }

        CandleLog.PushUnreadable(logger, exception, key.ToString());
    }

    public void Missing(SeriesKey key, IntervalSet openings)
    {
        foreach (var interval in openings)
        {
            metrics.Missing(key.Grid.CountBetween(interval.Start, interval.End));
            CandleLog.CandlesMissing(logger, key.ToString(), interval.ToRange().ToString());
        }
    }

    public void RefillFailed(SeriesKey key, OkxException failure) => CandleLog.RefillFailed(logger, key.ToString(), failure.Message);

    public void HistoryFailed(OkxException failure, int failed) => CandleLog.StreamHistoryFailed(logger, failed, bar.ToCode(), failure.Message);

    public void NotArchived(SeriesKey key, string reason) => CandleLog.StreamNotArchived(logger, key.ToString(), reason);
}
