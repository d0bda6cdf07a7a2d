using System.Diagnostics;
using System.Globalization;
using OkxData.Catalog;

namespace OkxData.Benchmarks;

/// <summary>Checks 500 series of five years in processes of their own, so that the peak of memory is that of the check alone.</summary>
internal static class VerifyRun
{
    public const string ChildVerb = "verify-folder";

    private const int Runs = 3;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private const long LargestPeak = 300_000_000;

    public static async Task<int> RunAsync()
    {
        var folder = Directory.CreateTempSubdirectory("OkxData.Benchmarks-").FullName;
        try
        {
            var watch = Stopwatch.StartNew();
            await VerifyTree.MakeAsync(folder);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{VerifyTree.Series} series x {VerifyTree.Days:N0} days written in {watch.Elapsed.TotalSeconds:0.0} s; two processors, {Runs} processes one after another:"));
            var worst = 0;
            for (var run = 0; run < Runs; run++)
                worst = Math.Max(worst, await RunChildAsync(folder));
            return worst;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The check itself, in a process that does nothing else.</summary>
    public static async Task<int> VerifyAsync(string folder)
    {
        var watch = Stopwatch.StartNew();
        var verification = await CacheCatalog.OpenFolder(folder).VerifyAsync();
        var elapsed = watch.Elapsed;
        using var self = Process.GetCurrentProcess();
        var isGood = elapsed < Longest && self.PeakWorkingSet64 < LargestPeak && verification.IsSound;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  verify: {elapsed.TotalSeconds:0.00} s, peak working set {self.PeakWorkingSet64 / 1e6:0} MB, processor time {self.TotalProcessorTime.TotalSeconds:0.0} s; {verification} of {verification.SizeBytes / 1e6:0.0} MB: {(isGood ? "good" : "over the aim of 5 s and 300 MB")}"));
        return isGood ? 0 : 1;
    }

    private static async Task<int> RunChildAsync(string folder)
    {
        var self = Environment.ProcessPath!;
        var start = new ProcessStartInfo(self) { Environment = { ["DOTNET_PROCESSOR_COUNT"] = "2" } };
        if (Path.GetFileNameWithoutExtension(self) == "dotnet")
            start.ArgumentList.Add(typeof(VerifyRun).Assembly.Location);
        start.ArgumentList.Add(ChildVerb);
        start.ArgumentList.Add(folder);
        using var child = Process.Start(start)!;
        await child.WaitForExitAsync();
        return child.ExitCode;
    }
}
