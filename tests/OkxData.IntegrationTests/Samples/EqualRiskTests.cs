using CsCheck;
using NUnit.Framework;
using RiskParity;

namespace OkxData.IntegrationTests.Samples;

[TestFixture]
public sealed class EqualRiskTests
{
    /// <summary>Random covariance matrices: those of more random returns than assets, of scales that differ a thousandfold.</summary>
    private static readonly Gen<double[,]> Covariances =
        from n in Gen.Int[1, 12]
        from returns in Gen.Double[-1, 1].Array2D[n + 5, n]
        from scales in Gen.Double[0.001, 1].Array[n]
        let scaled = Scaled(returns, scales)
        select Covariance.Of(scaled);

    [TestCase(0.0)]
    [TestCase(0.6)]
    [TestCase(-0.9)]
    public void Solve_TwoAssets_AreWeightedByTheInverseOfTheirVolatilities(double correlation)
    {
        var (a, b) = (0.02, 0.05);

        var solved = EqualRisk.Solve(new[,] { { a * a, correlation * a * b }, { correlation * a * b, b * b } }, ["A", "B"]);

        Assert.That(solved.Weights, Is.EqualTo(new[] { b / (a + b), a / (a + b) }).Within(1e-8));
    }

    [Test]
    public void Solve_UncorrelatedAssets_AreWeightedByTheInverseOfTheirVolatilities()
    {
        var solved = EqualRisk.Solve(new[,] { { 1d, 0, 0 }, { 0, 4d, 0 }, { 0, 0, 16d } }, ["A", "B", "C"]);

        Assert.That(solved.Weights, Is.EqualTo(new[] { 4d / 7, 2d / 7, 1d / 7 }).Within(1e-8));
    }

    [TestCase(1)]
    [TestCase(2)]
    [TestCase(7)]
    public void Solve_IdenticalAssets_ShareTheMoney(int n)
    {
        // Every correlation is 1: a matrix without an inverse, and weights all the same.
        var covariance = new double[n, n];
        for (var i = 0; i < n * n; i++)
            covariance[i / n, i % n] = 0.0009;

        var solved = EqualRisk.Solve(covariance, [.. Enumerable.Range(0, n).Select(i => $"A{i}")]);

        Assert.That(solved.Weights, Is.All.EqualTo(1d / n).Within(1e-8));
    }

    [Test]
    public void Solve_OneAndItsTwin_GiveTheTwinsHalfEach()
    {
        // By hand: with x for A and y for each twin, x·x = 1 and y(y + y) = 1.
        var solved = EqualRisk.Solve(new[,] { { 1d, 0, 0 }, { 0, 1, 1 }, { 0, 1, 1 } }, ["A", "B", "B2"]);
        var twin = 1 / Math.Sqrt(2);

        Assert.That(solved.Weights, Is.EqualTo(new[] { 1 / (1 + 2 * twin), twin / (1 + 2 * twin), twin / (1 + 2 * twin) }).Within(1e-8));
    }

    [Test]
    public void Solve_AnyCovariance_SharesTheRiskEqually() => Covariances.Sample(covariance =>
    {
        var n = covariance.GetLength(0);
        var solved = EqualRisk.Solve(covariance, [.. Enumerable.Range(0, n).Select(i => $"A{i}")]);
        var volatilities = Enumerable.Range(0, n).Select(i => Enumerable.Range(0, n).Sum(j => covariance[i, j] * solved.Weights[j])).Select((marginal, i) => marginal * solved.Weights[i]).ToArray();
        return Math.Abs(solved.Weights.Sum() - 1) < 1e-9
            && solved.Weights.All(weight => weight > 0)
            && volatilities.All(part => Math.Abs(part / volatilities.Sum() - 1d / n) < 1e-8)
            && solved.Contributions.All(part => Math.Abs(part - 1d / n) < 1e-8);
    });

    [Test]
    public void Solve_AnyCovariance_DoesNotDependOnItsScale() => Covariances.Sample(covariance =>
    {
        var n = covariance.GetLength(0);
        string[] names = [.. Enumerable.Range(0, n).Select(i => $"A{i}")];
        var larger = (double[,])covariance.Clone();
        for (var i = 0; i < n * n; i++)
            larger[i / n, i % n] *= 365;
        return EqualRisk.Solve(covariance, names).Weights.Zip(EqualRisk.Solve(larger, names).Weights).All(pair => Math.Abs(pair.First - pair.Second) < 1e-7);
    });

    [Test]
    public void Solve_AssetWithoutRisk_IsNamed() =>
        Assert.That(() => EqualRisk.Solve(new[,] { { 1d, 0 }, { 0, 0 } }, ["BTC", "STABLE"]), Throws.ArgumentException.With.Message.StartsWith("STABLE did not move at all"));

    [Test]
    public void Solve_MissingFigure_IsNamed() =>
        Assert.That(() => EqualRisk.Solve(new[,] { { 1d, double.NaN }, { double.NaN, 1 } }, ["BTC", "ETH"]), Throws.ArgumentException.With.Message.StartsWith("The covariance of BTC and ETH is NaN; a return is missing."));

    [Test]
    public void Solve_AssetsThatCancelOut_SaysSo() =>
        Assert.That(() => EqualRisk.Solve(new[,] { { 1d, -1 }, { -1, 1 } }, ["LONG", "SHORT"]), Throws.InvalidOperationException.With.Message.Contains("LONG, SHORT"));

    [Test]
    public void Solve_NotASymmetricSquare_IsRefused()
    {
        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => EqualRisk.Solve(new[,] { { 1d, 0.5 }, { 0.4, 1 } }, ["A", "B"]), Throws.ArgumentException);
            Assert.That(() => EqualRisk.Solve(new double[2, 3], ["A", "B"]), Throws.ArgumentException);
            Assert.That(() => EqualRisk.Solve(new double[0, 0], []), Throws.ArgumentException);
        }
    }

    private static double[,] Scaled(double[,] returns, double[] scales)
    {
        var result = (double[,])returns.Clone();
        for (var row = 0; row < result.GetLength(0); row++)
        {
            for (var column = 0; column < scales.Length; column++)
                result[row, column] *= scales[column];
        }

        return result;
    }
}
