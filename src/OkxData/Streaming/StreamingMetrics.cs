using System.Diagnostics.Metrics;
using OkxData.Diagnostics;

namespace OkxData.Streaming;

internal sealed class StreamingMetrics
{
    private readonly Counter<long> _reconnects;
    private readonly Counter<long> _frames;
    private readonly Counter<long> _unusable;
    private readonly UpDownCounter<int> _interrupted;

    public StreamingMetrics(IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(OkxDataDiagnostics.MeterName);
        _reconnects = meter.CreateCounter<long>(OkxDataDiagnostics.StreamReconnects, "{reconnect}", "Connections of live streams that were lost and opened again.");
        _frames = meter.CreateCounter<long>(OkxDataDiagnostics.StreamFrames, "{frame}", "Frames that live streams received.");
        _unusable = meter.CreateCounter<long>(OkxDataDiagnostics.StreamUnusableFrames, "{frame}", "Frames that live streams could not use.");
        _interrupted = meter.CreateUpDownCounter<int>(OkxDataDiagnostics.StreamInterrupted, "{connection}", "Connections whose streams have not been served for long.");
    }

    public void Reconnected(StreamPath path) => _reconnects.Add(1, TagOf(path));

    public void Received(StreamPath path)
    {
        if (_frames.Enabled)
            _frames.Add(1, TagOf(path));
    }

    public void Unusable(StreamPath path, string reason)
    {
        if (_unusable.Enabled)
            _unusable.Add(1, TagOf(path), new("reason", reason));
    }

    /// <param name="path">Which connection.</param>
    /// <param name="change">1 when it has been down for long, and −1 when it is back or no longer wanted.</param>
    public void Interrupted(StreamPath path, int change) => _interrupted.Add(change, TagOf(path));

    private static KeyValuePair<string, object?> TagOf(StreamPath path) => new("path", StreamPaths.NameOf(path));
}
