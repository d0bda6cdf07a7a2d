using System.Globalization;

namespace OkxData.RateLimiting;

internal static class RateLimitingOptionsRules
{
    /// <summary>What is wrong with the options, each naming its key, its value and what is allowed; nothing when all is well.</summary>
    public static IEnumerable<string> Check(RateLimitingOptions options)
    {
        if (!(options.Share > 0 && options.Share <= 1))
            yield return string.Create(CultureInfo.InvariantCulture, $"RateLimiting.Share is {options.Share}; it must be greater than 0 and at most 1.");
    }
}
