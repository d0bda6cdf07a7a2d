using OkxData.Panels;

namespace RiskParity;

/// <summary>Follows one unit of money through rebalances. No fees, no slippage: every trade is at the price at which the last day closed.</summary>
internal static class Backtest
{
    /// <summary>
    /// Between two rebalances the holdings stay and their weights drift. An asset without a price keeps its last one until it has another;
    /// one that is delisted is sold at that price at the next rebalance, which flatters.
    /// </summary>
    /// <exception cref="ArgumentException">There is no rebalance, or one at an instant at which no row closes or with an asset that has no price yet.</exception>
    public static EquityCurve Run(string name, PricePanel prices, IReadOnlyList<Rebalance> rebalances)
    {
        if (rebalances.Count == 0)
            throw new ArgumentException($"{name} never buys anything; it takes a window of days before the first month.", nameof(rebalances));

        var last = Enumerable.Repeat(double.NaN, prices.Symbols.Count).ToArray();
        var units = new double[prices.Symbols.Count];
        var (times, values) = (new List<DateTimeOffset>(), new List<double>());
        var next = 0;
        for (var row = 0; row < prices.Rows; row++)
        {
            for (var column = 0; column < last.Length; column++)
                last[column] = double.IsNaN(prices.Values[row, column]) ? last[column] : prices.Values[row, column];

            var now = prices.CloseTime(row);
            var isDue = next < rebalances.Count && rebalances[next].At <= now;
            if (next == 0 && !isDue)
                continue;

            var equity = values.Count == 0 ? 1 : Worth(units, last);
            times.Add(now);
            values.Add(equity);
            if (isDue)
                units = Buy(prices, rebalances[next++], now, equity, last);
        }

        return next == rebalances.Count
            ? new EquityCurve(name, [.. times], [.. values])
            : throw new ArgumentException($"{name} trades at {rebalances[next].At:yyyy-MM-dd HH:mm}, after the last price.", nameof(rebalances));
    }

    private static double[] Buy(PricePanel prices, Rebalance rebalance, DateTimeOffset now, double equity, double[] last)
    {
        if (rebalance.At != now)
            throw new ArgumentException($"No row closes at {rebalance.At:yyyy-MM-dd HH:mm}; trade when a day has ended.", nameof(rebalance));

        var units = new double[last.Length];
        for (var i = 0; i < rebalance.Symbols.Count; i++)
        {
            var column = prices.IndexOf(rebalance.Symbols[i]);
            units[column] = double.IsNaN(last[column])
                ? throw new ArgumentException($"{rebalance.Symbols[i]} has no price by {now:yyyy-MM-dd HH:mm}; it cannot be bought.", nameof(rebalance))
                : rebalance.Weights[i] * equity / last[column];
        }

        return units;
    }

    private static double Worth(double[] units, double[] last)
    {
        var sum = 0d;
        for (var column = 0; column < units.Length; column++)
        {
            if (units[column] != 0)
                sum += units[column] * last[column];
        }

        return sum;
    }
}
