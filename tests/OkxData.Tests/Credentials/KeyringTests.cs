using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Credentials;
using OkxData.Errors;

namespace OkxData.Tests.Credentials;

public sealed class KeyringTests
{
    private static readonly OkxCredentials First = new("the-first-key-1111", "s1", "p1");
    private static readonly OkxCredentials Second = new("the-second-key-2222", "s2", "p2");
    private static readonly OkxCredentials Third = new("the-third-key-3333", "s3", "p3");

    private FakeTimeProvider _clock = null!;
    private CredentialsOptions _options = null!;
    private FakeLogCollector _log = null!;
    private Keyring _ring = null!;

    [SetUp]
    public void SetUp()
    {
        _clock = new FakeTimeProvider();
        _options = new CredentialsOptions { ReadEnvironment = false };
        _log = new FakeLogCollector();
        var sources = new CredentialSources(() => [], () => _options, new EnvironmentCredentials(_ => null));
        _ring = new Keyring(sources, () => _options, _clock, new FakeLogger(_log));
    }

    [Test]
    public async Task Take_NoSchedule_StaysWithTheFirst()
    {
        Use(First, Second);

        for (var day = 0; day < 10; day++)
        {
            Assert.That(await TakeAsync(), Is.EqualTo(First));
            _clock.Advance(TimeSpan.FromDays(1));
        }

        Assert.That(Messages(), Is.EqualTo(new[] { "Signed calls now use the key …1111 (the first one)." }));
    }

    [Test]
    public async Task Take_Schedule_GoesRoundAtTheStatedTimes()
    {
        Use(First, Second, Third);
        _options.RotateEvery = TimeSpan.FromHours(1);
        var taken = new List<OkxCredentials>();

        for (var half = 0; half < 9; half++)
        {
            taken.Add(await TakeAsync());
            _clock.Advance(TimeSpan.FromMinutes(30));
        }

        Assert.That(taken, Is.EqualTo(new[] { First, First, Second, Second, Third, Third, First, First, Second }));
    }

    [Test]
    public async Task Take_ScheduleAndAKeyThatIsSetTwice_TheOthersHaveTheirTurns()
    {
        Use(First, First, Second);
        _options.RotateEvery = TimeSpan.FromHours(1);
        var taken = new List<OkxCredentials>();

        for (var hour = 0; hour < 4; hour++)
        {
            taken.Add(await TakeAsync());
            _clock.Advance(TimeSpan.FromHours(1));
        }

        Assert.That(taken, Is.EqualTo(new[] { First, Second, First, Second }));
    }

    [Test]
    public async Task Take_ScheduleAndALongPause_CountsTheTurnsInBetween()
    {
        Use(First, Second, Third);
        _options.RotateEvery = TimeSpan.FromHours(1);
        await TakeAsync();

        _clock.Advance(TimeSpan.FromMinutes(290));
        Assert.That(await TakeAsync(), Is.EqualTo(Second), "four turns: 2, 3, 1, 2");
        _clock.Advance(TimeSpan.FromMinutes(10));
        Assert.That(await TakeAsync(), Is.EqualTo(Third), "turns do not drift");
    }

    [Test]
    public async Task Reject_OneOfTwo_RestsUntilItsTimeAndThenIsUsableAgain()
    {
        Use(First, Second);
        await RejectAsync("50119");

        Assert.That(await TakeAsync(), Is.EqualTo(Second));
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.That(await TakeAsync(), Is.EqualTo(Second), "the one that works stays");
        await RejectAsync("50119");
        Assert.That(await TakeAsync(), Is.EqualTo(First), "the first has rested");
    }

    [Test]
    public async Task Reject_ScheduledKeyRests_TheNextTakesItsTurn()
    {
        Use(First, Second, Third);
        _options.RotateEvery = TimeSpan.FromSeconds(10);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await TakeAsync();
        _clock.Advance(TimeSpan.FromSeconds(10));
        await RejectAsync("50110");

        Assert.That(await TakeAsync(), Is.EqualTo(Third), "the second, whose turn it is, rests");
    }

