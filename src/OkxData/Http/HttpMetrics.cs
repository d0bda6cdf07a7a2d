using System.Diagnostics.Metrics;
using OkxData.Diagnostics;
using OkxData.Errors;

namespace OkxData.Http;

internal sealed class HttpMetrics
{
    private readonly Histogram<double> _requests;
    private readonly Histogram<double> _waits;

    public HttpMetrics(IMeterFactory meterFactory)
    {
        var meter = meterFactory.Create(OkxDataDiagnostics.MeterName);
        _requests = meter.CreateHistogram<double>(
            OkxDataDiagnostics.HttpRequestDuration, "s", "One attempt of a request, from the send to the last byte of the reply.");
        _waits = meter.CreateHistogram<double>(
            OkxDataDiagnostics.RateLimitWaitDuration, "s", "How long a request waited for the rate limit.");
    }

    public void Waited(string endpoint, TimeSpan duration)
    {
        if (_waits.Enabled)
            _waits.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("endpoint", endpoint));
    }

    public void Requested(string endpoint, TimeSpan duration, Exception? failure)
    {
        if (_requests.Enabled)
            _requests.Record(duration.TotalSeconds, new("endpoint", endpoint), new("outcome", OutcomeOf(failure)));
    }

    /// <summary>The outcome as metrics and logs name it.</summary>
    public static string OutcomeOf(Exception? failure) => failure switch
    {
        null => "success",
        OkxRateLimitException => "rate_limited",
        OkxApiException => "refused",
        OkxPayloadException => "payload",
        OkxTransportException => "transport",
        OperationCanceledException => "canceled",
        _ => "error",
    };
}
