namespace OkxData.Diagnostics;

internal static partial class LogEventIds
{
    public const int StreamConnected = 1000;
    public const int StreamConnectFailed = 1001;
    public const int StreamLost = 1002;
    public const int StreamReplaced = 1003;
    public const int StreamInterrupted = 1004;
    public const int StreamBack = 1005;
    public const int StreamFrameUnusable = 1006;
    public const int StreamNoticed = 1007;
    public const int StreamRejected = 1008;
    public const int StreamDeferred = 1009;
    public const int StreamCloseFailed = 1010;
    public const int StreamListenerFailed = 1011;
}
