namespace OkxData.Diagnostics;

internal static partial class LogEventIds
{
    public const int RefreshStarted = 1200;
    public const int RefreshPointless = 1201;
    public const int RefreshDone = 1202;
    public const int RefreshFailing = 1203;
    public const int RefreshBack = 1204;
    public const int RefreshRefused = 1205;
}
