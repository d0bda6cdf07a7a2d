using System.Globalization;

namespace OkxData.Testing.Series;

/// <summary>Numbers as OKX writes them.</summary>
internal static class Figures
{
    private const int SignificantDigits = 18;

    private static readonly decimal[] PowersOfTen = [.. Enumerable.Range(0, 28).Select(power => (decimal)System.Numerics.BigInteger.Pow(10, power))];

    /// <summary>The number without zeros at its end.</summary>
    public static string Text(decimal value)
    {
        var text = value.ToString(CultureInfo.InvariantCulture);
        return text.Contains('.', StringComparison.Ordinal) ? text.TrimEnd('0').TrimEnd('.') : text;
    }

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Rounded to the eighteen digits that OKX's quote volumes have.</summary>
    public static decimal Turnover(decimal value)
    {
        var digits = 0;
        while (digits < PowersOfTen.Length && value >= PowersOfTen[digits])
            digits++;

        return decimal.Round(value, Math.Max(0, SignificantDigits - digits));
    }

    public static decimal Parse(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}
