using System.Diagnostics;

namespace OkxData.Tests;

/// <summary>Tells when everything that a test in virtual time has set off is computed: only then may more time pass.</summary>
/// <remarks>Tests of this assembly run one at a time, so what the thread pool does is the test's own work, save threads that never rest.</remarks>
internal static class ThreadPoolRest
{
    /// <summary>Code that runs for the first time is compiled first, and a busy machine may give other processes their turn.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private static readonly Lock Gate = new();

    // Learnt from a wait in vain, so that nobody who keeps a thread for good stops time again and again.
    private static int _neverResting;

    /// <summary>Waits in real time until no thread of the pool is at work and no work waits for one.</summary>
    /// <remarks>It looks from a thread of its own: whoever looks from the pool keeps it at work.</remarks>
    public static Task ComeAsync() => Task.Factory.StartNew(Look, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static void Look()
    {
        lock (Gate)
        {
            var fewest = int.MaxValue;
            var spin = new SpinWait();
            var begun = Stopwatch.GetTimestamp();
            for (var quiet = 0; quiet < 2 && Stopwatch.GetElapsedTime(begun) < Patience;)
            {
                var atWork = ThreadsAtWork();
                fewest = Math.Min(fewest, atWork);
                quiet = atWork <= _neverResting && ThreadPool.PendingWorkItemCount == 0 ? quiet + 1 : 0;
                spin.SpinOnce(sleep1Threshold: -1);
            }

            _neverResting = fewest;
        }
    }

    private static int ThreadsAtWork()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return most - free;
    }
}
