using System.Globalization;
using NUnit.Framework;
using OkxData.IntegrationTests.Candles;
using OkxData.Testing;
using static OkxData.IntegrationTests.SimulatedClient;

namespace OkxData.IntegrationTests.Processes;

/// <summary>Several processes behind one address, which OKX counts together.</summary>
[NonParallelizable]
public sealed class MachineWideLimitTests
{
    private const int Processes = 4;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    // Five years each in the long form, which takes half a minute.
    private static readonly int Days = Environment.GetEnvironmentVariable("OKXDATA_SOAK") is null ? 730 : 1_826;

    [Test]
    [Category("Soak")]
    [CancelAfter(180_000)]
    public async Task GetCandlesAsync_FourProcesses_KeepTheLimitTogetherAndUseIt([Values] bool oneIsKilled, CancellationToken cancellationToken)
    {
        await using var host = await StartAsync(options =>
        {
            ListOldSymbols(options, 25 * Processes);
            options.Latency = TimeSpan.FromMilliseconds(102);
            options.Jitter = TimeSpan.FromMilliseconds(97);
        });
        var folders = Enumerable.Range(0, Processes).Select(process => Path.Combine(host.Folder, process.ToString(CultureInfo.InvariantCulture))).ToList();
        var children = folders.Select((folder, process) => DownloadProcess.Start(host.Simulator, folder, 1, true, Today.AddDays(-Days), Today, SymbolsOf(process))).ToList();
        try
        {
            if (oneIsKilled)
                await KillHalfWayAsync(children[0], cancellationToken);
            foreach (var child in children.Skip(oneIsKilled ? 1 : 0))
                Assert.That(await child.WaitForExitAsync(cancellationToken), Is.EqualTo((0, "")));
        }
        finally
        {
            children.ForEach(child => child.Dispose());
        }

        var (recent, history) = (host.Simulator.MaxRequestsInAnyWindow(SimulatorPaths.Candles, Window), host.Simulator.MaxRequestsInAnyWindow(SimulatorPaths.HistoryCandles, Window));
        var used = Used(host.Simulator, SimulatorPaths.Candles, 40);
        TestContext.Out.WriteLine($"{host.PageRequests} pages; at most {recent} and {history} in {Window.TotalSeconds} s; {used:P0} of what candles allows");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(recent, Is.LessThanOrEqualTo(40));
            Assert.That(history, Is.LessThanOrEqualTo(20));
            Assert.That(host.Simulator.Requests.Count(request => request.IsRefused), Is.Zero);
            if (!oneIsKilled)
                Assert.That(used, Is.GreaterThan(0.8));
        }

        foreach (var folder in folders.Skip(oneIsKilled ? 1 : 0))
            Assert.That((await ArchiveFiles.ReadAllAsync(folder)).Select(segment => segment.Candles.Length), Has.Exactly(25).Items.And.All.EqualTo(Days));
    }

    private static string[] SymbolsOf(int process) => [.. OldSymbols(25 * Processes).Skip(25 * process).Take(25)];

    private static async Task KillHalfWayAsync(ChildProcess child, CancellationToken cancellationToken)
    {
        for (var pages = 0; pages < 40; pages++)
            Assert.That(await child.Output.ReadLineAsync(cancellationToken), Is.Not.Null, "it ended before it could be killed");
        child.Kill();
    }

    /// <summary>The part of the permitted rate that was used, from the first arrival to the last.</summary>
    private static double Used(OkxSimulator simulator, string path, int permits)
    {
        var arrivals = simulator.Requests.Where(request => request.Path == path).Select(request => request.Arrival).ToList();
        return arrivals.Count / (arrivals[^1] - arrivals[0]).TotalSeconds * Window.TotalSeconds / permits;
    }
}
