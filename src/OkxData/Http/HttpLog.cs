using Microsoft.Extensions.Logging;
using OkxData.Diagnostics;

namespace OkxData.Http;

internal static partial class HttpLog
{
    public const string Category = "OkxData.Http";

    [LoggerMessage(LogEventIds.RateLimitPaused, LogLevel.Warning, "{Service} refused a request to {Endpoint} as one too many; nothing is sent there for {Pause}.", EventName = nameof(RateLimitPaused))]
    public static partial void RateLimitPaused(ILogger logger, string service, string endpoint, TimeSpan pause);

    [LoggerMessage(LogEventIds.AttemptFailed, LogLevel.Information, "Attempt {Attempt} failed and is repeated after {Delay}: {Reason}", EventName = nameof(AttemptFailed))]
    public static partial void AttemptFailed(ILogger logger, int attempt, TimeSpan delay, string reason);

    [LoggerMessage(LogEventIds.Requested, LogLevel.Debug, "{Endpoint} for {Subject}: {Outcome} after {Duration}", EventName = nameof(Requested))]
    public static partial void Requested(ILogger logger, string endpoint, string subject, string outcome, TimeSpan duration);

    [LoggerMessage(LogEventIds.RateLimitWaited, LogLevel.Debug, "{Endpoint} for {Subject} waited {Duration} for the rate limit", EventName = nameof(LogEventIds.RateLimitWaited))]
    public static partial void Waited(ILogger logger, string endpoint, string subject, TimeSpan duration);

    [LoggerMessage(LogEventIds.CircuitOpened, LogLevel.Warning, "Nearly all recent calls to {Host}{Endpoint} failed; nothing is sent there for {Pause}. The last one: {Reason}", EventName = nameof(CircuitOpened))]
    public static partial void CircuitOpened(ILogger logger, string host, string endpoint, TimeSpan pause, string reason);

    [LoggerMessage(LogEventIds.CircuitClosed, LogLevel.Information, "{Host}{Endpoint} answers again.", EventName = nameof(CircuitClosed))]
    public static partial void CircuitClosed(ILogger logger, string host, string endpoint);

    [LoggerMessage(LogEventIds.ClockSkewed, LogLevel.Warning, "The local clock is {Seconds} s {Direction} the one of {Host}; signatures are corrected for it. Set the clock, for example with NTP.", EventName = nameof(ClockSkewed))]
    public static partial void ClockSkewed(ILogger logger, string seconds, string direction, string host);

    [LoggerMessage(LogEventIds.ClockRight, LogLevel.Information, "The local clock agrees with the one of {Host} again.", EventName = nameof(ClockRight))]
    public static partial void ClockRight(ILogger logger, string host);

    [LoggerMessage(LogEventIds.ClockUnmeasured, LogLevel.Information, "The host's time could not be asked for, so signatures go by what is known of it: {Reason}", EventName = nameof(ClockUnmeasured))]
    public static partial void ClockUnmeasured(ILogger logger, string reason);
}
