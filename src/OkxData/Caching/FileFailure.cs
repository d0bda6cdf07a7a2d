using System.Security;
using OkxData.Errors;

namespace OkxData.Caching;

/// <summary>What the operating system says of a file, turned into what the user can do.</summary>
internal static class FileFailure
{
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;
    private const int NoSpace = 28;
    private const int QuotaExceeded = 122;
    private const int QuotaExceededOnMac = 69;
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int HandleDiskFull = unchecked((int)0x80070027);
    private const int DiskFull = unchecked((int)0x80070070);

    /// <summary>Whether the exception comes from the disk rather than from the program.</summary>
    public static bool IsFileFailure(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or SecurityException;

    /// <summary>Whether another has the file open just now, so that a moment later the same may succeed.</summary>
    /// <remarks>Windows also denies access to a file that is being replaced or removed.</remarks>
    public static bool IsContention(Exception exception) => exception switch
    {
        IOException { HResult: SharingViolation or LockViolation } => true,
        IOException { HResult: WouldBlock or WouldBlockOnMac } => !OperatingSystem.IsWindows(),
        UnauthorizedAccessException => OperatingSystem.IsWindows(),
        _ => false,
    };

    /// <summary>The exception to throw in place of one from the disk.</summary>
    public static OkxCacheException Describe(string action, string path, Exception cause) =>
        new($"The cache could not {action} '{path}': {cause.Message.TrimEnd('.')}. {AdviceFor(cause)}", cause) { Location = path };

    private static string AdviceFor(Exception cause) => cause switch
    {
        FileTooLargeException => "Delete the file; this library writes none so large.",
        IOException { HResult: NoSpace or QuotaExceeded or QuotaExceededOnMac or DiskFull or HandleDiskFull } =>
            "Free space on that disk, or set Caching.Directory to a folder on another one.",
        UnauthorizedAccessException or SecurityException =>
            "Give this user the right to read and write there, check that no folder stands where a file should, or set Caching.Directory to another folder.",
        PathTooLongException => "Set Caching.Directory to a folder with a shorter path.",
        _ => "Check that no file stands where a folder should and that the disk is healthy, or set Caching.Directory to another folder.",
    };
}
