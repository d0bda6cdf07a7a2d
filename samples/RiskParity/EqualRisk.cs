namespace RiskParity;

/// <summary>Long-only weights that sum to 1 and give every asset the same part of the portfolio's risk.</summary>
/// <param name="Weights">The parts of the money.</param>
/// <param name="Contributions">The parts of the variance, w·(Σw) / w'Σw; they sum to 1 and each is 1/n.</param>
internal sealed record EqualRisk(double[] Weights, double[] Contributions)
{
    /// <summary>How far a contribution may be from 1/n.</summary>
    public const double Tolerance = 1e-8;

    private const int MostSweeps = 10_000;

    /// <summary>
    /// Solves by cyclical coordinate descent: equal risk is the minimum of ½x'Σx − Σ ln xᵢ, which is convex, and in one coordinate the root of a
    /// quadratic (Griveau-Billion, Richard, Roncalli 2013).
    /// </summary>
    /// <exception cref="ArgumentException">The matrix is not a covariance matrix, or an asset has no risk.</exception>
    /// <exception cref="InvalidOperationException">No weights were found: a mixture of the assets has no risk.</exception>
    public static EqualRisk Solve(double[,] covariance, IReadOnlyList<string> names)
    {
        Check(covariance, names);
        var n = names.Count;
        var x = Enumerable.Range(0, n).Select(i => 1 / Math.Sqrt(n * covariance[i, i])).ToArray();
        for (var sweep = 0; sweep < MostSweeps; sweep++)
        {
            for (var i = 0; i < n; i++)
            {
                var others = Row(covariance, i, x) - covariance[i, i] * x[i];
                x[i] = (Math.Sqrt(others * others + 4 * covariance[i, i]) - others) / (2 * covariance[i, i]);
            }

            // At the minimum every xᵢ(Σx)ᵢ is 1.
            if (Enumerable.Range(0, n).All(i => Math.Abs(x[i] * Row(covariance, i, x) - 1) < Tolerance / 10))
                return Checked(covariance, x);
        }

        throw new InvalidOperationException($"No weights share the risk of {string.Join(", ", names)} equally: a mixture of them has next to none. Leave out one of two assets that move against each other.");
    }

    /// <summary>The parts of the variance that each asset carries.</summary>
    public static double[] ContributionsOf(double[,] covariance, double[] weights)
    {
        var parts = weights.Select((weight, i) => weight * Row(covariance, i, weights)).ToArray();
        var variance = parts.Sum();
        return Array.ConvertAll(parts, part => part / variance);
    }

    private static EqualRisk Checked(double[,] covariance, double[] x)
    {
        var sum = x.Sum();
        var weights = Array.ConvertAll(x, one => one / sum);
        var contributions = ContributionsOf(covariance, weights);
        var worst = contributions.Max(part => Math.Abs(part - 1d / x.Length));
        return worst <= Tolerance && Math.Abs(weights.Sum() - 1) <= Tolerance
            ? new EqualRisk(weights, contributions)
            : throw new InvalidOperationException($"The weights leave a risk contribution {worst} from equal; {Tolerance} is allowed.");
    }

    private static void Check(double[,] covariance, IReadOnlyList<string> names)
    {
        var n = names.Count;
        if (n == 0 || covariance.GetLength(0) != n || covariance.GetLength(1) != n)
            throw new ArgumentException($"The matrix is {covariance.GetLength(0)} × {covariance.GetLength(1)} for {n} assets; it has to have a row and a column for each.", nameof(covariance));

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                if (!double.IsFinite(covariance[i, j]))
                    throw new ArgumentException($"The covariance of {names[i]} and {names[j]} is {covariance[i, j]}; a return is missing.", nameof(covariance));
                if (Math.Abs(covariance[i, j] - covariance[j, i]) > 1e-9 * Math.Sqrt(Math.Abs(covariance[i, i] * covariance[j, j])))
                    throw new ArgumentException($"The covariance of {names[i]} and {names[j]} differs from that of {names[j]} and {names[i]}.", nameof(covariance));
            }

            if (covariance[i, i] <= 0)
                throw new ArgumentException($"{names[i]} did not move at all: without risk of its own it would take the whole portfolio. Leave it out.", nameof(covariance));
        }
    }

    private static double Row(double[,] covariance, int row, double[] x)
    {
        var sum = 0d;
        for (var column = 0; column < x.Length; column++)
            sum += covariance[row, column] * x[column];
        return sum;
    }
}
