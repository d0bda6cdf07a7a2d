using System.Threading.RateLimiting;
using CsCheck;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.RateLimiting;

namespace OkxData.Tests.RateLimiting;

/// <summary>Several buckets over one file, each as a process of its own would have it.</summary>
internal sealed class MachineWideLawTests
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestUse = TimeSpan.FromSeconds(3);

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("okxdata-limits-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void AnyWindow_OverAllProcesses_WhateverDiesWhen_HoldsNoMoreArrivalsThanPermits() =>
        Gen.Select(Gen.Int[1, 6], Gen.Int[1, 4], Gen.Int[0, 1_000_000]).Sample(
            (permits, processes, seed) =>
            {
                var world = new World(Path.Combine(_folder, Guid.NewGuid().ToString("N")), permits, processes, seed);
                world.Live(TimeSpan.FromSeconds(30));
                Assert.That(world.MostInAnyWindow(), Is.LessThanOrEqualTo(permits));
                Assert.That(world.Starved, Is.Empty, "nobody waits for ever");
            },
            iter: 60);

    [Test]
    public void Saturated_FourProcesses_ShareEvenlyAndWasteNothing()
    {
        const int permits = 20;
        var world = new World(_folder, permits, 4, seed: 7) { IsGreedy = true, MayDie = false };
        world.Live(TimeSpan.FromSeconds(60));

        TestContext.Out.WriteLine($"grants: {string.Join(", ", world.Grants)}; most in a window {world.MostInAnyWindow()}");
        Assert.That(world.MostInAnyWindow(), Is.LessThanOrEqualTo(permits));
        Assert.That(world.Grants.Sum(), Is.GreaterThan(60 / 2 * permits * 0.85), "the round trip costs less than a seventh");
        Assert.That(world.Grants.Min(), Is.GreaterThan(world.Grants.Max() * 0.8), "none of them starves");
    }

    [Test]
    public void AnyWindow_TheFileIsDeletedNowAndThen_HoldsNoMoreArrivalsThanPermits()
    {
        const int permits = 5;
        var world = new World(_folder, permits, 4, seed: 11) { IsGreedy = true, MayDie = false, LosesFile = true };
        world.Live(TimeSpan.FromSeconds(60));

        Assert.That(world.MostInAnyWindow(), Is.LessThanOrEqualTo(permits));
        Assert.That(world.Grants.Sum(), Is.GreaterThan(60 / 2 * permits / 3), "and it goes on");
        Assert.That(world.Starved, Is.Empty);
    }

    [Test]
    public void PauseAfterRefusal_OfOneProcess_HoldsBackTheOthers()
    {
        var clock = new FakeTimeProvider();
        using var first = Bucket(clock, 4);
        using var second = Bucket(clock, 4);
        first.PauseAfterRefusal(TimeSpan.FromSeconds(5));

        var waiter = second.AcquireAsync().AsTask();
        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.That(waiter.IsCompleted, Is.False);
        clock.Advance(TimeSpan.FromSeconds(0.2));
        Assert.That(waiter.IsCompletedSuccessfully);
        Assert.That(second.AttemptAcquire(2).IsAcquired, Is.False, "it comes back one by one");
    }

    [Test]
    public void PauseAfterRefusal_LongAgo_IsForgotten()
    {
        var clock = new FakeTimeProvider();
        using (var first = Bucket(clock, 4))
            first.PauseAfterRefusal(TimeSpan.FromSeconds(90));
        using var second = Bucket(clock, 4);

        clock.Advance(TimeSpan.FromSeconds(89));
        Assert.That(second.AttemptAcquire().IsAcquired, Is.False, "the pause itself is kept, however long");
        clock.Advance(TimeSpan.FromMinutes(2));
        Assert.That(second.AttemptAcquire(4).IsAcquired, "what OKX refused then says nothing about now");
    }

    [Test]
    public void Lease_OfAProcessThatDied_LapsesOnlyWhenItsRequestMustHaveEnded()
    {
        var clock = new FakeTimeProvider();
        var dying = Bucket(clock, 1);
        _ = dying.AttemptAcquire();
        using var other = Bucket(clock, 1);
        var waiter = other.AcquireAsync().AsTask();

        clock.Advance(LongestUse + Window - TimeSpan.FromMilliseconds(1));
        Assert.That(waiter.IsCompleted, Is.False);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.That(waiter.IsCompletedSuccessfully);
    }

    [Test]
    public void Lease_ThatLapsed_DoesNotTakeTheNextOnesTokenBack()
    {
        var clock = new FakeTimeProvider();
        using var slow = Bucket(clock, 1);
        using var other = Bucket(clock, 1);
        var forgotten = slow.AttemptAcquire();
        clock.Advance(LongestUse + Window);
        var lease = other.AttemptAcquire();
        Assert.That(lease.IsAcquired);

        forgotten.Dispose();
        clock.Advance(Window);
        Assert.That(slow.AttemptAcquire().IsAcquired, Is.False, "the token is the other's");
    }

    private TokenBucket Bucket(TimeProvider clock, int permits) => Bucket(_folder, clock, permits);

    private static TokenBucket Bucket(string folder, TimeProvider clock, int permits)
    {
        var quota = new RateLimitQuota(permits, Window);
        return new TokenBucket(quota, clock, new SharedLedger(new LedgerFile(folder, "bucket"), quota, LongestUse + Window, clock, NullLogger.Instance));
    }

    private sealed class World(string folder, int permits, int processes, int seed)
    {
        private const int StepMs = 5;

        private readonly FakeTimeProvider _clock = new();
        private readonly Random _random = new(seed);
        private readonly TokenBucket?[] _buckets = new TokenBucket?[processes];
        private readonly List<(int Process, Task<RateLimitLease> Task, int AskedAt)> _waiting = [];
        private readonly List<(int Process, int At, RateLimitLease Lease)> _flying = [];
        private readonly List<int> _arrivals = [];
        private int _now;

        public bool IsGreedy { get; init; }

        public bool MayDie { get; init; } = true;

        public bool LosesFile { get; init; }

        public int[] Grants { get; } = new int[processes];

        public List<string> Starved { get; } = [];

        public void Live(TimeSpan time)
        {
            for (var i = 0; i < time.TotalMilliseconds; i += StepMs)
            {
                if (LosesFile && _random.Next(1600) == 0)
                    File.Delete(Path.Combine(folder, "bucket"));
                for (var process = 0; process < processes; process++)
                    Act(process);
                _now += StepMs;
                _clock.Advance(TimeSpan.FromMilliseconds(StepMs));
                Answer();
            }
        }

        public int MostInAnyWindow()
        {
            _arrivals.Sort();
            var (most, first) = (0, 0);
            for (var last = 0; last < _arrivals.Count; last++)
            {
                while (_arrivals[last] - _arrivals[first] >= Window.TotalMilliseconds)
                    first++;
                most = Math.Max(most, last - first + 1);
            }

            return most;
        }

        private void Act(int process)
        {
            var bucket = _buckets[process] ??= Bucket(folder, _clock, permits);
            if (MayDie && _random.Next(2000) == 0)
            {
                // Killed: nothing is given back, and what waited is gone. What was sent may still arrive.
                _waiting.RemoveAll(waiter => waiter.Process == process);
                _flying.RemoveAll(flight => flight.Process == process);
                _buckets[process] = null;
                return;
            }

            var queued = _waiting.Count(waiter => waiter.Process == process);
            if (queued < (IsGreedy ? 8 : 3) && (IsGreedy || _random.Next(40) == 0))
                _waiting.Add((process, bucket.AcquireAsync().AsTask(), _now));
        }

        private void Answer()
        {
            foreach (var flight in _flying.Where(flight => flight.At <= _now))
                flight.Lease.Dispose();
            _flying.RemoveAll(flight => flight.At <= _now);

            for (var i = _waiting.Count - 1; i >= 0; i--)
            {
                var (process, task, askedAt) = _waiting[i];
                if (task.IsCompletedSuccessfully)
                {
                    var response = _random.Next(5, IsGreedy ? 200 : (int)LongestUse.TotalMilliseconds);
                    _arrivals.Add(_now + _random.Next(response + 1));
                    _flying.Add((process, _now + response, task.Result));
                    Grants[process]++;
                    _waiting.RemoveAt(i);
                }
                else if (_now - askedAt > 60_000)
                {
                    Starved.Add($"process {process} since {askedAt}");
                }
            }
        }
    }
}
