namespace OkxData.Diagnostics;

/// <summary>The ids of log events, a hundred for each room. Ids and event names are contract: filters name them.</summary>
internal static partial class LogEventIds
{
    public const int RateLimitPaused = 100;
    public const int RateLimitNotShared = 101;
    public const int RateLimitWaited = 102;

    public const int AttemptFailed = 200;
    public const int CircuitOpened = 201;
    public const int CircuitClosed = 202;
    public const int Requested = 203;
}
