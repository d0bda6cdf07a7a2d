using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Http;

namespace OkxData.Tests.Http;

internal sealed class HostPulseTests
{
    private readonly FakeTimeProvider _clock = new();

    [Test]
    public void SilentFor_WhileNothingIsAsked_IsUnknown() => Assert.That(new HostPulse(_clock).SilentFor, Is.Null);

    [Test]
    public void SilentFor_RequestsUnderWay_CountsFromTheFirst()
    {
        var pulse = new HostPulse(_clock);
        pulse.Asked();
        Pass(1);
        pulse.Asked();
        Pass(2);
        Assert.That(pulse.SilentFor, Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public void SilentFor_AnswerWhileOthersAreUnderWay_CountsFromTheAnswer()
    {
        var pulse = new HostPulse(_clock);
        pulse.Asked();
        pulse.Asked();
        Pass(1);
        pulse.Ended(answered: true);
        Pass(2);
        Assert.That(pulse.SilentFor, Is.EqualTo(TimeSpan.FromSeconds(2)));
        pulse.Ended(answered: true);
        Assert.That(pulse.SilentFor, Is.Null);
        Assert.That(pulse.LastAnswer, Is.EqualTo(_clock.GetUtcNow()));
    }

    [Test]
    public void SilentFor_TheLastCallerWentAway_IsUnknown()
    {
        var pulse = new HostPulse(_clock);
        pulse.Asked();
        pulse.Asked();
        Pass(1);
        pulse.Ended(answered: false);
        pulse.Abandoned();
        Assert.That(pulse.SilentFor, Is.EqualTo(TimeSpan.FromSeconds(1)), "another still waits");
        pulse.Ended(answered: false);
        pulse.Abandoned();
        Pass(2);
        Assert.That(pulse.SilentFor, Is.Null);
    }

    [TestCase(true)]
    [TestCase(false)]
    public void SilentFor_ProcessStoodStill_CountsOnlyWhatItWasThereFor(bool isSeenByAnEnd)
    {
        var pulse = new HostPulse(_clock);
        pulse.Asked();
        pulse.Asked();
        Pass(1);
        Assert.That(pulse.SilentFor, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Pass(3600);
        if (isSeenByAnEnd)
            pulse.Ended(answered: false);
        Assert.That(pulse.SilentFor, Is.EqualTo(TimeSpan.FromSeconds(1)));
        Pass(2);
        Assert.That(pulse.SilentFor, Is.EqualTo(TimeSpan.FromSeconds(3)));
    }

    [Test]
    public void SilentFor_LookedForAllTheTime_CountsAll()
    {
        var pulse = new HostPulse(_clock);
        pulse.Asked();
        for (var second = 0; second < 3600; second++)
        {
            Pass(1);
            Assert.That(pulse.SilentFor, Is.EqualTo(TimeSpan.FromSeconds(second + 1)));
        }
    }

    [Test]
    public void SilentFor_FailuresOneAfterTheOther_AreOneSilence()
    {
        var pulse = new HostPulse(_clock);
        for (var i = 0; i < 10; i++)
        {
            pulse.Asked();
            Pass(1);
            pulse.Ended(answered: false);
            Pass(2);
        }

        Assert.That(pulse.SilentFor, Is.EqualTo(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public void SilentFor_NobodyAskedForAWhile_IsForgotten()
    {
        var pulse = new HostPulse(_clock);
        pulse.Asked();
        Pass(10);
        pulse.Ended(answered: false);
        Pass(6);
        Assert.That(pulse.SilentFor, Is.Null);
        pulse.Asked();
        Assert.That(pulse.SilentFor, Is.EqualTo(TimeSpan.Zero));
    }

    private void Pass(double seconds) => _clock.Advance(TimeSpan.FromSeconds(seconds));
}
