using System.Globalization;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Running;
using OkxData.Models;

namespace OkxData.Benchmarks;

/// <summary>Runs <see cref="ParseBenchmarks"/> and says what they mean.</summary>
internal static class ParseRun
{
    public static void Run()
    {
        var summary = BenchmarkRunner.Run<ParseBenchmarks>(ShortConfig.Create());
        if (summary.MedianOf(nameof(ParseBenchmarks.OkxData)) is not { } ours || summary.MedianOf(nameof(ParseBenchmarks.PlainUtf8Parser)) is not { } plain)
        {
            Console.WriteLine("The parse benchmark gave no result.");
            return;
        }

        var report = summary.ReportOf(nameof(ParseBenchmarks.OkxData))!;
        var allocated = report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
        var rows = ParseBenchmarks.Rows * Unsafe.SizeOf<Candle>();
        Console.WriteLine();
        Console.WriteLine("parse one reply of 300 rows");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  median: ours {ours.TotalMicroseconds:0.0} us, Utf8JsonReader + Utf8Parser {plain.TotalMicroseconds:0.0} us: {plain / ours:0.00} times as fast"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  allocated: {allocated:n0} bytes, of which the rows are {rows:n0}: {allocated - rows:n0} beyond them"));
    }
}
