using Microsoft.Extensions.Logging;
using OkxData.Diagnostics;

namespace OkxData.Streaming;

internal static partial class StreamingLog
{
    [LoggerMessage(LogEventIds.StreamConnected, LogLevel.Information, "Connected to {Address}; {Topics} subscription(s) are asked for.", EventName = nameof(LogEventIds.StreamConnected))]
    public static partial void Connected(ILogger logger, Uri address, int topics);

    [LoggerMessage(LogEventIds.StreamConnectFailed, LogLevel.Information, "No connection to {Address}: {Reason}. It is tried again.", EventName = nameof(LogEventIds.StreamConnectFailed))]
    public static partial void ConnectFailed(ILogger logger, Uri address, string reason);

    [LoggerMessage(LogEventIds.StreamLost, LogLevel.Information, "The connection of the {Path} streams was lost: {Reason}.", EventName = nameof(LogEventIds.StreamLost))]
    public static partial void Lost(ILogger logger, string path, string reason);

    [LoggerMessage(LogEventIds.StreamReplaced, LogLevel.Information, "The connection of the {Path} streams was replaced by a new one before OKX closed it; nothing was interrupted.", EventName = nameof(LogEventIds.StreamReplaced))]
    public static partial void Replaced(ILogger logger, string path);

    [LoggerMessage(LogEventIds.StreamInterrupted, LogLevel.Warning, "The {Path} streams have not been served for {Duration}, and go on trying. The last cause: {Reason}.", EventName = nameof(LogEventIds.StreamInterrupted))]
    public static partial void Interrupted(ILogger logger, string path, TimeSpan duration, string reason);

    [LoggerMessage(LogEventIds.StreamBack, LogLevel.Information, "The {Path} streams are served again, after {Duration}.", EventName = nameof(LogEventIds.StreamBack))]
    public static partial void Back(ILogger logger, string path, TimeSpan duration);

    [LoggerMessage(LogEventIds.StreamFrameUnusable, LogLevel.Warning, "The {Path} streams could not use {Count} frame(s) that came since the last such line; the latest is {Kind}: {Beginning}", EventName = nameof(LogEventIds.StreamFrameUnusable))]
    public static partial void FrameUnusable(ILogger logger, string path, long count, string kind, string beginning);

    [LoggerMessage(LogEventIds.StreamNoticed, LogLevel.Information, "OKX says on the {Path} streams: {Code} {Message}", EventName = nameof(LogEventIds.StreamNoticed))]
    public static partial void Noticed(ILogger logger, string path, string code, string message);

    [LoggerMessage(LogEventIds.StreamRejected, LogLevel.Warning, "OKX refused {Channel} of {Symbol}: {Code} {Message}", EventName = nameof(LogEventIds.StreamRejected))]
    public static partial void Rejected(ILogger logger, string channel, string symbol, string code, string message);

    [LoggerMessage(LogEventIds.StreamDeferred, LogLevel.Information, "OKX sent the error {Code} on the {Path} streams ({Message}); what it may mean is asked for again.", EventName = nameof(LogEventIds.StreamDeferred))]
    public static partial void Deferred(ILogger logger, string path, string code, string message);

    [LoggerMessage(LogEventIds.StreamListenerFailed, LogLevel.Error, "A listener of the {Path} streams failed and goes on.", EventName = nameof(LogEventIds.StreamListenerFailed))]
    public static partial void ListenerFailed(ILogger logger, string path, Exception exception);

    [LoggerMessage(LogEventIds.StreamCloseFailed, LogLevel.Debug, "A connection could not be closed in order: {Reason}", EventName = nameof(LogEventIds.StreamCloseFailed))]
    public static partial void CloseFailed(ILogger logger, string reason);
}
