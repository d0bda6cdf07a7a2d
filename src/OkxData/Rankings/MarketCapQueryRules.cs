using OkxData.Models;

namespace OkxData.Rankings;

/// <summary>What a query must keep to, checked before anything is sent.</summary>
internal static class MarketCapQueryRules
{
    public const int MostAssets = 500;

    private const int MaxCurrencyLength = 16;

    /// <summary>The query with its currency in capitals and its instant in UTC.</summary>
    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public static MarketCapQuery Normalize(MarketCapQuery query, DateTimeOffset now, string parameterName)
    {
        if (query.Top is < 1 or > MostAssets)
            throw new ArgumentOutOfRangeException(parameterName, query.Top, $"Top must be from 1 to {MostAssets}.");
        if (query.QuoteCurrency is not { Length: > 0 and <= MaxCurrencyLength } || !query.QuoteCurrency.All(char.IsAsciiLetterOrDigit))
            throw new ArgumentException($"QuoteCurrency must be a currency of 1 to {MaxCurrencyLength} letters and digits, such as 'USDT'.", parameterName);
        if (query.AsOf > now)
            throw new ArgumentOutOfRangeException(parameterName, query.AsOf, FormattableString.Invariant($"AsOf must not be in the future; it is {now.ToUniversalTime():yyyy-MM-dd'T'HH:mm:ss'Z'} now. Leave it out for the ranking of now."));
        if (query.Include is null || query.Exclude is null)
            throw new ArgumentException("Include and Exclude must not be null; leave them out for none.", parameterName);

        return query with
        {
            Include = Currencies(query.Include, nameof(query.Include), parameterName),
            Exclude = Currencies(query.Exclude, nameof(query.Exclude), parameterName),
            QuoteCurrency = query.QuoteCurrency.ToUpperInvariant(),
            AsOf = query.AsOf?.ToUniversalTime(),
        };
    }

    // A pair in place of its base would be a rule that nobody sees not to hold.
    private static string[] Currencies(IReadOnlyCollection<string> names, string list, string parameterName) =>
    [
        .. names.Select(name => name is { Length: > 0 and <= MaxCurrencyLength } && name.All(char.IsAsciiLetterOrDigit)
            ? name.ToUpperInvariant()
            : throw new ArgumentException($"{list} has '{name}'; it takes base currencies such as 'PAXG', of 1 to {MaxCurrencyLength} letters and digits.", parameterName)),
    ];
}
