using System.Globalization;
using BenchmarkDotNet.Running;

namespace OkxData.Benchmarks;

/// <summary>Runs <see cref="PanelBenchmarks"/> and says what they mean.</summary>
internal static class PanelRun
{
    public static void Run()
    {
        var summary = BenchmarkRunner.Run<PanelBenchmarks>(ShortConfig.Create());
        Console.WriteLine();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"panels of {PanelBenchmarks.Symbols} symbols x {PanelBenchmarks.Days} days, medians"));
        foreach (var name in new[] { nameof(PanelBenchmarks.ToPanel), nameof(PanelBenchmarks.ToFilledPanel), nameof(PanelBenchmarks.ToCommonRows), nameof(PanelBenchmarks.ToReturns), nameof(PanelBenchmarks.Window), nameof(PanelBenchmarks.Rank) })
            Console.WriteLine(summary.MedianOf(name) is { } median ? string.Create(CultureInfo.InvariantCulture, $"  {name,-14} {median.TotalMilliseconds,8:0.000} ms") : $"  {name,-14} no result");
    }
}
