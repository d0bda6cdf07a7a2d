using System.Diagnostics.Metrics;
using OkxData.Diagnostics;

namespace OkxData.Refresh;

internal sealed class RefreshMetrics
{
    private readonly Counter<long> _series;
    private readonly Histogram<double> _lag;

    public RefreshMetrics(IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(OkxDataDiagnostics.MeterName);
        _series = meter.CreateCounter<long>(OkxDataDiagnostics.RefreshSeries, "{series}", "Series that the cache refresh asked for, by what became of it.");
        _lag = meter.CreateHistogram<double>(OkxDataDiagnostics.RefreshLag, "s", "How long after a close a series is current in the cache.");
    }

    public void Asked(string bar, string result)
    {
        if (_series.Enabled)
            _series.Add(1, new KeyValuePair<string, object?>("bar", bar), new KeyValuePair<string, object?>("result", result));
    }

    public void Current(string bar, TimeSpan lag)
    {
        Asked(bar, "current");
        if (_lag.Enabled)
            _lag.Record(lag.TotalSeconds, new KeyValuePair<string, object?>("bar", bar));
    }
}
