namespace OkxData.Streaming;

internal static class StreamingOptionsRules
{
    // Timers end there.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>What is wrong with the options, each naming its key, its value and what is allowed; nothing when all is well.</summary>
    public static IEnumerable<string> Check(StreamingOptions options)
    {
        foreach (var (key, value) in ((string, TimeSpan)[])
        [
            (nameof(options.PingAfter), options.PingAfter),
            (nameof(options.DeadAfter), options.DeadAfter),
            (nameof(options.ConnectTimeout), options.ConnectTimeout),
            (nameof(options.ReconnectDelay), options.ReconnectDelay),
            (nameof(options.MaxReconnectDelay), options.MaxReconnectDelay),
            (nameof(options.InterruptedAfter), options.InterruptedAfter),
            (nameof(options.MissingCandleAfter), options.MissingCandleAfter),
        ])
        {
            if (value <= TimeSpan.Zero || value > Longest)
                yield return FormattableString.Invariant($"Streaming.{key} is {value:c}; it must be longer than 00:00:00 and at most one day.");
        }

        if (options.PingAfter >= options.DeadAfter)
            yield return FormattableString.Invariant($"Streaming.PingAfter is {options.PingAfter:c}; it must be less than Streaming.DeadAfter, which is {options.DeadAfter:c}.");
        if (options.ReconnectDelay > options.MaxReconnectDelay)
            yield return FormattableString.Invariant($"Streaming.ReconnectDelay is {options.ReconnectDelay:c}; it must not be more than Streaming.MaxReconnectDelay, which is {options.MaxReconnectDelay:c}.");
    }
}
