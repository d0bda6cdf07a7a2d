using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using OkxData.Diagnostics;

namespace OkxData.IntegrationTests.Candles;

/// <summary>Collects what clients of one test count; give <see cref="Register"/> to their builders.</summary>
internal sealed class CandleSignals : IDisposable
{
    private readonly Meters _meters = new();

    public CandleSignals()
    {
        Rows = new MetricCollector<long>(_meters, OkxDataDiagnostics.MeterName, OkxDataDiagnostics.CacheRows);
        Findings = new MetricCollector<long>(_meters, OkxDataDiagnostics.MeterName, OkxDataDiagnostics.ValidationFindings);
    }

    public MetricCollector<long> Rows { get; }

    public MetricCollector<long> Findings { get; }

    public long Hits => RowsOf("hit");

    public long Misses => RowsOf("miss");

    public void Register(IOkxMarketDataBuilder builder) => builder.Services.AddSingleton<IMeterFactory>(_meters);

    public void Dispose()
    {
        Rows.Dispose();
        Findings.Dispose();
        _meters.Release();
    }

    private long RowsOf(string result) => Rows.GetMeasurementSnapshot().Where(row => (string?)row.Tags["result"] == result).Sum(row => row.Value);

    /// <summary>One meter for all containers of the test; it outlives them, though each would dispose its factory.</summary>
    private sealed class Meters : IMeterFactory
    {
        private readonly Lock _gate = new();
        private Meter? _meter;

        public Meter Create(MeterOptions options)
        {
            options.Scope = this;
            lock (_gate)
                return _meter ??= new Meter(options);
        }

        public void Release() => _meter?.Dispose();

        void IDisposable.Dispose()
        {
            // The container's call; the test releases the meter.
        }
    }
}
