using System.Security;
using Microsoft.Win32.SafeHandles;

namespace OkxData.RateLimiting;

/// <summary>The file of one bucket: who has it open has it locked.</summary>
internal sealed class LedgerFile(string folder, string name)
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);
    private const int WouldBlock = 11;
    private const int WouldBlockOnMac = 35;

    private const UnixFileMode Everybody = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
    private const UnixFileMode EverybodyEnters = Everybody | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute | UnixFileMode.StickyBit;

    private bool _isTested;

    public string Path { get; } = System.IO.Path.Combine(folder, name);

    /// <summary>Whether the exception means that the file cannot be used, now or ever.</summary>
    public static bool IsFailure(Exception exception) =>
        exception is IOException or UnauthorizedAccessException or SecurityException or InvalidDataException or NotSupportedException;

    /// <summary>Opens and locks the file, and makes it where there is none; <see langword="null"/> while another has it.</summary>
    public SafeFileHandle? TryOpen()
    {
        try
        {
            var handle = OpenOrCreate();
            try
            {
                TestOnce();
                return handle;
            }
            catch
            {
                handle.Dispose();
                throw;
            }
        }
        catch (IOException exception) when (IsContention(exception))
        {
            return null;
        }
    }

    private SafeFileHandle OpenOrCreate()
    {
        // Not "open or create" in one: in a folder for everybody, Linux refuses that for a file of another user.
        try
        {
            return File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return Create();
        }
    }

    private SafeFileHandle Create()
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(folder);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(folder, EverybodyEnters);
        }

        try
        {
            var handle = File.OpenHandle(Path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(handle, Everybody);
            return handle;
        }
        catch (IOException) when (File.Exists(Path))
        {
            // Another was faster.
            return File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
    }

    // Some disks accept a lock and exclude no one; a second opening that succeeds gives them away.
    private void TestOnce()
    {
        if (_isTested)
            return;

        if (File.GetAttributes(Path).HasFlag(FileAttributes.ReparsePoint))
            throw new IOException("it is a link to another file");

        _isTested = true;
        try
        {
            using var second = File.OpenHandle(Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (IsContention(exception))
        {
            return;
        }

        throw new NotSupportedException("locks on that disk exclude no one");
    }

    private static bool IsContention(IOException exception) => exception.HResult switch
    {
        SharingViolation or LockViolation => true,
        WouldBlock or WouldBlockOnMac => !OperatingSystem.IsWindows(),
        _ => false,
    };
}