    [Test]
    public async Task Reject_AgainAndAgain_RestsTwiceAsLongEachTimeUpToTheLongest()
    {
        Use(First);
        _options.RestAfterRejection = TimeSpan.FromSeconds(10);
        _options.LongestRest = TimeSpan.FromSeconds(60);
        var rests = new List<double>();

        for (var time = 0; time < 5; time++)
        {
            await RejectAsync("50119");
            rests.Add((await FailureAsync()).RetryAfter!.Value.TotalSeconds);
            _clock.Advance(TimeSpan.FromSeconds(rests[^1]) - TimeSpan.FromTicks(1));
            await FailureAsync();
            _clock.Advance(TimeSpan.FromTicks(1));
        }

        Assert.That(rests, Is.EqualTo(new[] { 10d, 20, 40, 60, 60 }));
        _ring.Accept(await _ring.TakeAsync("", null, default));
        await RejectAsync("50119");
        Assert.That((await FailureAsync()).RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(10)), "an accepted call begins anew");
        Assert.That(Messages(), Has.One.EqualTo("OKX accepts the key …1111 again."));
    }

    [Test]
    public async Task Reject_ManyCallsUnderWay_CountsOnce()
    {
        Use(First);
        var underWay = await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => await _ring.TakeAsync("", null, default)));

        foreach (var key in underWay)
            _ring.Reject(key, "50119", "gone");

        Assert.That((await FailureAsync()).RetryAfter, Is.EqualTo(_options.RestAfterRejection));
        Assert.That(Messages().Count(message => message.Contains("rejects")), Is.EqualTo(1));
        _ring.Accept(underWay[0]);
        await FailureAsync();
    }

    [Test]
    public async Task Take_AllRest_NamesEachKeyItsCauseAndWhenOneIsTriedAgain()
    {
        Use(First, Second);
        await RejectAsync("50110", "the address is not allowed");
        _clock.Advance(TimeSpan.FromSeconds(20));
        await RejectAsync("50119", "it was deleted");

        var failure = await FailureAsync();

        Assert.That(failure.Message, Is.EqualTo("GET /x: OKX rejects all 2 keys (…1111 with 50110: the address is not allowed; …2222 with 50119: it was deleted); …1111 is tried again in 40 s."));
        Assert.That((failure.Code, failure.KeyHint, failure.RetryAfter), Is.EqualTo(("50119", (string?)null, (TimeSpan?)TimeSpan.FromSeconds(40))));
    }

    [Test]
    public async Task Take_SecretOfARejectedKeyIsMended_UsesItAtOnce()
    {
        Use(First);
        await RejectAsync("50113");
        var mended = new OkxCredentials("the-first-key-1111", "the right secret", "p1");
        Use(mended);

        Assert.That(await TakeAsync(), Is.EqualTo(mended));
        Assert.That(Messages()[^1], Is.EqualTo("Signed calls now use the key …1111 (the one before is no longer set)."));
    }

    [Test]
    public async Task Take_KeyInUseIsStillSetAfterAReload_StaysWithIt()
    {
        Use(First, Second);
        await RejectAsync("50119");
        await TakeAsync();
        Use(Third, new OkxCredentials("the-second-key-2222", "s2", "p2"));

        Assert.That(await TakeAsync(), Is.EqualTo(Second));
    }

    [Test]
    public async Task Take_ByManyAtOnceWhileKeysAreRejected_NeverGivesOneThatRestedBefore()
    {
        Use(First, Second, Third);
        var rejected = new System.Collections.Concurrent.ConcurrentDictionary<OkxCredentials, bool>();
        var stale = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(async () =>
        {
            for (var call = 0; call < 500; call++)
            {
                var known = rejected.Keys.ToList();
                var taken = await _ring.TakeAsync("", null, default);
                if (known.Contains(taken.Credentials))
                    Interlocked.Increment(ref stale);
                if (worker != 0 || call is not (100 or 300))
                    continue;

                _ring.Reject(taken, "50119", "gone");
                rejected[taken.Credentials] = true;
            }
        })));

        Assert.That(stale, Is.Zero);
        Assert.That(rejected, Has.Count.EqualTo(2));
    }

    private void Use(params OkxCredentials[] keys)
    {
        _options.Keys.Clear();
        foreach (var key in keys)
            _options.Keys.Add(key);
    }

    private async Task<OkxCredentials> TakeAsync() => (await _ring.TakeAsync("GET /x", null, default)).Credentials;

    private async Task RejectAsync(string code, string advice = "advice") => _ring.Reject(await _ring.TakeAsync("GET /x", null, default), code, advice);

    private async Task<OkxCredentialException> FailureAsync() => (await Assert.ThrowsAsync<OkxCredentialException>(TakeAsync))!;

    private List<string> Messages() => [.. _log.GetSnapshot().Select(line => line.Message)];
}
