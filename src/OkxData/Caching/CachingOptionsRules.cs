namespace OkxData.Caching;

/// <summary>What <see cref="CachingOptions"/> must keep to. Looks at no disk.</summary>
internal static class CachingOptionsRules
{
    private const int MostDaysFresh = 365;
    private const int MostDaysStale = 3650;

    /// <summary>One message for each value out of its range, naming key, value and range; none when all is well.</summary>
    public static IEnumerable<string> Check(CachingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Faults(options);
    }

    private static IEnumerable<string> Faults(CachingOptions options)
    {
        if (options.Directory is { } directory)
        {
            if (string.IsNullOrWhiteSpace(directory))
                yield return $"Caching.Directory is '{directory}'; it must be the path of a folder, or null for the default.";
            else if (directory.AsSpan().IndexOfAny(Path.GetInvalidPathChars()) >= 0)
                yield return $"Caching.Directory is '{Printable(directory)}', which has a character that no path may have (such as NUL); it must be the path of a folder, or null for the default.";
        }

        if (!Enum.IsDefined(options.CandleFormat))
            yield return FormattableString.Invariant($"Caching.CandleFormat is {(int)options.CandleFormat}; it must be one of {Names<CandleFormat>()}.");
        if (!Enum.IsDefined(options.Mode))
            yield return FormattableString.Invariant($"Caching.Mode is {(int)options.Mode}; it must be one of {Names<CacheMode>()}.");
        if (options.GapRetryAfter <= TimeSpan.Zero)
            yield return FormattableString.Invariant($"Caching.GapRetryAfter is {options.GapRetryAfter:c}; it must be longer than 00:00:00.");

        foreach (var (key, value, mostDays) in ((string, TimeSpan, int)[])
        [
            (nameof(options.InstrumentsTtl), options.InstrumentsTtl, MostDaysFresh),
            (nameof(options.TickersTtl), options.TickersTtl, MostDaysFresh),
            (nameof(options.RankingsTtl), options.RankingsTtl, MostDaysFresh),
            (nameof(options.MaxStale), options.MaxStale, MostDaysStale),
            (nameof(options.MaxStaleTickers), options.MaxStaleTickers, MostDaysStale),
        ])
        {
            if (value < TimeSpan.Zero || value > TimeSpan.FromDays(mostDays))
                yield return FormattableString.Invariant($"Caching.{key} is {value:c}; it must be from 00:00:00 to {mostDays} days.");
        }
    }

    private static string Names<T>()
        where T : struct, Enum => string.Join(", ", Enum.GetNames<T>());

    private static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
}
