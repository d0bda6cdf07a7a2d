namespace OkxData.Diagnostics;

internal static partial class LogEventIds
{
    public const int ClockSkewed = 220;
    public const int ClockRight = 221;
    public const int ClockUnmeasured = 222;

    public const int KeyRejected = 1100;
    public const int KeyAccepted = 1101;
    public const int KeyChanged = 1102;
    public const int CredentialsNotReloaded = 1103;
}
