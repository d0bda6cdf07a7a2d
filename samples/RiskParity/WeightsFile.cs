using System.Globalization;

namespace RiskParity;

/// <summary>The weights of every rebalance, a line each, the same whatever the culture of the machine.</summary>
internal static class WeightsFile
{
    public static IEnumerable<string> Lines(IEnumerable<Rebalance> rebalances) =>
        from rebalance in rebalances
        from i in Enumerable.Range(0, rebalance.Symbols.Count)
        select string.Create(CultureInfo.InvariantCulture, $"{rebalance.At:yyyy-MM-dd},{rebalance.Symbols[i]},{rebalance.Weights[i]:R},{rebalance.RiskContributions[i]:R}");

    public static Task WriteAsync(string path, IEnumerable<Rebalance> rebalances, CancellationToken cancellationToken) =>
        File.WriteAllLinesAsync(path, Lines(rebalances).Prepend("date,symbol,weight,risk_contribution"), cancellationToken);
}
