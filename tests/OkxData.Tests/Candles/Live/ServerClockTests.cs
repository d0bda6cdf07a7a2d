using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Candles.Live;

namespace OkxData.Tests.Candles.Live;

[TestFixture]
internal sealed class ServerClockTests
{
    private const long Minute = 60_000;
    private static readonly long Opening = TestCandles.At(2026, 6, 15);

    /// <summary>The true time is half a minute into a bar; the local clock is off by so much.</summary>
    private static (FakeTimeProvider Time, ServerClock Clock) At(TimeSpan error)
    {
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds(Opening + Minute / 2) + error);
        return (time, new ServerClock(time));
    }

    [TestCase(0, 30_000)]
    [TestCase(10, 40_000)]
    [TestCase(-10, 20_000)]
    [TestCase(3_600, 58_999)]
    [TestCase(-3_600, 58_999)]
    public void Start_AfterAPushOfTheFormingBar_IsTheLocalClockWithinWhatThePushAllows(int errorSeconds, int expected)
    {
        var (time, clock) = At(TimeSpan.FromSeconds(errorSeconds));
        Assert.That(clock.Start, Is.Null);
        time.Advance(TimeSpan.FromSeconds(1));
        clock.NotePush(Opening, Opening + Minute, isFinished: false);

        // A clock that is wrong says nothing; the latest start that the push allows does not begin with a bar that was over.
        Assert.That(clock.Start - Opening, Is.EqualTo(expected));
    }

    [Test]
    public void Now_LocalClockAnHourFast_IsWithinTheBar()
    {
        var (time, clock) = At(TimeSpan.FromHours(1));
        clock.NotePush(Opening, Opening + Minute, isFinished: false);
        time.Advance(TimeSpan.FromSeconds(29));
        clock.NotePush(Opening, Opening + Minute, isFinished: false);
        Assert.That(clock.Now, Is.EqualTo(Opening + Minute - 1));
        Assert.That(clock.Passed, Is.EqualTo(Opening + 29_000));
    }

    [Test]
    public void Now_LocalClockAnHourSlow_HasPassedTheOpening()
    {
        var (time, clock) = At(TimeSpan.FromHours(-1));
        clock.NotePush(Opening, Opening + Minute, isFinished: false);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.That(clock.Now, Is.EqualTo(Opening + 29_000));
    }

    [Test]
    public void Now_OldPushComesLate_DoesNotGoBack()
    {
        var (time, clock) = At(TimeSpan.Zero);
        clock.NotePush(Opening, Opening + Minute, isFinished: true);
        time.Advance(TimeSpan.FromSeconds(40));
        clock.NotePush(Opening - 10 * Minute, Opening - 9 * Minute, isFinished: false);
        Assert.That(clock.Now, Is.GreaterThanOrEqualTo(Opening + Minute + 40_000));
        Assert.That(clock.Passed, Is.EqualTo(Opening + Minute + 40_000));
    }

    [Test]
    public void Passed_FinishedBarOfAReply_IsItsCloseAndWhatHasGoneSince()
    {
        var (time, clock) = At(TimeSpan.FromHours(-1));
        clock.NoteFinished(Opening);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(clock.Passed, Is.EqualTo(Opening + 5_000));
        Assert.That(clock.Start, Is.Null);
    }
}
