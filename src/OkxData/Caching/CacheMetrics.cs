using System.Diagnostics.Metrics;
using OkxData.Diagnostics;

namespace OkxData.Caching;

internal sealed class CacheMetrics(IMeterFactory meterFactory)
{
    private readonly Counter<long> _rows = meterFactory.Create(OkxDataDiagnostics.MeterName)
        .CreateCounter<long>(OkxDataDiagnostics.CacheRows, "{row}", "Rows that the cache held, and rows that had to be fetched.");

    public void Served(int hits, int misses)
    {
        if (!_rows.Enabled)
            return;

        if (hits > 0)
            _rows.Add(hits, new KeyValuePair<string, object?>("result", "hit"));
        if (misses > 0)
            _rows.Add(misses, new KeyValuePair<string, object?>("result", "miss"));
    }
}
