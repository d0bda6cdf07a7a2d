using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Http;
using OkxData.Tickers.Live;

namespace OkxData.Tests.Tickers.Live;

[TestFixture]
internal sealed class PushedTimesTests
{
    private static readonly DateTimeOffset OkxTime = new(2026, 8, 22, 16, 0, 0, TimeSpan.Zero);

    private ServiceProvider _services = null!;

    [SetUp]
    public void SetUp() => _services = new ServiceCollection().AddMetrics().BuildServiceProvider();

    [TearDown]
    public void TearDown() => _services.Dispose();

    [Test]
    public async Task Refutes_LocalClockOffByHoursAndOkxAnswers_TellsGoodFromWrong([Values(-200_000, -5, -1, 0, 1, 5)] int hoursOff)
    {
        var bench = new Bench(_services, OkxTime.AddHours(hoursOff), isAnswered: true);

        using (Assert.EnterMultipleScope())
        {
            foreach (var minutes in (int[])[-10_000, -1, 0, 1, 9])
                Assert.That(await bench.RefutesAsync(OkxTime.AddMinutes(minutes)), Is.False, $"{minutes} min off OKX's clock");
            Assert.That(await bench.RefutesAsync(OkxTime.AddMinutes(11 + 60 * Math.Max(0, hoursOff))), Is.True);
            Assert.That(await bench.RefutesAsync(new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero)), Is.True);
            Assert.That(bench.Asked, Is.EqualTo(1));
        }
    }

    [Test]
    public async Task Refutes_OkxDoesNotAnswer_RefutesNothingAndAsksOnceAMinute()
    {
        var bench = new Bench(_services, OkxTime, isAnswered: false);

        for (var second = 0; second < 120; second++)
        {
            Assert.That(await bench.RefutesAsync(OkxTime.AddHours(5)), Is.False);
            bench.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.That(bench.Asked, Is.EqualTo(2));
    }

    [Test]
    public async Task Refutes_NothingIsAheadOfTheLocalClock_AsksNobody()
    {
        var bench = new Bench(_services, OkxTime, isAnswered: true);

        Assert.That(await bench.RefutesAsync(OkxTime.AddMinutes(9)), Is.False);
        Assert.That(bench.Asked, Is.Zero);
    }

    [Test]
    public async Task Refutes_ReplyOutOfSomebodysCacheIsHoursOld_DropsNothingThatTheLocalClockHasReached()
    {
        var bench = new Bench(_services, OkxTime, isAnswered: true);
        Assert.That(await bench.RefutesAsync(OkxTime.AddDays(1)), Is.True);
        using var reply = new HttpResponseMessage();
        reply.Headers.Date = OkxTime.AddHours(-5);

        bench.HostClock.NoteReply(reply, OkxTime);

        Assert.That(bench.HostClock.Skew, Is.LessThan(TimeSpan.FromHours(-4)));
        Assert.That(await bench.RefutesAsync(OkxTime), Is.False);
    }

    private sealed class Bench
    {
        private readonly PushedTimes _times;

        public Bench(ServiceProvider services, DateTimeOffset localTime, bool isAnswered)
        {
            Clock = new FakeTimeProvider(localTime);
            HostClock = new HostClock("okx.test", Clock, services.GetRequiredService<IMeterFactory>(), new FakeLogger());
            _times = new PushedTimes(HostClock, _ => Ask(isAnswered), Clock);
        }

        public FakeTimeProvider Clock { get; }

        public HostClock HostClock { get; }

        public int Asked { get; private set; }

        public ValueTask<bool> RefutesAsync(DateTimeOffset time) => _times.RefutesAsync(time.ToUnixTimeMilliseconds(), CancellationToken.None);

        private Task Ask(bool isAnswered)
        {
            Asked++;
            if (isAnswered)
                HostClock.NoteTime(OkxTime, Clock.GetUtcNow(), Clock.GetUtcNow());
            return Task.CompletedTask;
        }
    }
}
