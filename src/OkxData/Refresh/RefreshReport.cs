using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OkxData.Refresh;

/// <summary>What is logged and counted of one bar: the beginning and the end of an outage, not each try.</summary>
internal sealed class RefreshReport(string bar, RefreshMetrics metrics, ILogger logger)
{
    private readonly ConcurrentDictionary<string, bool> _refused = new(StringComparer.Ordinal);
    private bool _isFailing;

    public void Note(string symbol, RefreshOutcome outcome, TimeSpan sinceClose)
    {
        if (outcome.Result == RefreshResult.Current)
        {
            metrics.Current(bar, sinceClose);
            _refused.TryRemove(symbol, out _);
            Succeeded();
            return;
        }

        metrics.Asked(bar, outcome.Result switch { RefreshResult.Missing => "missing", RefreshResult.Failed => "failed", _ => "refused" });
        if (outcome.Result == RefreshResult.Failed)
            Failed(outcome.Reason);
        else if (_refused.TryAdd(symbol, true))
            logger.Refused(symbol, outcome.Reason);
    }

    public void Failed(string reason)
    {
        if (_isFailing)
            return;

        _isFailing = true;
        logger.Failing(reason);
    }

    public void Done(int current, DateTimeOffset close) => logger.Done(current, bar, close);

    private void Succeeded()
    {
        if (!_isFailing)
            return;

        _isFailing = false;
        logger.Back();
    }
}
