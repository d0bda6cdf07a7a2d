using System.Globalization;

namespace OkxData.RateLimiting;

internal static class RateLimitingOptionsRules
{
    /// <summary>What is wrong with the options, each naming its key, its value and what is allowed; nothing when all is well.</summary>
    public static IEnumerable<string> Check(RateLimitingOptions options)
    {
        if (!(options.Share > 0 && options.Share <= 1))
            yield return string.Create(CultureInfo.InvariantCulture, $"RateLimiting.Share is {options.Share}; it must be greater than 0 and at most 1.");
        if (options.Directory is { } directory && (string.IsNullOrWhiteSpace(directory) || directory.Contains('\0', StringComparison.Ordinal)))
            yield return $"RateLimiting.Directory is '{directory}'; it must be a folder's path, or not set for the machine's own.";
    }
}
