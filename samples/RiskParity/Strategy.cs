using OkxData.Panels;

namespace RiskParity;

/// <summary>What to hold and when, from what was known at the time.</summary>
internal static class Strategy
{
    public const int WindowDays = 180;

    public const double MinObserved = 0.95;

    /// <summary>The first instants of months at which a whole window of rows has closed.</summary>
    public static IEnumerable<DateTimeOffset> MonthStarts(PricePanel prices)
    {
        // A window of so many returns takes one price more.
        for (var row = WindowDays; row < prices.Rows; row++)
        {
            if (prices.CloseTime(row) is { Day: 1 } close)
                yield return close;
        }
    }

    /// <summary>Equal risk, estimated anew at each instant from the log returns of the days that had closed by then.</summary>
    /// <exception cref="InvalidOperationException">At some instant no weights exist; the message says when and why.</exception>
    public static IReadOnlyList<Rebalance> EqualRiskAt(PricePanel prices, IEnumerable<DateTimeOffset> instants)
    {
        var returns = prices.ToReturns(ReturnKind.Log);
        return [.. instants.Select(at => EqualRiskAt(returns, at)).OfType<Rebalance>()];
    }

    /// <summary>The same assets at the same instants, each with the same money.</summary>
    public static IReadOnlyList<Rebalance> EqualWeight(IEnumerable<Rebalance> like) =>
        [.. like.Select(one => one with { Weights = [.. Enumerable.Repeat(1d / one.Symbols.Count, one.Symbols.Count)] })];

    /// <summary>One asset, bought once and kept.</summary>
    public static IReadOnlyList<Rebalance> Hold(string symbol, DateTimeOffset since) =>
        [new Rebalance { At = since, Symbols = [symbol], Weights = [1], RiskContributions = [1], DailyVolatilities = [double.NaN] }];

    /// <summary>Null where no asset has enough of a past: what is held is kept.</summary>
    private static Rebalance? EqualRiskAt(ReturnPanel returns, DateTimeOffset at)
    {
        var window = returns.Window(at, WindowDays, MinObserved);
        var reasons = window.Panel.Symbols.Select((_, column) => ReasonAgainst(window.Panel, column)).ToArray();
        int[] kept = [.. Enumerable.Range(0, reasons.Length).Where(column => reasons[column] is null)];
        if (kept.Length == 0)
            return null;

        string[] symbols = [.. kept.Select(column => window.Panel.Symbols[column])];
        try
        {
            var covariance = Covariance.Of(Columns(window.Panel.Values, kept));
            var solved = EqualRisk.Solve(covariance, symbols);
            return new Rebalance
            {
                At = at,
                Symbols = symbols,
                Weights = solved.Weights,
                RiskContributions = solved.Contributions,
                DailyVolatilities = [.. kept.Select((_, i) => Math.Sqrt(covariance[i, i]))],
                LeftOut = [.. window.Dropped.Select(asset => (asset.Symbol, asset.Reason)), .. reasons.Select((reason, column) => (window.Panel.Symbols[column], reason)).Where(pair => pair.reason is not null).Select(pair => (pair.Item1, pair.reason!))],
            };
        }
        catch (Exception failure) when (failure is ArgumentException or InvalidOperationException)
        {
            throw new InvalidOperationException($"At {at:yyyy-MM-dd}: {failure.Message}", failure);
        }
    }

    private static string? ReasonAgainst(ReturnPanel window, int column)
    {
        if (!window.Observed[window.Rows - 1, column])
            return "no price on the last day, so it cannot be bought.";

        var present = Enumerable.Range(0, window.Rows).Select(row => window.Values[row, column]).Where(value => !double.IsNaN(value)).ToArray();
        return present.Max() > present.Min() ? null : "its price did not move, so it has no risk to share.";
    }

    private static double[,] Columns(double[,] values, int[] kept)
    {
        var part = new double[values.GetLength(0), kept.Length];
        for (var row = 0; row < part.GetLength(0); row++)
        {
            for (var column = 0; column < kept.Length; column++)
                part[row, column] = values[row, kept[column]];
        }

        return part;
    }
}
