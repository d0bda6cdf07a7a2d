using System.Diagnostics;
using System.Globalization;
using NUnit.Framework;
using OkxData.IntegrationTests.Processes;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>Processes that share a budget while its files are taken away, and while some of them stand still or die.</summary>
public sealed class LimitFileAttackTests
{
    private const string Limits = "/tmp/OkxData.RateLimits";
    private const int Processes = 4;

    // Whoever stands still for longer than an attempt may take (10 s) loses all its calls at once, which is another matter.
    private static readonly TimeSpan PartOfTheStop = TimeSpan.FromSeconds(3);

    [Test]
    [CancelAfter(60_000)]
    [Platform(Include = "Linux")]
    public async Task GetCandlesAsync_FilesAreDeletedAndProcessesStandStillOrDie_KeepTheLimitTogether(CancellationToken cancellationToken)
    {
        await using var host = AdversaryHost.Start();
        var random = new Random(3);
        host.Server.Delay = () => TimeSpan.FromMilliseconds(Locked(random));
        var children = Enumerable.Range(0, Processes).Select(process => ChildProcess.Start("download", [.. Arguments(host, process)])).ToList();
        try
        {
            await ArrivalsAsync(host, 40, cancellationToken);
            await SignalAsync("-STOP", children[1], cancellationToken);
            await ArrivalsAsync(host, 80, cancellationToken, PartOfTheStop);
            Directory.GetFiles(Limits, Files(host)).ToList().ForEach(File.Delete);
            await ArrivalsAsync(host, 110, cancellationToken, PartOfTheStop);
            children[0].Kill();
            await SignalAsync("-CONT", children[1], cancellationToken);
            await ArrivalsAsync(host, 130, cancellationToken);
            foreach (var file in Directory.GetFiles(Limits, Files(host)))
                await EmptyAsync(file, cancellationToken);

            foreach (var child in children.Skip(1))
                Assert.That(await child.WaitForExitAsync(cancellationToken), Is.EqualTo((0, "")));
        }
        finally
        {
            children.ForEach(child => child.Dispose());
        }

        TestContext.Out.WriteLine($"{host.Server.Arrivals()} requests; at most {host.Server.MostInWindow(FakeOkx.Recent)} and {host.Server.MostInWindow(FakeOkx.History)} in 2 s");
        Assert.That(host.Server.MostInWindow(FakeOkx.Recent), Is.LessThanOrEqualTo(40));
        Assert.That(host.Server.MostInWindow(FakeOkx.History), Is.LessThanOrEqualTo(20));
    }

    private static string Files(AdversaryHost host) => $"127.0.0.1_{host.Server.Address.Port}_*";

    private static IEnumerable<string> Arguments(AdversaryHost host, int process) =>
    [
        "limits", host.Server.Address.ToString(), Path.Combine(host.Folder, process.ToString(CultureInfo.InvariantCulture)), Text(AdversaryHost.Now), "1", "limited",
        Text(AdversaryHost.Today.AddDays(-1500)), Text(AdversaryHost.Today), .. Enumerable.Range(0, 9).Select(i => $"P{process}S{i}-USDT"),
    ];

    private static string Text(DateTimeOffset instant) => instant.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static int Locked(Random random)
    {
        lock (random)
            return random.Next(5, 120);
    }

    private static async Task ArrivalsAsync(AdversaryHost host, int count, CancellationToken cancellationToken, TimeSpan? atMost = null)
    {
        for (var watch = Stopwatch.StartNew(); host.Server.Arrivals() < count && !(watch.Elapsed > atMost);)
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, cancellationToken);
    }

    /// <summary>Empties a file, between the visits of those who use it.</summary>
    private static async Task EmptyAsync(string file, CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                File.WriteAllBytes(file, []);
                return;
            }
            catch (IOException)
            {
                await Task.Yield(); // one of them has it open just now
            }
        }
    }

    private static async Task SignalAsync(string signal, ChildProcess child, CancellationToken cancellationToken)
    {
        using var kill = Process.Start("kill", [signal, child.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync(cancellationToken);
    }
}
