using System.Globalization;
using System.IO.Hashing;
using System.Text;
using Microsoft.Extensions.Logging;

namespace OkxData.RateLimiting;

/// <summary>The default: one budget for all processes of the machine, kept in a small file for each.</summary>
/// <param name="options">Whether and where.</param>
/// <param name="longestUse">How long a request may be under way; a lease of which nothing is heard lapses a window later.</param>
/// <param name="logger">Hears of files that cannot be used.</param>
internal sealed class MachineRateLimiterFactory(RateLimitingOptions options, TimeSpan longestUse, ILogger logger) : IRateLimiterFactory
{
    private static readonly TimeSpan SameClock = TimeSpan.FromMinutes(1);

    private readonly string _folder = options.Directory is { } chosen ? Path.GetFullPath(chosen) : DefaultFolder;

    // The system's own words, not TMPDIR: every process has to find the same folder.
    private static string DefaultFolder => OperatingSystem.IsWindows()
        ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData), "OkxData", "RateLimits")
        : "/tmp/OkxData.RateLimits";

    public PausableRateLimiter Create(RateLimitBucket bucket, TimeProvider timeProvider)
    {
        ArgumentNullException.ThrowIfNull(bucket);
        ArgumentNullException.ThrowIfNull(timeProvider);
        if (!options.MachineWide || !RunsWithTheMachine(timeProvider))
            return ProcessRateLimiterFactory.Shared.Create(bucket, timeProvider);

        var placeName = string.Create(CultureInfo.InvariantCulture, $"{longestUse.Ticks} {_folder}");
        return ProcessRateLimiterFactory.Shared.GetOrAdd(bucket, timeProvider, placeName, made => new SharedLedger(
            new LedgerFile(_folder, FileNameOf(made)), made.Quota, longestUse + made.Quota.Window, timeProvider, logger));
    }

    /// <summary>A name that can be read, a hash, since not all that names a bucket can stand in a file's name, and the form of the content, since one of another form is of no use.</summary>
    internal static string FileNameOf(RateLimitBucket bucket)
    {
        var words = $"{bucket.Host} {bucket.Endpoint} {bucket.Scope}";
        var readable = new StringBuilder();
        foreach (var c in words.Trim())
            readable.Append(char.IsAsciiLetterOrDigit(c) || c is '.' or '-' ? c : '_');
        if (readable.Length > 80)
            readable.Length = 80;
        return string.Create(CultureInfo.InvariantCulture, $"{readable}.{XxHash64.HashToUInt64(Encoding.UTF8.GetBytes(words)):x16}.v{LedgerFileCodec.Format}");
    }

    // A clock that a test moves has timestamps that mean nothing to another process.
    private static bool RunsWithTheMachine(TimeProvider timeProvider) =>
        timeProvider.TimestampFrequency == TimeProvider.System.TimestampFrequency
        && TimeProvider.System.GetElapsedTime(timeProvider.GetTimestamp()).Duration() < SameClock;
}
