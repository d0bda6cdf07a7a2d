using System.Diagnostics.Metrics;
using OkxData.Diagnostics;

namespace OkxData.Candles.Live;

internal sealed class LiveMetrics
{
    private static readonly string[] Sources = ["live", "refill", "history"];

    private readonly Counter<long> _candles;
    private readonly Counter<long> _refills;
    private readonly Counter<long> _missing;
    private readonly Counter<long> _unreadable;

    public LiveMetrics(IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(OkxDataDiagnostics.MeterName);
        _candles = meter.CreateCounter<long>(OkxDataDiagnostics.StreamCandles, "{candle}", "Finished candles given by streams.");
        _refills = meter.CreateCounter<long>(OkxDataDiagnostics.StreamRefills, "{request}", "Requests for candles that live connections had missed.");
        _missing = meter.CreateCounter<long>(OkxDataDiagnostics.StreamMissing, "{candle}", "Bars that streams went on without, since OKX has no candle of them.");
        _unreadable = meter.CreateCounter<long>(OkxDataDiagnostics.StreamUnreadable, "{push}", "Pushes of candles that could not be read.");
    }

    public void Given(CandleOrigin origin)
    {
        if (_candles.Enabled)
            _candles.Add(1, new KeyValuePair<string, object?>("source", Sources[(int)origin]));
    }

    public void Asked() => _refills.Add(1);

    public void Missing(long bars) => _missing.Add(bars);

    public void Unreadable() => _unreadable.Add(1);
}
