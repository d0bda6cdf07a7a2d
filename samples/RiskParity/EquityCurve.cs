namespace RiskParity;

/// <summary>What one unit of money became.</summary>
/// <param name="Times">The instants, UTC, a day apart.</param>
/// <param name="Values">The value at each; the first is 1.</param>
internal sealed record EquityCurve(string Name, DateTimeOffset[] Times, double[] Values)
{
    private const double DaysOfAYear = 365.25;

    /// <summary>The growth that would give the same in each year.</summary>
    public double GrowthPerYear => Values.Length < 2 ? 0 : Math.Pow(Values[^1] / Values[0], DaysOfAYear / (Times[^1] - Times[0]).TotalDays) - 1;

    /// <summary>The standard deviation of the daily returns, for a year of days that know nothing of each other.</summary>
    public double VolatilityPerYear
    {
        get
        {
            if (Values.Length < 3)
                return 0;

            var returns = Enumerable.Range(1, Values.Length - 1).Select(i => Values[i] / Values[i - 1] - 1).ToArray();
            var mean = returns.Average();
            return Math.Sqrt(returns.Sum(value => (value - mean) * (value - mean)) / (returns.Length - 1) * DaysOfAYear);
        }
    }

    /// <summary>The greatest loss from a peak to a later low, 0.3 for 30 %.</summary>
    public double WorstDrawdown
    {
        get
        {
            var (peak, worst) = (double.MinValue, 0d);
            foreach (var value in Values)
            {
                peak = Math.Max(peak, value);
                worst = Math.Max(worst, 1 - value / peak);
            }

            return worst;
        }
    }
}
