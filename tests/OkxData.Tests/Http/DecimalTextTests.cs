using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using NUnit.Framework;
using OkxData.Http;

namespace OkxData.Tests.Http;

[TestFixture]
public sealed class DecimalTextTests
{
    [TestCase("0", "0")]
    [TestCase("-0", "0")]
    [TestCase("0.000", "0")]
    [TestCase("0e999999999999", "0")]
    [TestCase("007", "7")]
    [TestCase("1.50", "1.5")]
    [TestCase("100", "100")]
    [TestCase("-12.340", "-12.34")]
    [TestCase("1e-8", "0.00000001")]
    [TestCase("1E8", "100000000")]
    [TestCase("1.25e+1", "12.5")]
    [TestCase("9999999999999999999", "9999999999999999999")]
    [TestCase("99999999999999999999", "99999999999999999999")]
    [TestCase("287506892.157491959", "287506892.157491959")]
    [TestCase("79228162514264337593543950335", "79228162514264337593543950335")]
    [TestCase("-7.9228162514264337593543950335", "-7.9228162514264337593543950335")]
    [TestCase("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [TestCase("1.000000000000000000000000000000000000000000", "1")]
    [TestCase("0000000000000000000000000000000000000000000.1", "0.1")]
    [TestCase("1e28", "10000000000000000000000000000")]
    public void Parse_Number_IsExactAndInItsShortestForm(string text, string expected)
    {
        var fault = DecimalText.Parse(Encoding.UTF8.GetBytes(text), out var value);

        Assert.That(fault, Is.EqualTo(FigureFault.None));
        Assert.That(value.ToString(CultureInfo.InvariantCulture), Is.EqualTo(expected));
    }

    [TestCase("-")]
    [TestCase("--1")]
    [TestCase("+1")]
    [TestCase(".5")]
    [TestCase("5.")]
    [TestCase(".")]
    [TestCase("1.2.3")]
    [TestCase(" 1")]
    [TestCase("1 ")]
    [TestCase("1,000")]
    [TestCase("1_000")]
    [TestCase("(1)")]
    [TestCase("0x1F")]
    [TestCase("e5")]
    [TestCase("1e")]
    [TestCase("1e+")]
    [TestCase("1e1.5")]
    [TestCase("1-")]
    [TestCase("NaN")]
    [TestCase("Infinity")]
    [TestCase("١")]
    [TestCase("1\0")]
    [TestCase("99999999999999999999999999999x")]
    public void Parse_NoNumber_IsRefused(string text) => AssertRefused(text, FigureFault.NotANumber);

    [TestCase("79228162514264337593543950336")]
    [TestCase("7.92281625142643375935439503351")]
    [TestCase("0.00000000000000000000000000001")]
    [TestCase("1e29")]
    [TestCase("8e28")]
    [TestCase("1e-29")]
    [TestCase("1e999999999999")]
    public void Parse_MoreThanADecimalHolds_IsRefusedNotRounded(string text) => AssertRefused(text, FigureFault.TooManyDigits);

    [Test]
    public void Parse_Nothing_IsEmpty() => AssertRefused("", FigureFault.Empty);

    [Test]
    public void Parse_AnyNumber_EqualsDecimalParseOrWouldHaveBeenRounded()
    {
        var digits = Gen.Frequency((8, Gen.String[Gen.Char['0', '9'], 1, 12]), (2, Gen.String[Gen.Char['0', '9'], 1, 34]), (1, Gen.String[Gen.Char['0', '0'], 1, 30]));
        var number = Gen.Select(Gen.Bool, digits, Gen.Frequency((5, digits), (2, Gen.Const(""))), Gen.Frequency((4, Gen.Const("")), (1, Gen.Int[-40, 40].Select(e => $"e{e}"))),
            (isNegative, whole, fraction, exponent) => (isNegative ? "-" : "") + whole + (fraction.Length > 0 ? "." + fraction : "") + exponent);

        number.Sample(HoldsFor, iter: 1_000_000);
    }

    [Test]
    public void Parse_AnyDecimal_ComesBackFromItsText() =>
        Gen.Decimal.Sample(value => DecimalText.Parse(Encoding.UTF8.GetBytes(value.ToString(CultureInfo.InvariantCulture)), out var back) == FigureFault.None && back == value,
            iter: 250_000);

    [Test]
    public void Parse_AnyBytes_IsStricterThanDecimalParse() =>
        Gen.String[Gen.Char["0123456789.-+eE ,x"], 0, 24].Sample(text =>
            DecimalText.Parse(Encoding.UTF8.GetBytes(text), out var value) != FigureFault.None || value == decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
            iter: 1_000_000);

    private static void AssertRefused(string text, FigureFault expected)
    {
        var fault = DecimalText.Parse(Encoding.UTF8.GetBytes(text), out var value);

        Assert.That(fault, Is.EqualTo(expected));
        Assert.That(value, Is.Zero);
    }

    private static bool HoldsFor(string text)
    {
        var fault = DecimalText.Parse(Encoding.UTF8.GetBytes(text), out var value);
        var exact = Exact(text);
        if (fault == FigureFault.None)
            return value == decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) && Exact(value.ToString(CultureInfo.InvariantCulture)) == exact && IsShortest(value);

        return fault == FigureFault.TooManyDigits && !IsHeldByDecimal(exact);
    }

    private static bool IsShortest(decimal value) => value.Scale == 0 ? value != 0 || !decimal.IsNegative(value) : value.ToString(CultureInfo.InvariantCulture)[^1] != '0';

    private static bool IsHeldByDecimal((BigInteger Mantissa, int Exponent) number)
    {
        var max = (BigInteger.One << 96) - 1;
        return number.Exponent >= -28 && BigInteger.Abs(number.Mantissa) * BigInteger.Pow(10, Math.Max(number.Exponent, 0)) <= max;
    }

    // The number as mantissa and exponent, without trailing zeros: equal exactly when the numbers are.
    private static (BigInteger Mantissa, int Exponent) Exact(string text)
    {
        var parts = text.Split('e');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var figure = parts[0].Split('.');
        var mantissa = BigInteger.Parse(string.Concat(figure), CultureInfo.InvariantCulture);
        exponent -= figure.Length > 1 ? figure[1].Length : 0;
        if (mantissa.IsZero)
            return (0, 0);
        for (; mantissa % 10 == 0; exponent++)
            mantissa /= 10;
        return (mantissa, exponent);
    }
}
