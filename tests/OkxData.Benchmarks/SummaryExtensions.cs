using BenchmarkDotNet.Reports;

namespace OkxData.Benchmarks;

internal static class SummaryExtensions
{
    public static BenchmarkReport? ReportOf(this Summary summary, string method) =>
        summary.Reports.FirstOrDefault(report => report.Success && report.BenchmarkCase.Descriptor.WorkloadMethod.Name == method);

    public static TimeSpan? MedianOf(this Summary summary, string method) =>
        summary.ReportOf(method)?.ResultStatistics is { } statistics ? TimeSpan.FromMicroseconds(statistics.Median / 1000) : null;
}
