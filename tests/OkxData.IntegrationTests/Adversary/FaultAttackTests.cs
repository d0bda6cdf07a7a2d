using NUnit.Framework;
using OkxData.Errors;
using OkxData.Models;
using static OkxData.IntegrationTests.Adversary.AdversaryHost;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>Connections that die, bodies that are cut, servers that are busy; callers that go away, and listeners that misbehave.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FaultAttackTests
{
    private static readonly FakeFault[] Faults = [.. Enum.GetValues<FakeFault>().Where(fault => fault is not (FakeFault.None or FakeFault.Hang or FakeFault.TooMany429 or FakeFault.TooMany200 or FakeFault.NumberCode429))];

    private static string[] Symbols(int count) => [.. Enumerable.Range(0, count).Select(index => $"S{index}-USDT{(index % 3 == 0 ? "-SWAP" : "")}")];

    [Test]
    public async Task GetCandlesAsync_ThirtyPercentOfEachFault_LosesNothing([ValueSource(nameof(Faults))] FakeFault fault)
    {
        var random = new Random((int)fault);
        await using var host = Start(fake =>
        {
            fake.Delay = () => TimeSpan.FromMilliseconds(Locked(random, 10));
            fake.FaultOf = (_, _) => Locked(random, 100) < 30 ? fault : FakeFault.None;
        });
        var batch = await host.Client.GetCandlesAsync(Days(800, Symbols(10)));
        AssertAll(host, batch, isExact: fault is not (FakeFault.AnswerThenFin or FakeFault.AnswerThenReset));
    }

    [Test]
    public async Task GetCandlesAsync_ThirtyPercentOfAllFaults_LosesNothing([Range(1, 2)] int seed)
    {
        var random = new Random(seed);
        await using var host = Start(fake =>
        {
            fake.Delay = () => TimeSpan.FromMilliseconds(20 + Locked(random, 40));
            fake.FaultOf = (_, _) => Locked(random, 100) < 30 ? (FakeFault)Locked(random, (int)FakeFault.Hang) : FakeFault.None;
        });
        var batch = await host.Client.GetCandlesAsync(Days(1700, Symbols(24)));
        AssertAll(host, batch, isExact: false);
    }

    [Test]
    public async Task GetCandlesAsync_StormOfRefusals_EndsWell([Values(FakeFault.TooMany429, FakeFault.TooMany200, FakeFault.NumberCode429)] FakeFault fault)
    {
        await using var host = Start(fake => fake.FaultOf = (n, _) => n <= 45 ? fault : FakeFault.None);
        var batch = await host.Client.GetCandlesAsync(Days(1096, Symbols(10)));
        AssertAll(host, batch, isExact: true);
        TestContext.Out.WriteLine(host.Server.Arrivals());
    }

    [Test]
    public async Task GetCandlesAsync_OneEndpointIsDown_TheOtherServes([Values(FakeOkx.Recent, FakeOkx.History)] string down)
    {
        await using var host = Start(fake => fake.FaultOf = (_, path) => path == down ? FakeFault.Html502 : FakeFault.None);

        // What begins before the newest 1,440 bars only history has.
        var batch = await host.Client.GetCandlesAsync(Days(down == FakeOkx.Recent ? 2100 : 1400, Symbols(10)));

        batch.ThrowIfAnyFailed();
        foreach (var series in batch.Series.Values)
            host.AssertLaws(series);
        TestContext.Out.WriteLine(host.Server.Arrivals());
    }

    [Test]
    public async Task GetCandlesAsync_ListenerThrows_TheCallerLearnsOfItAndNothingHangs()
    {
        await using var host = Start(fake => fake.Delay = () => TimeSpan.FromMilliseconds(5));
        var calls = 0;
        var query = Days(800, Symbols(20)) with { Progress = new Listener(_ => { if (Interlocked.Increment(ref calls) == 7) throw new InvalidDataException("mine"); }) };

        var call = host.Client.GetCandlesAsync(query);
        Assert.That(async () => await call.WaitAsync(TimeSpan.FromSeconds(20)), Throws.InstanceOf<InvalidDataException>());

        var batch = await host.Client.GetCandlesAsync(query with { Progress = null });
        batch.ThrowIfAnyFailed();
    }

    [Test]
    public async Task GetCandlesAsync_ListenerIsSlow_HoldsUpNoWorker()
    {
        // More pages than both budgets have workers.
        var allArrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = Start(fake => fake.FaultOf = (n, _) =>
        {
            if (n == 70)
                allArrived.SetResult();
            return FakeFault.None;
        });
        using var go = new ManualResetEventSlim();
        var call = host.Client.GetCandlesAsync(Days(100, Symbols(70)) with { Progress = new Listener(_ => go.Wait()) });

        await allArrived.Task.WaitAsync(TimeSpan.FromSeconds(60));
        go.Set();

        var batch = await call;
        batch.ThrowIfAnyFailed();
        Assert.That(batch.RequestsSent, Is.EqualTo(70), "none was given up because its worker had to wait");
    }

    [Test]
    public async Task GetCandlesAsync_ServerHangs_IsGivenUpAndTriedAgain()
    {
        await using var host = Start(
            fake => fake.FaultOf = (n, _) => n % 3 == 0 ? FakeFault.Hang : FakeFault.None,
            client: options => options.Resilience.AttemptTimeout = TimeSpan.FromMilliseconds(500));
        // What is given up after half a second may not have arrived by then.
        AssertAll(host, await host.Client.GetCandlesAsync(Days(800, Symbols(8))), isExact: false);
    }

    private static void AssertAll(AdversaryHost host, CandleBatch batch, bool isExact)
    {
        batch.ThrowIfAnyFailed();
        foreach (var series in batch.Series.Values)
            host.AssertLaws(series);
        Assert.That(host.Server.MostInWindow(FakeOkx.Recent), Is.LessThanOrEqualTo(40));
        Assert.That(host.Server.MostInWindow(FakeOkx.History), Is.LessThanOrEqualTo(20));
        // A server that is unavailable is asked for its status as well, which is no page.
        var arrivals = host.Server.Arrivals(FakeOkx.Recent) + host.Server.Arrivals(FakeOkx.History);
        Assert.That(arrivals, isExact ? Is.EqualTo(batch.RequestsSent) : Is.LessThanOrEqualTo(batch.RequestsSent));
        TestContext.Out.WriteLine($"{arrivals} arrivals, {batch.RequestsSent} sent");
    }

    private static int Locked(Random random, int below)
    {
        lock (random)
            return random.Next(below);
    }

    private sealed class Listener(Action<CandleProgress> report) : IProgress<CandleProgress>
    {
        public void Report(CandleProgress value) => report(value);
    }
}
