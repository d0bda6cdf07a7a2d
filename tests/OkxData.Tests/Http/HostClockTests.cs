using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.Metrics.Testing;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;
using CsCheck;
using NUnit.Framework;
using OkxData.Diagnostics;
using OkxData.Http;

namespace OkxData.Tests.Http;

public sealed class HostClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 8, 22, 16, 20, 0, TimeSpan.Zero);

    private ServiceProvider _services = null!;
    private SteppableTime _time = null!;
    private FakeLogCollector _log = null!;
    private HostClock _clock = null!;

    [SetUp]
    public void SetUp()
    {
        _services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        _time = new SteppableTime(Start);
        _log = new FakeLogCollector();
        _clock = new HostClock("okx.test", _time, _services.GetRequiredService<IMeterFactory>(), new FakeLogger(_log));
    }

    [TearDown]
    public void TearDown() => _services.Dispose();

    [Test]
    public void Now_NothingMeasured_IsTheLocalClock()
    {
        Assert.That((_clock.Skew, _clock.Now, _clock.IsFresh), Is.EqualTo(((TimeSpan?)null, Start, false)));
    }

    [Test]
    public void NoteTime_HostIsAhead_CorrectsAndIsFreshForAnHour()
    {
        _clock.NoteTime(Start.AddSeconds(40), Start, Start);

        Assert.That(_clock.Skew, Is.EqualTo(TimeSpan.FromSeconds(40)));
        Assert.That(_clock.Now, Is.EqualTo(Start.AddSeconds(40)));
        Assert.That(_clock.IsFresh);
        _time.Advance(TimeSpan.FromHours(1));
        Assert.That((_clock.IsFresh, _clock.Now), Is.EqualTo((false, Start.AddSeconds(3640))));
    }

    [TestCase(0.9, 0)]
    [TestCase(-0.1, 0)]
    [TestCase(3.5, 3)]
    [TestCase(-4.5, -4)]
    public void NoteReply_DateIsCutToTheSecond_ProvesOnlyWhatItProves(double ahead, double proven)
    {
        Reply(Start.AddSeconds(ahead), TimeSpan.Zero);

        Assert.That(_clock.Skew!.Value.TotalSeconds, Is.EqualTo(proven).Within(0.001));
    }

    [Test]
    public void NoteReply_SlowAnswer_ProvesLess()
    {
        Reply(Start.AddSeconds(10), TimeSpan.FromSeconds(20));

        Assert.That(_clock.Skew, Is.EqualTo(TimeSpan.Zero), "it may have been sent at any time of the 20 s");
    }

    [Test]
    public void NoteReply_OutOfACache_ProvesNothing()
    {
        using var response = new HttpResponseMessage();
        response.Headers.Date = Start.AddHours(-1);
        response.Headers.Age = TimeSpan.FromHours(1);

        _clock.NoteReply(response, Start);

        Assert.That(_clock.Skew, Is.Null);
    }

    [TestCase("9999-12-31T23:59:59Z")]
    [TestCase("2400-01-01T00:00:00Z")]
    [TestCase("1970-01-01T00:00:00Z")]
    public void NoteReply_DateThatNoHostMeans_ProvesNothing(string date)
    {
        using var response = new HttpResponseMessage();
        response.Headers.Date = DateTimeOffset.Parse(date, System.Globalization.CultureInfo.InvariantCulture);

        _clock.NoteReply(response, Start);

        Assert.That((_clock.Skew, _clock.Now), Is.EqualTo(((TimeSpan?)null, Start)));
    }

    [Test]
    public void NoteTime_LastInstantOfTheCalendar_ProvesNothing()
    {
        _clock.NoteTime(DateTimeOffset.FromUnixTimeMilliseconds(253_402_300_799_999), Start, Start);

        Assert.That((_clock.Skew, _clock.Now, _clock.IsFresh), Is.EqualTo(((TimeSpan?)null, Start, false)));
    }

    [Test]
    public void NoteTime_LocalClockBeganAt1970_IsCorrectedAllTheSame()
    {
        var since1970 = DateTimeOffset.UnixEpoch - Start;
        _time.Step(since1970);

        _clock.NoteTime(Start, Start + since1970, Start + since1970);

        Assert.That(_clock.Now, Is.EqualTo(Start));
    }

    [Test]
    public void Note_AnySkewAndAnyDelays_ProvesNoMoreThanThereIsAndNearlyAll() => Gen.Select(Gen.Double[-500, 500], Gen.Int[0, 2000].Array[1, 30]).Sample((seconds, delays) =>
    {
        using var services = new ServiceCollection().AddMetrics().BuildServiceProvider();
        var time = new FakeTimeProvider(Start);
        var clock = new HostClock("okx.test", time, services.GetRequiredService<IMeterFactory>(), new FakeLogger());
        var skew = TimeSpan.FromSeconds(seconds);
        var shortest = double.MaxValue;
        foreach (var delay in delays)
        {
            var sent = time.GetUtcNow();
            time.Advance(TimeSpan.FromMilliseconds(delay));
            using var response = new HttpResponseMessage();
            var told = (sent + skew + TimeSpan.FromMilliseconds(delay / 2.0)).ToUnixTimeSeconds();
            response.Headers.Date = DateTimeOffset.FromUnixTimeSeconds(told);
            clock.NoteReply(response, sent);
            shortest = Math.Min(shortest, delay / 1000.0);
        }

        var proven = clock.Skew!.Value.TotalSeconds;

        // A ten-thousandth of the time that passed is allowed for drift.
        Assert.That(Math.Abs(proven), Is.LessThanOrEqualTo(Math.Abs(seconds) + 0.01));
        Assert.That(Math.Abs(proven - seconds), Is.LessThanOrEqualTo(1.01 + shortest));
        Assert.That(proven * seconds, Is.GreaterThanOrEqualTo(0));
    }, iter: 500);

    [Test]
    public void Note_ClockWasSetMeanwhile_TheOldMeasurementIsWorthless()
    {
        _clock.NoteTime(Start.AddSeconds(40), Start, Start);

        _time.Step(TimeSpan.FromSeconds(40));

        Assert.That((_clock.Skew, _clock.Now, _clock.IsFresh), Is.EqualTo(((TimeSpan?)null, Start.AddSeconds(40), false)));
        Reply(Start.AddSeconds(40), TimeSpan.Zero);
        Assert.That(_clock.Skew, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Note_PastFiveSeconds_WarnsOnceAndAgainWhenItChangesMuch()
    {
        foreach (var seconds in (double[])[2, 4.9, 9, 9.5, 12, 15.5, -15.5, -16, 0, -9, 0.2])
        {
            _clock.NoteTime(_time.GetUtcNow().AddSeconds(seconds), _time.GetUtcNow(), _time.GetUtcNow());
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.That(_log.GetSnapshot().Select(line => (line.Level, line.Message)), Is.EqualTo(new[]
        {
            (LogLevel.Warning, Warning("9.0", "behind")), (LogLevel.Warning, Warning("15.5", "behind")), (LogLevel.Warning, Warning("15.5", "ahead of")),
            (LogLevel.Information, "The local clock agrees with the one of okx.test again."),
            (LogLevel.Warning, Warning("9.0", "ahead of")), (LogLevel.Information, "The local clock agrees with the one of okx.test again."),
        }));
    }

    [Test]
    public void Gauge_TellsTheSkewOfTheHost()
    {
        using var collector = new MetricCollector<double>(_services.GetRequiredService<IMeterFactory>(), OkxDataDiagnostics.MeterName, OkxDataDiagnostics.ClockSkew);
        collector.RecordObservableInstruments();
        Assert.That(collector.GetMeasurementSnapshot(), Is.Empty, "nothing is known yet");

        _clock.NoteTime(Start.AddSeconds(-7), Start, Start);
        collector.RecordObservableInstruments();

        Assert.That(collector.LastMeasurement!.Value, Is.EqualTo(-6.999).Within(0.0001));
        Assert.That(collector.LastMeasurement.Tags["host"], Is.EqualTo("okx.test"));
    }

    /// <summary>A clock that can be set, as an operator does: timestamps do not follow.</summary>
    private sealed class SteppableTime(DateTimeOffset start) : FakeTimeProvider(start)
    {
        private TimeSpan _stepped;

        public void Step(TimeSpan by) => _stepped += by;

        public override long GetTimestamp() => base.GetUtcNow().Ticks;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _stepped;
    }

    private static string Warning(string seconds, string direction) =>
        $"The local clock is {seconds} s {direction} the one of okx.test; signatures are corrected for it. Set the clock, for example with NTP.";

    private void Reply(DateTimeOffset hostTime, TimeSpan delay)
    {
        var sent = _time.GetUtcNow();
        _time.Advance(delay);
        using var response = new HttpResponseMessage();
        response.Headers.Date = DateTimeOffset.FromUnixTimeSeconds(hostTime.ToUnixTimeSeconds());
        _clock.NoteReply(response, sent);
    }
}
