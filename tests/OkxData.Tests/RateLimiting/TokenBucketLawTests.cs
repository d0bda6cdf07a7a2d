using System.Threading.RateLimiting;
using CsCheck;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.RateLimiting;

namespace OkxData.Tests.RateLimiting;

internal sealed class TokenBucketLawTests
{
    private const int WindowMs = 2000;

    private enum Kind
    {
        Ask,
        Cancel,
        Pause,
        Advance,
    }

    private static readonly Gen<(Kind Kind, int Amount, int Response, int Limit)[]> Days = Gen.Select(
        Gen.Frequency((6, Gen.Const(Kind.Ask)), (1, Gen.Const(Kind.Cancel)), (1, Gen.Const(Kind.Pause)), (4, Gen.Const(Kind.Advance))),
        Gen.Int[0, 1500],
        Gen.Int[0, 4000],
        Gen.Int[1, 6]).Array[20, 120];

    [Test]
    public void AnyWindow_AnyDay_HoldsNoMoreArrivalsThanPermits() =>
        Gen.Select(Days, Gen.Int[1, 6], Gen.Int).Sample(
            (day, permits, seed) =>
            {
                var world = new World(permits, seed);
                world.Live(day);
                Assert.That(world.MostInAnyWindow(), Is.LessThanOrEqualTo(permits));
                Assert.That(world.GrantedDuringPauses, Is.Zero);
                Assert.That(world.OutOfOrder, Is.Zero);
                Assert.That(world.TokensAtTheEnd(), Is.EqualTo(permits), "no token is lost or made");
            },
            iter: 400);

    [Test]
    public void NaiveWindowAtTheSend_BreaksTheLaw()
    {
        // The negative control: the same arrivals, counted by a limiter that only knows when it sent.
        var worst = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var arrivals = new List<int>();
            for (var send = 0; send < 40; send++)
            {
                var sentAt = send / 20 * WindowMs;
                arrivals.Add(sentAt + random.Next(5, 200));
            }

            worst = Math.Max(worst, MostWithin(arrivals));
        }

        Assert.That(worst, Is.GreaterThan(20));
    }

    [Test]
    public void Saturated_ThroughputIsPermitsPerWindowAndRoundTrip()
    {
        const int permits = 20;
        const int roundTripMs = 100;
        var clock = new FakeTimeProvider();
        using var bucket = new TokenBucket(new(permits, TimeSpan.FromMilliseconds(WindowMs)), clock);
        var waiting = new Queue<Task<RateLimitLease>>(Enumerable.Range(0, 200).Select(_ => bucket.AcquireAsync().AsTask()));
        var flying = new Queue<(int At, RateLimitLease Lease)>();
        var now = 0;
        while (waiting.Count > 0)
        {
            while (flying.TryPeek(out var answer) && answer.At <= now)
                flying.Dequeue().Lease.Dispose();
            while (waiting.TryPeek(out var next) && next.IsCompleted)
                flying.Enqueue((now + roundTripMs, waiting.Dequeue().Result));
            clock.Advance(TimeSpan.FromMilliseconds(10));
            now += 10;
        }

        Assert.That(now - 10, Is.EqualTo((200 / permits - 1) * (WindowMs + roundTripMs)));
    }

    private static int MostWithin(List<int> arrivals)
    {
        arrivals.Sort();
        var most = 0;
        for (int first = 0, last = 0; last < arrivals.Count; last++)
        {
            while (arrivals[last] - arrivals[first] >= WindowMs)
                first++;
            most = Math.Max(most, last - first + 1);
        }

        return most;
    }

    /// <summary>Callers who ask, give up and get their answers late, and a server that notes when each request came in.</summary>
    private sealed class World(int permits, int seed)
    {
        private readonly FakeTimeProvider _clock = new();
        private readonly Random _random = new(seed);
        private readonly List<(Task<RateLimitLease> Task, CancellationTokenSource Cancellation, int Response, int Limit)> _waiting = [];
        private readonly List<(int At, RateLimitLease Lease)> _flying = [];
        private readonly List<int> _arrivals = [];
        private TokenBucket? _bucket;
        private int _now;
        private int _pausedUntil;

        public int GrantedDuringPauses { get; private set; }

        public int OutOfOrder { get; private set; }

        private TokenBucket Bucket => _bucket ??= new(new(permits, TimeSpan.FromMilliseconds(WindowMs)), _clock);

        public void Live((Kind Kind, int Amount, int Response, int Limit)[] day)
        {
            foreach (var (kind, amount, response, limit) in day)
            {
                switch (kind)
                {
                    case Kind.Ask:
                        var cancellation = new CancellationTokenSource();
                        _waiting.Add((Bucket.AcquireBelowAsync(limit, cancellation.Token).AsTask(), cancellation, response, Math.Min(limit, permits)));
                        break;
                    case Kind.Cancel when _waiting.Count > 0:
                        _waiting[amount % _waiting.Count].Cancellation.Cancel();
                        break;
                    case Kind.Pause:
                        Bucket.Pause(TimeSpan.FromMilliseconds(amount));
                        _pausedUntil = Math.Max(_pausedUntil, _now + amount);
                        break;
                    case Kind.Advance:
                        Pass(amount);
                        break;
                }

                Serve();
            }
        }

        public int MostInAnyWindow() => MostWithin(_arrivals);

        public int TokensAtTheEnd()
        {
            for (var i = 0; i < 2000 && (_waiting.Count > 0 || _flying.Count > 0); i++)
            {
                Pass(500);
                Serve();
            }

            Assert.That(_waiting, Is.Empty, "everybody is served in the end");
            Pass(WindowMs + 2000);
            return (int)Bucket.GetStatistics()!.CurrentAvailablePermits;
        }

        private void Pass(int milliseconds)
        {
            for (var i = 0; i < milliseconds; i += 10)
            {
                _now += 10;
                _clock.Advance(TimeSpan.FromMilliseconds(10));
                foreach (var (at, lease) in _flying)
                {
                    if (at <= _now)
                        lease.Dispose();
                }

                _flying.RemoveAll(answer => answer.At <= _now);
                Serve();
            }
        }

        private void Serve()
        {
            var passedOver = new HashSet<int>();
            for (var i = 0; i < _waiting.Count; i++)
            {
                var (task, cancellation, response, limit) = _waiting[i];
                if (!task.IsCompleted)
                {
                    passedOver.Add(limit);
                    continue;
                }

                if (task.IsCompletedSuccessfully)
                {
                    if (_now < _pausedUntil)
                        GrantedDuringPauses++;
                    if (passedOver.Contains(limit))
                        OutOfOrder++;

                    // The request reaches the server at some instant between the grant and the answer.
                    _arrivals.Add(_now + _random.Next(response + 1));
                    _flying.Add((_now + response, task.Result));
                }

                cancellation.Dispose();
                _waiting.RemoveAt(i--);
            }
        }
    }
}
