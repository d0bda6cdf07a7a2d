using System.Globalization;
using CsCheck;
using NUnit.Framework;
using OkxData.Candles.Codecs;

namespace OkxData.Tests.Candles.Codecs;

[TestFixture]
internal sealed class FiguresTests
{
    private static readonly Gen<decimal> AnyDecimal = Gen.Select(
        Gen.Int, Gen.Int, Gen.Int, Gen.Bool, Gen.Int[0, 28], (low, middle, high, negative, scale) => new decimal(low, middle, high, negative, (byte)scale));

    private static readonly Gen<decimal> UpTo15Digits = Gen.Select(
        Gen.Long[-999_999_999_999_999, 999_999_999_999_999], Gen.Int[0, 22], (digits, scale) => digits * Power(scale));

    [Test]
    public void ToDouble_AnyDecimal_IsTheNearestDouble() =>
        AnyDecimal.Sample(value => Figures.ToDouble(value) == double.Parse(value.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture), iter: 20_000);

    [Test]
    public void TryToDecimal_UpTo15Digits_ComesBackWhateverTheHint() =>
        Gen.Select(UpTo15Digits, Gen.Int[0, 22]).Sample(
            (value, hint) => Figures.TryToDecimal(Figures.ToDouble(value), ref hint, out var read) && read == value, iter: 20_000);

    [Test]
    public void TryToDecimal_AnyDouble_IsItsTextOf15DigitsOrNothing() =>
        Gen.Select(Gen.Double[-1e16, 1e16], Gen.Int[0, 22]).Sample(
            (value, hint) => !Figures.TryToDecimal(value, ref hint, out var read)
                || read == decimal.Parse(value.ToString("G15", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture),
            iter: 20_000);

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    [TestCase(double.MaxValue)]
    [TestCase(double.Epsilon)]
    [TestCase(1.0 / 3)]
    [TestCase(1e15)]
    public void TryToDecimal_NothingOfUpTo15Digits_IsRefused(double value)
    {
        var scale = 0;

        Assert.That(Figures.TryToDecimal(value, ref scale, out _), Is.False);
    }

    private static decimal Power(int scale) => new(1, 0, 0, false, (byte)scale);
}
