using NUnit.Framework;
using RiskParity;

namespace OkxData.IntegrationTests.Samples;

[TestFixture]
public sealed class CovarianceTests
{
    [Test]
    public void Of_TwoAssets_IsAsComputedByHand()
    {
        var covariance = Covariance.Of(new[,] { { 1d, 2 }, { 2, 4 }, { 3, 9 } });

        // Deviations (−1, 0, 1) and (−3, −1, 4), divided by 3 − 1.
        Assert.That(covariance, Is.EqualTo(new[,] { { 1d, 3.5 }, { 3.5, 13 } }).Within(1e-12));
    }

    [Test]
    public void Of_RowWithAHole_IsLeftOutForAll()
    {
        var whole = Covariance.Of(new[,] { { 1d, 2 }, { 2, 4 }, { 3, 9 } });

        Assert.That(Covariance.Of(new[,] { { 1d, 2 }, { 50, double.NaN }, { 2, 4 }, { double.NaN, 70 }, { 3, 9 } }), Is.EqualTo(whole).Within(1e-12));
    }

    [Test]
    public void Of_TooFewWholeRows_SaysHowMany() =>
        Assert.That(() => Covariance.Of(new[,] { { 1d, double.NaN }, { 2, 4 }, { double.NaN, 9 } }), Throws.ArgumentException.With.Message.StartsWith("Only 1 of 3 rows have a return of each of the 2 assets"));

    [Test]
    public void Of_InfiniteReturn_IsRefused() =>
        Assert.That(() => Covariance.Of(new[,] { { 1d }, { double.NegativeInfinity } }), Throws.ArgumentException.With.Message.Contains("infinite"));
}
