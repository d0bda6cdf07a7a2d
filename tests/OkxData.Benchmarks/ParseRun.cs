using System.Globalization;
using System.Runtime.CompilerServices;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using OkxData.Models;

namespace OkxData.Benchmarks;

/// <summary>Runs <see cref="ParseBenchmarks"/> and says what they mean.</summary>
internal static class ParseRun
{
    public static void Run()
    {
        var summary = BenchmarkRunner.Run<ParseBenchmarks>(ShortConfig.Create());
        var ours = Find(summary, nameof(ParseBenchmarks.OkxData));
        var plain = Find(summary, nameof(ParseBenchmarks.PlainUtf8Parser));
        if (ours is null || plain is null)
        {
            Console.WriteLine("The parse benchmark gave no result.");
            return;
        }

        var rowBytes = ParseBenchmarks.Rows * Unsafe.SizeOf<Candle>();
        var allocated = ours.GcStats.GetBytesAllocatedPerOperation(ours.BenchmarkCase) ?? 0;
        Console.WriteLine();
        Console.WriteLine("parse one reply of 300 rows");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  median: ours {Microseconds(ours):0.0} us, Utf8JsonReader + Utf8Parser {Microseconds(plain):0.0} us: {Microseconds(plain) / Microseconds(ours):0.00} times as fast"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  allocated: {allocated:n0} bytes, of which the rows are {rowBytes:n0}: {allocated - rowBytes:n0} beyond them"));
    }

    private static double Microseconds(BenchmarkReport report) => report.ResultStatistics!.Median / 1000;

    private static BenchmarkReport? Find(Summary summary, string method) =>
        summary.Reports.FirstOrDefault(report => report.Success && report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method);
}
