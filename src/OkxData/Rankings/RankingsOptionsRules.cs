namespace OkxData.Rankings;

internal static class RankingsOptionsRules
{
    private const int MostRequests = 1000;
    private const int MostAssets = 5000;
    private const int MostCategories = 50;
    private const int LongestCategory = 128;
    private const decimal MostTolerance = 0.5m;

    /// <summary>What is wrong with the options, each naming its key, its value and what is allowed; nothing when all is well.</summary>
    public static IEnumerable<string> Check(RankingsOptions options)
    {
        string?[] findings =
        [
            options.CoinGeckoBaseAddress is { } gecko ? AddressFault(nameof(options.CoinGeckoBaseAddress), gecko) : null,
            options.CoinPaprikaBaseAddress is { } paprika
                ? AddressFault(nameof(options.CoinPaprikaBaseAddress), paprika)
                : "Rankings.CoinPaprikaBaseAddress is null; it must be an absolute http or https address.",
            KeyFault(nameof(options.CoinGeckoDemoKey), options.CoinGeckoDemoKey),
            KeyFault(nameof(options.CoinGeckoProKey), options.CoinGeckoProKey),
            options is { CoinGeckoDemoKey: not null, CoinGeckoProKey: not null }
                ? "Rankings.CoinGeckoDemoKey and Rankings.CoinGeckoProKey are both set; keep the one of your plan."
                : null,
            options.CoinGeckoRequestsPerMinute is < 1 or > MostRequests
                ? FormattableString.Invariant($"Rankings.CoinGeckoRequestsPerMinute is {options.CoinGeckoRequestsPerMinute}; it must be from 1 to {MostRequests}, or null for the default.")
                : null,
            options.CoinGeckoCategories.Count > MostCategories
                ? FormattableString.Invariant($"Rankings.CoinGeckoCategories has {options.CoinGeckoCategories.Count} entries; {MostCategories} are allowed.")
                : null,
            options.CoinGeckoCategories.Keys.FirstOrDefault(id => !IsCategory(id)) is { } category
                ? $"Rankings.CoinGeckoCategories has the id '{category}'; an id is 1 to {LongestCategory} lower-case letters, digits and hyphens, as in 'wrapped-tokens'."
                : null,
            options.AssetCount is < 1 or > MostAssets
                ? FormattableString.Invariant($"Rankings.AssetCount is {options.AssetCount}; it must be from 1 to {MostAssets}.")
                : null,
            options.PriceTolerance is <= 0 or > MostTolerance
                ? FormattableString.Invariant($"Rankings.PriceTolerance is {options.PriceTolerance}; it must be more than 0 and at most {MostTolerance}.")
                : null,
            options.DatedFilesDirectory is { } folder && string.IsNullOrWhiteSpace(folder)
                ? "Rankings.DatedFilesDirectory is empty; it must be the path of a folder, or null for none."
                : null,
        ];
        return findings.OfType<string>();
    }

    private static bool IsCategory(string id) => id is { Length: > 0 and <= LongestCategory } && id.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static string? AddressFault(string key, Uri address) => address is { IsAbsoluteUri: true, Scheme: "http" or "https" }
        ? null
        : $"Rankings.{key} is '{address}'; it must be an absolute http or https address.";

    // Never the value: it is a key.
    private static string? KeyFault(string key, string? value) => value is null || (value.Length > 0 && value.All(c => c is > ' ' and <= '~'))
        ? null
        : $"Rankings.{key} is empty or has a character that no header may have.";
}
