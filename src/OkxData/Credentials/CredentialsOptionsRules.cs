namespace OkxData.Credentials;

internal static class CredentialsOptionsRules
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRest = TimeSpan.FromDays(1);
    private static readonly TimeSpan LongestTurn = TimeSpan.FromDays(365);

    /// <summary>What is wrong with the options, each naming its key, its value and what is allowed; nothing when all is well.</summary>
    public static IEnumerable<string> Check(CredentialsOptions options)
    {
        string?[] findings =
        [
            options.Keys.Contains(null!) ? "Credentials.Keys has an entry that is null; take it out." : null,
            options.RotateEvery is { } turn ? Between(nameof(options.RotateEvery), turn, LongestTurn) : null,
            Between(nameof(options.RestAfterRejection), options.RestAfterRejection, LongestRest),
            Between(nameof(options.LongestRest), options.LongestRest, LongestRest),
            options.LongestRest < options.RestAfterRejection
                ? FormattableString.Invariant($"Credentials.LongestRest is {options.LongestRest:c}; it must not be less than Credentials.RestAfterRejection, which is {options.RestAfterRejection:c}.")
                : null,
        ];
        return findings.OfType<string>();
    }

    private static string? Between(string key, TimeSpan value, TimeSpan most) => value >= Shortest && value <= most
        ? null
        : FormattableString.Invariant($"Credentials.{key} is {value:c}; it must be from {Shortest:c} to {most:c}.");
}
