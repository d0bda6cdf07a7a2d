using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OkxData.Diagnostics;
using OkxData.Http;
using OkxData.Status;
using OkxData.Streaming;

namespace OkxData.DependencyInjection;

/// <summary>Tells from what the client has met lately how it fares; it sends nothing.</summary>
internal sealed class OkxHealthCheck(OkxTransport transport, StatusService status, StreamHub streams, TimeProvider timeProvider) : IHealthCheck
{
    /// <summary>A wait for the rate limit that is no longer in the order of its window.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(10);

    /// <summary>A silence that is more than a slow reply.</summary>
    private static readonly TimeSpan LongSilence = TimeSpan.FromSeconds(2);

    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        var (pulse, now) = (transport.Pulse, timeProvider.GetUtcNow());
        var unhealthy = new List<string>();
        var degraded = new List<string>();
        if (pulse.Failure is { } failure)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{transport.Host} has not answered since {failure.Since.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z");
            (failure.IsUncovered ? unhealthy : degraded).Add(failure.IsUncovered
                ? $"{text}, and calls fail: {failure.Reason}"
                : $"{text}; calls are answered from the cache: {failure.Reason}");
        }
        else if (pulse.SilentFor is { } silence && silence > LongSilence)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{transport.Host} has given no answer for {silence.TotalSeconds:F0} s");
            (silence >= transport.GiveUpAfter ? unhealthy : degraded).Add(text);
        }

        if (status.Latest?.Current is { } current && !(current.End <= now))
            degraded.Add(string.Create(CultureInfo.InvariantCulture, $"OKX has announced \"{ServerText.Clean(current.Title)}\"{(current.End is { } end ? $" until {end.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z" : "")}"));
        if (pulse.LongestWait is var wait && wait > LongWait)
            degraded.Add(string.Create(CultureInfo.InvariantCulture, $"calls have waited for the rate limit for {wait.TotalSeconds:F0} s"));

        degraded.AddRange(streams.Interruptions.Select(interruption => string.Create(
            CultureInfo.InvariantCulture, $"the {interruption.Path} streams have not been served for {interruption.For.TotalSeconds:F0} s")));

        var data = new Dictionary<string, object> { ["host"] = transport.Host };
        if (pulse.LastAnswer is { } last)
            data["lastAnswer"] = last.ToUniversalTime();
        var reasons = string.Join("; ", unhealthy.Concat(degraded));
        return Task.FromResult(unhealthy.Count > 0 ? new HealthCheckResult(context.Registration.FailureStatus, reasons, data: data)
            : degraded.Count > 0 ? HealthCheckResult.Degraded(reasons, data: data)
            : HealthCheckResult.Healthy(pulse.LastAnswer is null ? "nothing was asked yet" : "OKX answers", data));
    }
}
