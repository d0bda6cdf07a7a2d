using NUnit.Framework;
using OkxData.Models;

namespace OkxData.Tests.Models;

[TestFixture]
public sealed class BarSizesTests
{
    private static readonly string[] HongKong = ["6H", "12H", "1D", "2D", "3D", "1W", "1M", "3M"];

    [Test]
    public void ToCode_EveryBar_IsTheUtcWordAndComesBack()
    {
        var bars = Enum.GetValues<BarSize>();
        var codes = bars.Select(bar => bar.ToCode()).ToList();

        Assert.That(codes, Is.EqualTo(new[] { "1m", "3m", "5m", "15m", "30m", "1H", "2H", "4H", "6Hutc", "12Hutc", "1Dutc", "1Wutc", "1Mutc" }));
        Assert.That(codes, Has.None.AnyOf(HongKong));
        Assert.That(codes.Select(code => BarSizes.TryParseCode(code, out var bar) ? bar : (BarSize)(-1)), Is.EqualTo(bars));
    }

    [TestCase("1D")]
    [TestCase("1M")]
    [TestCase("1h")]
    [TestCase("1dutc")]
    [TestCase("")]
    public void TryParseCode_AnotherWord_IsFalse(string code) => Assert.That(BarSizes.TryParseCode(code, out _), Is.False);

    [TestCase(-1)]
    [TestCase(13)]
    [TestCase(int.MinValue)]
    [TestCase(int.MaxValue)]
    public void IsDefined_ValueOutsideTheEnum_IsFalse(int value) => Assert.That(((BarSize)value).IsDefined(), Is.False);

    [Test]
    public void IsDefined_EveryBar_IsTrue() => Assert.That(Enum.GetValues<BarSize>().Select(bar => bar.IsDefined()), Has.All.True);
}
