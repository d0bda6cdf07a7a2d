using System.Globalization;

namespace OkxData.Candles.Codecs;

/// <summary>The text of the <c>exact</c> column: figures that their doubles cannot hold, such as <c>v=0.1234567890123456789;q=287506892.157491959</c>.</summary>
internal static class ExactText
{
    /// <summary>One letter a figure, in column order; the last stands for contracts.</summary>
    public const string Letters = "ohlcvqn";

    /// <summary>The most characters one figure takes: letter, equals sign, figure, separator.</summary>
    public const int MaxLength = 36;

    private const int MaxUlongDigits = 19;

    public static int Append(Span<char> target, int at, int figure, decimal value)
    {
        if (at > 0)
            target[at++] = ';';
        target[at++] = Letters[figure];
        target[at++] = '=';
        Figures.Canonical(value).TryFormat(target[at..], out var length, default, CultureInfo.InvariantCulture);
        return at + length;
    }

    /// <summary>Puts the named figures in their places and tells which they were, one bit each.</summary>
    /// <exception cref="FormatException">The text is not what <see cref="Append"/> writes.</exception>
    public static uint Parse(ReadOnlySpan<char> text, Span<decimal> figures)
    {
        uint named = 0;
        while (true)
        {
            if (text.Length < 3 || text[1] != '=' || Letters.IndexOf(text[0], StringComparison.Ordinal) is var figure && figure < 0)
                throw Unreadable(text);

            figures[figure] = ParseFigure(text[2..], out var length);
            named |= 1u << figure;
            text = text[(2 + length)..];
            if (text.IsEmpty)
                return named;
            if (text[0] != ';')
                throw Unreadable(text);
            text = text[1..];
        }
    }

    private static decimal ParseFigure(ReadOnlySpan<char> text, out int length)
    {
        var at = text[0] == '-' ? 1 : 0;
        var first = at;
        var point = -1;
        ulong mantissa = 0;
        for (; at < text.Length; at++)
        {
            var digit = (uint)(text[at] - '0');
            if (digit <= 9)
                mantissa = unchecked(mantissa * 10 + digit);
            else if (text[at] == '.' && point < 0)
                point = at;
            else
                break;
        }

        length = at;
        var digits = at - first - (point < 0 ? 0 : 1);
        var scale = point < 0 ? 0 : at - point - 1;
        if (digits is > 0 and <= MaxUlongDigits)
            return new decimal((int)mantissa, (int)(mantissa >> 32), 0, first == 1, (byte)scale);

        return decimal.TryParse(text[..at], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value)
            ? value
            : throw Unreadable(text);
    }

    private static FormatException Unreadable(ReadOnlySpan<char> text) =>
        new($"The exact figures '{text[..Math.Min(text.Length, 40)]}' cannot be read.");
}
