using System.Globalization;
using System.Text.RegularExpressions;

namespace OkxData.Models;

/// <summary>Symbols as people write them, turned into OKX's form and checked before they reach a path or an address.</summary>
internal static partial class Symbols
{
    public const int MaxLength = 64;

    /// <summary>OKX's form of a symbol: <c>btc/usdt</c> becomes <c>BTC-USDT</c>.</summary>
    /// <exception cref="ArgumentException">The text is not a symbol.</exception>
    public static string Normalize(string? symbol, string parameterName)
    {
        if (symbol is null)
            throw new ArgumentNullException(parameterName, "A symbol is null; write one such as 'BTC-USDT'.");
        if (string.IsNullOrWhiteSpace(symbol))
            throw new ArgumentException($"The symbol '{Printable(symbol)}' is empty; write one such as 'BTC-USDT'.", parameterName);
        if (symbol.Length > MaxLength)
            throw new ArgumentException($"The symbol '{Printable(symbol[..MaxLength])}…' has {symbol.Length} characters, {MaxLength} are allowed; write one such as 'BTC-USDT'.", parameterName);

        var hyphened = symbol.Replace('/', '-');
        if (!Shape().IsMatch(hyphened))
            throw new ArgumentException($"'{Printable(symbol)}' is not a symbol; write OKX's name, such as 'BTC-USDT', 'BTC-USDT-SWAP' or 'BTC-USD-260925'.", parameterName);

        return hyphened.ToUpperInvariant();
    }

    /// <summary>The kind of instrument, as OKX's naming tells it.</summary>
    public static InstrumentType TypeOf(string symbol)
    {
        var parts = symbol.Split('-');
        return parts switch
        {
            [_, _] => InstrumentType.Spot,
            [_, _, "SWAP"] => InstrumentType.Swap,
            [_, _, _] => InstrumentType.Futures,
            [_, _, _, _, "C" or "P"] => InstrumentType.Option,
            _ => InstrumentType.Unknown,
        };
    }

    /// <summary>The base and quote currencies that the symbol names; <c>BTC-USD_UM-SWAP</c> is BTC in USD.</summary>
    public static (string Base, string Quote) Currencies(string symbol)
    {
        var parts = symbol.Split('-');
        return parts.Length < 2 ? (symbol, "") : (parts[0], parts[1].Split('_')[0]);
    }

    // Escapes keep foreign text out of logs and show which letter of a look-alike is not what it seems.
    private static string Printable(string text) =>
        string.Concat(text.Select(c => c is >= ' ' and <= '~' ? c.ToString() : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")));

    // Two parts or more; OKX uses capital letters, digits and, inside a part, underscores and a strike's point. None ends in a
    // point: Windows drops those of a folder, so that two symbols would share one. Capitals come after, since a long s (ſ) has an S.
    [GeneratedRegex("^[A-Za-z0-9]{1,32}(-[A-Za-z0-9]+([_.][A-Za-z0-9]+)*){1,7}\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
