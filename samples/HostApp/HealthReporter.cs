using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Logging;

namespace HostApp;

/// <summary>Logs what the health checks say, with their reasons.</summary>
internal sealed partial class HealthReporter(ILogger<HealthReporter> logger) : IHealthCheckPublisher
{
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        foreach (var (name, entry) in report.Entries)
            LogHealth(entry.Status == HealthStatus.Healthy ? LogLevel.Information : LogLevel.Warning, name, entry.Status, entry.Description ?? "no more to say");
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 3, Message = "{Check} is {Status}: {Reasons}")]
    private partial void LogHealth(LogLevel level, string check, HealthStatus status, string reasons);
}
