using NUnit.Framework;
using static OkxData.IntegrationTests.Adversary.AdversaryHost;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>Callers that go away in the middle.</summary>
[NonParallelizable] // it counts the unobserved exceptions of the whole process
public sealed class CancellationAttackTests
{
    private static readonly string[] Symbols = [.. Enumerable.Range(0, 20).Select(index => $"S{index}-USDT{(index % 3 == 0 ? "-SWAP" : "")}")];

    [Test]
    public async Task GetCandlesAsync_CancelledAtAnyInstant_EndsAndTheNextCallGoesOn()
    {
        var unobserved = 0;
        void Count(object? sender, UnobservedTaskExceptionEventArgs args) => Interlocked.Increment(ref unobserved);
        TaskScheduler.UnobservedTaskException += Count;
        try
        {
            await Task.WhenAll(new[] { 1, 2, 17, 39, 40, 60, 75 }.Select(CancelAtAsync));
        }
        finally
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            TaskScheduler.UnobservedTaskException -= Count;
        }

        Assert.That(unobserved, Is.Zero);
    }

    private static async Task CancelAtAsync(int request)
    {
        using var cancel = new CancellationTokenSource();
        var random = new Random(request);
        await using var host = Start(fake =>
        {
            fake.Delay = () => TimeSpan.FromMilliseconds(Locked(random, 60));
            fake.FaultOf = (n, _) =>
            {
                if (n == request)
                    cancel.Cancel();
                return n > request ? FakeFault.None : Locked(random, 100) < 20 ? (FakeFault)Locked(random, (int)FakeFault.Hang) : FakeFault.None;
            };
        });
        await Assert.ThatAsync(async () => await host.Client.GetCandlesAsync(Days(1200, Symbols), cancel.Token), Throws.InstanceOf<OperationCanceledException>(), $"request {request}");

        var batch = await host.Client.GetCandlesAsync(Days(1200, Symbols));
        batch.ThrowIfAnyFailed();
        foreach (var series in batch.Series.Values)
            host.AssertLaws(series);
    }

    private static int Locked(Random random, int below)
    {
        lock (random)
            return random.Next(below);
    }
}
