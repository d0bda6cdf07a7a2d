using NUnit.Framework;
using OkxData.Caching;

namespace OkxData.Tests.Caching;

/// <summary>Callers that come and go while work begins and ends: each gets an answer of after its question, or its own cancellation, and none waits for ever.</summary>
[TestFixture]
public sealed class SharedFlightsTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [Test]
    public async Task JoinAsync_CallersComeAndGoAtRandom_NoneHangsAndNoneGetsAnothersCancellation()
    {
        var seed = Environment.TickCount & 0xFFFF;
        TestContext.Out.WriteLine($"seed {seed}");
        var flights = new SharedFlights<int>();
        var begun = 0;
        var callers = Enumerable.Range(0, 8).Select(caller => Task.Run(async () =>
        {
            var random = new Random(seed + caller);
            var (answers, cancelled) = (0, 0);
            for (var call = 0; call < 4_000; call++)
            {
                using var gaveUp = new CancellationTokenSource();
                var yields = random.Next(4);
                var joined = flights.JoinAsync($"{random.Next(2)}", async token =>
                {
                    var number = Interlocked.Increment(ref begun);
                    for (var turn = 0; turn < yields; turn++)
                    {
                        await Task.Yield();
                        token.ThrowIfCancellationRequested();
                    }

                    return number;
                }, gaveUp.Token);
                if (random.Next(3) == 0)
                    await gaveUp.CancelAsync();
                try
                {
                    await joined;
                    answers++;
                }
                catch (OperationCanceledException) when (gaveUp.IsCancellationRequested)
                {
                    cancelled++;
                }
            }

            return (answers, cancelled);
        })).ToList();

        var counts = await Task.WhenAll(callers).WaitAsync(Bound);

        TestContext.Out.WriteLine($"{counts.Sum(count => count.answers)} answers, {counts.Sum(count => count.cancelled)} cancellations, {begun} flights");
        Assert.That(counts.Sum(count => count.answers), Is.GreaterThan(0));
        Assert.That(counts.Sum(count => count.cancelled), Is.GreaterThan(0));
    }

    [Test]
    public async Task JoinAsync_WorkThatTakesItsTimeToBeCancelled_DoesNotHoldUpWhoGaveUp()
    {
        var flights = new SharedFlights<int>();
        using var release = new ManualResetEventSlim();
        using var gaveUp = new CancellationTokenSource();
        var started = new TaskCompletionSource();
        var only = flights.JoinAsync("a", async token =>
        {
            token.Register(() => release.Wait(Bound));
            token.Register(() => throw new InvalidOperationException("a listener that throws"));
            started.SetResult();
            await Task.Delay(Timeout.Infinite, token);
            return 1;
        }, gaveUp.Token);
        await started.Task;
        await gaveUp.CancelAsync();

        Assert.That(async () => await only.WaitAsync(TimeSpan.FromSeconds(10)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(await flights.JoinAsync("a", _ => Task.FromResult(2), CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(10)), Is.EqualTo(2), "the next does not join what is ending");
        release.Set();
    }
}
