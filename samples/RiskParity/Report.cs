using System.Globalization;
using OkxData.Models;
using Spectre.Console;

namespace RiskParity;

/// <summary>What was downloaded, what was held, and what came of it.</summary>
internal static class Report
{
    // A file or a pipe has no width of its own.
    private const int WidthWithoutTerminal = 120;

    public static void ShowUniverse(Universe universe)
    {
        Console.WriteLine(universe.Statement);
        foreach (var reason in universe.Excluded.GroupBy(pair => pair.Reason, pair => pair.Symbol).OrderByDescending(group => group.Count()))
            Console.WriteLine($"  Excluded, {reason.Key}: {Listed(reason)}.");
    }

    public static void ShowCoverage(CandleBatch batch)
    {
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthWithoutTerminal;

        var table = TableOf(["Symbol", "First day", "Last day"], ["Days", "Missing", "Findings"]);
        foreach (var series in batch.Series.Values.OrderBy(series => series.Symbol, StringComparer.Ordinal))
        {
            table.AddRow(series.Symbol, series.Count == 0 ? "-" : Date(series[0].OpenTime), series.Count == 0 ? "-" : Date(series[^1].OpenTime),
                Number(series.Count), Number(series.Coverage.Missing), Number(series.Coverage.Issues.Count));
        }

        AnsiConsole.Write(table);
        foreach (var (symbol, failure) in batch.Failures.OrderBy(failure => failure.Key, StringComparer.Ordinal))
            Console.WriteLine($"{symbol} failed and is left out: {failure.Message}");
    }

    public static void ShowWeights(IReadOnlyList<Rebalance> rebalances)
    {
        foreach (var asset in rebalances.SelectMany(rebalance => rebalance.LeftOut).GroupBy(asset => asset.Symbol))
            Console.WriteLine($"Left out at {asset.Count()} of {rebalances.Count} rebalances: {asset.Key}; at the last of them {asset.Last().Reason}");

        var newest = rebalances[^1];
        Console.WriteLine($"{rebalances.Count} rebalances, {Date(rebalances[0].At)} to {Date(newest.At)}. The newest weights:");
        var table = TableOf(["Symbol"], ["Weight", "Risk contribution", "Volatility a year"]);
        foreach (var i in Enumerable.Range(0, newest.Symbols.Count).OrderByDescending(i => newest.Weights[i]))
            table.AddRow(newest.Symbols[i], Percent(newest.Weights[i]), Percent(newest.RiskContributions[i]), Percent(newest.DailyVolatilities[i] * Math.Sqrt(365)));
        AnsiConsole.Write(table);

        var off = rebalances.Max(rebalance => rebalance.RiskContributions.Max(part => Math.Abs(part - 1d / rebalance.Symbols.Count)));
        var sum = rebalances.MaxBy(rebalance => Math.Abs(rebalance.Weights.Sum() - 1))!.Weights.Sum();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Checked at every rebalance: the weights sum to {sum:0.000000000}, no risk contribution is further than {off:0.0E+0} from equal."));
    }

    public static void ShowCurves(IEnumerable<EquityCurve> curves)
    {
        var table = TableOf(["Portfolio"], ["1 became", "Growth a year", "Volatility a year", "Worst loss"]);
        foreach (var curve in curves)
            table.AddRow(curve.Name, curve.Values[^1].ToString("0.00", CultureInfo.InvariantCulture), Percent(curve.GrowthPerYear), Percent(curve.VolatilityPerYear), Percent(curve.WorstDrawdown));
        AnsiConsole.Write(table);
    }

    private static Table TableOf(string[] words, string[] figures)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var word in words)
            table.AddColumn(word, column => column.NoWrap());
        foreach (var figure in figures)
            table.AddColumn(figure, column => column.RightAligned().NoWrap());
        return table;
    }

    private static string Listed(IEnumerable<string> symbols)
    {
        const int most = 6;
        var all = symbols.Order(StringComparer.Ordinal).ToArray();
        return all.Length <= most ? string.Join(", ", all) : $"{string.Join(", ", all[..most])} and {all.Length - most} more";
    }

    private static string Date(DateTimeOffset time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string Percent(double part) => (part * 100).ToString("0.00", CultureInfo.InvariantCulture) + " %";
}
