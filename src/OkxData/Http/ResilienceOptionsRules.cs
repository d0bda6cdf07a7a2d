using System.Globalization;

namespace OkxData.Http;

internal static class ResilienceOptionsRules
{
    /// <summary>What is wrong with the options, each naming its key, its value and what is allowed; nothing when all is well.</summary>
    public static IEnumerable<string> Check(ResilienceOptions options)
    {
        string?[] findings =
        [
            Between(nameof(options.MaxRetries), options.MaxRetries, 0, 10),
            Between(nameof(options.RetryDelay), options.RetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(1)),
            Between(nameof(options.MaxRetryDelay), options.MaxRetryDelay, TimeSpan.FromMilliseconds(1), TimeSpan.FromMinutes(10)),
            Between(nameof(options.AttemptTimeout), options.AttemptTimeout, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(10)),
            Between(nameof(options.MaxResponseBytes), options.MaxResponseBytes, 1024, 1024 * 1024 * 1024),
            Between(nameof(options.BreakDuration), options.BreakDuration, TimeSpan.FromMilliseconds(500), TimeSpan.FromHours(1)),
            Between(nameof(options.GiveUpAfter), options.GiveUpAfter, TimeSpan.FromSeconds(2), TimeSpan.FromHours(1)),
            Between(nameof(options.WaitForMaintenance), options.WaitForMaintenance, TimeSpan.Zero, TimeSpan.FromHours(24)),
            options.MaxRetryDelay < options.RetryDelay
                ? Text($"Resilience.MaxRetryDelay is {options.MaxRetryDelay}; it must not be less than Resilience.RetryDelay, which is {options.RetryDelay}.")
                : null,
        ];
        return findings.OfType<string>();
    }

    private static string? Between<T>(string key, T value, T least, T most)
        where T : IComparable<T>, IFormattable => value.CompareTo(least) >= 0 && value.CompareTo(most) <= 0
        ? null
        : Text($"Resilience.{key} is {value}; it must be from {least} to {most}.");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
