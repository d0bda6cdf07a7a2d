using Microsoft.Extensions.Time.Testing;
using NUnit.Framework;
using OkxData.Candles.Live;
using OkxData.Models;

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
        return (time, new ServerClock(time, BarSize.OneMinute.ToGrid()));
    }

    [TestCase(0, 30_000)]
    [TestCase(10, 40_000)]
    [TestCase(-10, 20_000)]
    [TestCase(3_600, 57_999)]
    [TestCase(-3_600, 57_999)]
    public void Start_AfterPushesOfTheFormingBar_IsTheLocalClockWithinWhatTheyAllow(int errorSeconds, int expected)
    {
        var (time, clock) = At(TimeSpan.FromSeconds(errorSeconds));
        Assert.That(clock.Start, Is.Null);
        time.Advance(TimeSpan.FromSeconds(1));
        clock.NotePush(Opening, isFinished: false, isNews: false);
        time.Advance(TimeSpan.FromSeconds(1));
        clock.NotePush(Opening, isFinished: false, isNews: true);

        // A clock that is wrong says nothing; the latest start that the pushes allow does not begin with a bar that was over.
        Assert.That(clock.Start - Opening, Is.EqualTo(expected));
    }

    [Test]
    public void Start_FirstPushIsOld_WaitsForAnotherOrForHistory()
    {
        var (_, clock) = At(TimeSpan.Zero);
        clock.NotePush(Opening - 10 * Minute, isFinished: false, isNews: false);
        Assert.That(clock.Start, Is.Null);
        clock.NoteFinished(Opening - Minute, isNewest: true);
        Assert.That(clock.Start, Is.EqualTo(Opening + Minute / 2));
    }

    [Test]
    public void Start_NothingElseCameForLong_TakesWhatThereIs()
    {
        var (time, clock) = At(TimeSpan.FromHours(1));
        clock.NotePush(Opening, isFinished: false, isNews: false);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.That(clock.Start, Is.Null);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.That(clock.Start, Is.EqualTo(Opening + Minute - 1));
    }

    [Test]
    public void Now_LocalClockAnHourFast_IsWithinTheBar()
    {
        var (time, clock) = At(TimeSpan.FromHours(1));
        clock.NotePush(Opening, isFinished: false, isNews: false);
        time.Advance(TimeSpan.FromSeconds(29));
        clock.NotePush(Opening, isFinished: false, isNews: true);
        Assert.That(clock.Now, Is.EqualTo(Opening + Minute - 1));
        Assert.That(clock.Passed, Is.EqualTo(Opening + 29_000));
    }

    [Test]
    public void Now_LocalClockAnHourSlow_HasPassedTheOpening()
    {
        var (time, clock) = At(TimeSpan.FromHours(-1));
        clock.NotePush(Opening, isFinished: false, isNews: false);
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.That(clock.Now, Is.EqualTo(Opening + 29_000));
    }

    [Test]
    public void Now_OldPushComesLate_DoesNotGoBack()
    {
        var (time, clock) = At(TimeSpan.Zero);
        clock.NotePush(Opening, isFinished: true, isNews: true);
        time.Advance(TimeSpan.FromSeconds(40));
        clock.NotePush(Opening - 10 * Minute, isFinished: false, isNews: true);
        Assert.That(clock.Now, Is.GreaterThanOrEqualTo(Opening + Minute + 40_000));
        Assert.That(clock.Passed, Is.EqualTo(Opening + Minute + 40_000));
    }

    [Test]
    public void Passed_FinishedBarOfAReply_IsItsCloseAndWhatHasGoneSince()
    {
        var (time, clock) = At(TimeSpan.FromHours(-1));
        clock.NoteFinished(Opening - Minute);
        time.Advance(TimeSpan.FromSeconds(5));
        Assert.That(clock.Passed, Is.EqualTo(Opening + 5_000));
    }
}
