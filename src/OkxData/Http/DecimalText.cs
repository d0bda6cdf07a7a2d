using System.Runtime.CompilerServices;

namespace OkxData.Http;

/// <summary>Digits to decimals, exactly or not at all.</summary>
/// <remarks>
/// Takes numbers as JSON writes them, and leading zeros: no spaces, no plus sign, no separators, no words. A number that a decimal
/// cannot hold to the digit is refused, where <see cref="decimal.Parse(string)"/> would round it. Trailing zeros are dropped, so
/// equal values have equal texts.
/// </remarks>
internal static class DecimalText
{
    /// <summary>Whatever is longer is no figure.</summary>
    public const int MaxLength = 256;

    private const int MostDigits = 29;
    private const int MaxScale = 28;
    private const int AnyExponentBeyond = 10_000;
    private static readonly UInt128 MaxMantissa = (UInt128.One << 96) - 1;

    public static FigureFault Parse(ReadOnlySpan<byte> text, out decimal value)
    {
        if (text.Length > 20)
            return ParseLong(text, out value);

        var isNegative = text is [(byte)'-', ..];
        var first = isNegative ? 1 : 0;
        var point = -1;
        ulong mantissa = 0;
        for (var i = first; i < text.Length; i++)
        {
            var digit = (uint)(text[i] - '0');
            if (digit <= 9)
                mantissa = mantissa * 10 + digit;
            else if (text[i] == '.' && point < 0)
                point = i;
            else
                return ParseLong(text, out value);
        }

        var scale = point < 0 ? 0 : text.Length - point - 1;
        var digits = text.Length - first - (point < 0 ? 0 : 1);
        if (digits is 0 or > 19 || point == first || (point >= 0 && scale == 0))
            return ParseLong(text, out value);

        while (scale > 0 && mantissa % 10 == 0)
        {
            mantissa /= 10;
            scale--;
        }

        value = new decimal((int)mantissa, (int)(mantissa >> 32), 0, isNegative && mantissa != 0, (byte)scale);
        return FigureFault.None;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static FigureFault ParseLong(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        if (text.IsEmpty)
            return FigureFault.Empty;
        if (text.Length > MaxLength)
            return FigureFault.NotANumber;

        var isNegative = text[0] == '-';
        var rest = isNegative ? text[1..] : text;
        var mantissa = new Mantissa();
        if (!mantissa.Append(ref rest))
            return FigureFault.NotANumber;

        var fraction = 0;
        if (rest is [(byte)'.', ..])
        {
            rest = rest[1..];
            fraction = rest.Length;
            if (!mantissa.Append(ref rest))
                return FigureFault.NotANumber;
            fraction -= rest.Length;
        }

        if (!TryReadExponent(rest, out var exponent))
            return FigureFault.NotANumber;
        if (mantissa.IsZero)
            return FigureFault.None;
        if (mantissa.IsTooLong)
            return FigureFault.TooManyDigits;

        return Compose(mantissa.Value, exponent + mantissa.TrailingZeros - fraction, isNegative, out value);
    }

    private static FigureFault Compose(UInt128 mantissa, int exponent, bool isNegative, out decimal value)
    {
        value = 0;
        if (exponent is < -MaxScale or > MaxScale)
            return FigureFault.TooManyDigits;
        for (; exponent > 0 && mantissa <= MaxMantissa; exponent--)
            mantissa *= 10;
        if (mantissa > MaxMantissa)
            return FigureFault.TooManyDigits;

        value = new decimal((int)mantissa, (int)(mantissa >> 32), (int)(mantissa >> 64), isNegative, (byte)-exponent);
        return FigureFault.None;
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, out int exponent)
    {
        exponent = 0;
        if (text.IsEmpty)
            return true;
        if (text[0] is not ((byte)'e' or (byte)'E'))
            return false;

        var sign = text.Length > 1 && text[1] is (byte)'-' or (byte)'+' ? text[1] : (byte)0;
        var digits = text[(sign == 0 ? 1 : 2)..];
        if (digits.IsEmpty || digits.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return false;

        foreach (var digit in digits)
            exponent = Math.Min(exponent * 10 + digit - '0', AnyExponentBeyond);
        if (sign == '-')
            exponent = -exponent;
        return true;
    }

    /// <summary>Digits without the zeros at either end, which cost nothing however many they are.</summary>
    private struct Mantissa
    {
        private int _length;

        public UInt128 Value { get; private set; }

        public int TrailingZeros { get; private set; }

        public readonly bool IsZero => _length == 0;

        public readonly bool IsTooLong => _length > MostDigits;

        /// <summary>Takes digits off the front of the text; <see langword="false"/> when there are none.</summary>
        public bool Append(ref ReadOnlySpan<byte> text)
        {
            var count = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
            if (count < 0)
                count = text.Length;
            foreach (var digit in text[..count])
                Append(digit - '0');
            text = text[count..];
            return count > 0;
        }

        private void Append(int digit)
        {
            if (digit == 0)
            {
                TrailingZeros += IsZero ? 0 : 1;
                return;
            }

            _length += TrailingZeros + 1;
            for (; TrailingZeros >= 0 && !IsTooLong; TrailingZeros--)
                Value *= 10;
            TrailingZeros = 0;
            Value += (uint)digit;
        }
    }
}
