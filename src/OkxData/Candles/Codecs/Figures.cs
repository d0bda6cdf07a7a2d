using System.Globalization;

namespace OkxData.Candles.Codecs;

/// <summary>Between the exact decimals of a candle and the doubles of a column.</summary>
/// <remarks>
/// A double stands for the one decimal of at most 15 significant digits that it is nearest to, where there is one: such decimals
/// and their nearest doubles map one to one, so the way back never guesses. Figures with more digits are kept as text beside.
/// </remarks>
internal static class Figures
{
    private const double Limit = 1e15;
    private const ulong MaxExactInteger = 1UL << 53;
    private const int MaxExactPower = 22;

    // Every power up to 10^22 is a double exactly, so that one division rounds once.
    private static readonly double[] Powers = [.. Enumerable.Range(0, MaxExactPower + 1).Select(k => double.Parse($"1e{k}", CultureInfo.InvariantCulture))];

    /// <summary>The nearest double; the cast of the runtime is often one step off.</summary>
    public static double ToDouble(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var scale = (bits[3] >> 16) & 0xFF;
        var mantissa = ((ulong)(uint)bits[1] << 32) | (uint)bits[0];
        if (bits[2] == 0 && mantissa <= MaxExactInteger && scale <= MaxExactPower)
            return (bits[3] < 0 ? -(double)mantissa : mantissa) / Powers[scale];

        Span<char> text = stackalloc char[40];
        value.TryFormat(text, out var length, default, CultureInfo.InvariantCulture);
        return double.Parse(text[..length], NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>The decimal of at most 15 digits that the double stands for, without trailing zeros.</summary>
    /// <param name="value">The double.</param>
    /// <param name="scale">Where to look first; the scale of the column's last figure. It changes the time taken, never the result.</param>
    /// <param name="result">The decimal.</param>
    public static bool TryToDecimal(double value, ref int scale, out decimal result)
    {
        var magnitude = Math.Abs(value);
        var digits = Math.Round(magnitude * Powers[scale]);
        if (!(digits < Limit && digits / Powers[scale] == magnitude) && !TryFindScale(magnitude, ref scale, out digits))
        {
            result = 0;
            return false;
        }

        var mantissa = (ulong)digits;
        var kept = scale;
        while (kept > 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            kept--;
        }

        result = new decimal((int)mantissa, (int)(mantissa >> 32), 0, value < 0, (byte)kept);
        return true;
    }

    /// <summary>The same value without trailing zeros.</summary>
    public static decimal Canonical(decimal value) => value / 1.0000000000000000000000000000m;

    private static bool TryFindScale(double magnitude, ref int scale, out double digits)
    {
        for (var candidate = 0; candidate < Powers.Length; candidate++)
        {
            digits = Math.Round(magnitude * Powers[candidate]);
            if (!(digits < Limit))
                break;
            if (digits / Powers[candidate] != magnitude)
                continue;
            scale = candidate;
            return true;
        }

        digits = 0;
        return false;
    }
}
