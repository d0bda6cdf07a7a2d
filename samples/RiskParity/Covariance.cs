namespace RiskParity;

/// <summary>The sample covariance of returns.</summary>
internal static class Covariance
{
    /// <summary>The covariances of the columns, over the rows in which no return is missing; a matrix of pairs of rows would not be one of a portfolio.</summary>
    /// <exception cref="ArgumentException">Fewer than two rows are whole, or a return is infinite.</exception>
    public static double[,] Of(double[,] returns)
    {
        var (rows, columns) = (returns.GetLength(0), returns.GetLength(1));
        var whole = Enumerable.Range(0, rows).Where(row => !Enumerable.Range(0, columns).Any(column => double.IsNaN(returns[row, column]))).ToArray();
        if (whole.Length < 2)
            throw new ArgumentException($"Only {whole.Length} of {rows} rows have a return of each of the {columns} assets, two or more are needed; leave out the assets with holes.", nameof(returns));
        if (whole.Any(row => Enumerable.Range(0, columns).Any(column => double.IsInfinity(returns[row, column]))))
            throw new ArgumentException("A return is infinite; a price of zero is no price.", nameof(returns));

        var means = Enumerable.Range(0, columns).Select(column => whole.Average(row => returns[row, column])).ToArray();
        var result = new double[columns, columns];
        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                var sum = 0d;
                foreach (var row in whole)
                    sum += (returns[row, i] - means[i]) * (returns[row, j] - means[j]);
                result[i, j] = result[j, i] = sum / (whole.Length - 1);
            }
        }

        return result;
    }
}
