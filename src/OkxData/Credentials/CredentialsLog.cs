using Microsoft.Extensions.Logging;
using OkxData.Diagnostics;

namespace OkxData.Credentials;

internal static partial class CredentialsLog
{
    public const string Category = "OkxData.Credentials";

    [LoggerMessage(LogEventIds.KeyRejected, LogLevel.Warning, "OKX rejects the key {Key} with {Code}: {Advice}. It rests for {Rest}; {Others} other keys are set.", EventName = nameof(KeyRejected))]
    public static partial void KeyRejected(ILogger logger, string key, string code, string advice, TimeSpan rest, int others);

    [LoggerMessage(LogEventIds.KeyAccepted, LogLevel.Information, "OKX accepts the key {Key} again.", EventName = nameof(KeyAccepted))]
    public static partial void KeyAccepted(ILogger logger, string key);

    [LoggerMessage(LogEventIds.KeyChanged, LogLevel.Information, "Signed calls now use the key {Key} ({Reason}).", EventName = nameof(KeyChanged))]
    public static partial void KeyChanged(ILogger logger, string key, string reason);

    [LoggerMessage(LogEventIds.CredentialsNotReloaded, LogLevel.Warning, "The options changed and are not valid, so signed calls keep the keys they had: {Reason}", EventName = nameof(CredentialsNotReloaded))]
    public static partial void CredentialsNotReloaded(ILogger logger, string reason);
}
