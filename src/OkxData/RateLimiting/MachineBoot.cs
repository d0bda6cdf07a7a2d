using System.Globalization;

namespace OkxData.RateLimiting;

/// <summary>Tells one run of the machine from the next: the monotonic clock starts again with it. All containers of a machine see the same.</summary>
internal static class MachineBoot
{
    private const string LinuxBootId = "/proc/sys/kernel/random/boot_id";

    /// <summary>The run's id; zero where the system gives none, and then a clock that went back tells.</summary>
    public static (long High, long Low) Id { get; } = Read();

    private static (long High, long Low) Read()
    {
        try
        {
            if (!OperatingSystem.IsLinux() || !Guid.TryParse(File.ReadAllText(LinuxBootId).AsSpan().Trim(), CultureInfo.InvariantCulture, out var id))
                return default;

            Span<byte> bytes = stackalloc byte[16];
            id.TryWriteBytes(bytes);
            return (BitConverter.ToInt64(bytes), BitConverter.ToInt64(bytes[8..]));
        }
        catch (Exception exception) when (LedgerFile.IsFailure(exception))
        {
            return default;
        }
    }
}
