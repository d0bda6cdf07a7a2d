using CsCheck;
using NUnit.Framework;
using OkxData.RateLimiting;

namespace OkxData.Tests.RateLimiting;

internal sealed class RefusalEasingTests
{
    private const long Window = 2000;

    [Test]
    public void Refuse_Once_TakesAnEighth()
    {
        var easing = new RefusalEasing(40);
        easing.Refuse(until: 2000, now: 0, Window);
        Assert.That(easing.Current.Level, Is.EqualTo(35));
        easing.Refuse(until: 12_000, now: 10_000, Window);
        Assert.That(easing.Current.Level, Is.EqualTo(31));
    }

    [Test]
    public void Refuse_HalfOfABurst_HalvesAndComesBackOneByOne()
    {
        var easing = new RefusalEasing(20);
        Refuse(easing, 10, 0);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(easing.Allowed(2000), Is.EqualTo(1));
            Assert.That(easing.Allowed(3000), Is.EqualTo(5));
            Assert.That(easing.Allowed(4000), Is.EqualTo(10));
            Assert.That(easing.Allowed(1_000_000), Is.EqualTo(10), "without use there is no proof that more is allowed");
        }
    }

    [Test]
    public void NextStep_WhileTokensComeOneByOne_IsWhenOneMoreIsAllowed()
    {
        var easing = new RefusalEasing(20);
        Refuse(easing, 10, 0);
        for (var now = 2000L; easing.NextStep(now) is var next && next != long.MaxValue; now = next)
        {
            Assert.That(next, Is.GreaterThan(now));
            Assert.That(easing.Allowed(next), Is.GreaterThan(easing.Allowed(now)).Or.EqualTo(10), $"at {next}");
            Assert.That(easing.Allowed(next - 2), Is.LessThanOrEqualTo(easing.Allowed(now)), $"before {next}");
        }
    }

    [Test]
    public void Refuse_BurstOfRefusals_IsOneEvent()
    {
        var easing = new RefusalEasing(40);
        for (var now = 0; now < 1000; now += 100)
            easing.Refuse(until: now + 2000, now, Window);

        Assert.That(easing.Current.Level, Is.EqualTo(20));
        Assert.That(easing.Current.ResumesAt, Is.EqualTo(2900), "the last of them says until when");
    }

    [Test]
    public void Refuse_OfMoreThanWasGood_GoesBackToItAndStaysLonger()
    {
        var easing = new RefusalEasing(20);
        Refuse(easing, 10, 0);
        var now = Use(easing, 2000, until: () => easing.Current.Level == 11);
        easing.Refuse(now + Window, now, Window);
        Assert.That((easing.Current.Level, easing.Current.Good), Is.EqualTo((10, 10)));

        var again = Use(easing, now, until: () => easing.Current.Level == 11);
        Assert.That(again - now, Is.GreaterThan(30 * Window));
        easing.Refuse(again + Window, again, Window);
        var third = Use(easing, again, until: () => easing.Current.Level == 11);
        Assert.That(third - again, Is.GreaterThan(60 * Window));
    }

    [Test]
    public void Grow_NeverRefusedAgain_IsAllThereWas()
    {
        var easing = new RefusalEasing(40);
        Refuse(easing, 20, 0);
        var now = Use(easing, 2000, until: () => easing.Current.Level == 40);
        Assert.That(now, Is.LessThan(20 * Window), "a single refusal is not paid for long");

        Use(easing, now, until: () => easing.Current.Good == 40);
        Refuse(easing, 20, now + 58 * Window);
        Assert.That(easing.Current.Level, Is.EqualTo(20), "what was good once and is refused now is halved again");
    }

    [Test]
    public void AnyServer_AnyTrueLimit_IsFoundAndHardlyEverOverrun() =>
        Gen.Select(Gen.Int[2, 40], Gen.Int[1, 40]).Where((permits, truth) => truth <= permits).Sample((permits, truth) =>
        {
            // A server that allows `truth` in a window of its own, asked for as much as is allowed, for ten minutes.
            var easing = new RefusalEasing(permits);
            var (asked, refused, late) = (0, 0, 0);
            for (var now = 0L; now < 300 * Window; now += Window)
            {
                easing.Grow(now);
                var level = now < easing.Current.ResumesAt ? 0 : easing.Allowed(now + Window - 1);
                for (var i = 0; i < level; i++)
                    easing.CountGrant();
                asked += level;
                if (level <= truth)
                    continue;

                Refuse(easing, level - truth, now);
                refused += level - truth;
                late += now > 30 * Window ? level - truth : 0;
            }

            Assert.That(easing.Current.Level, Is.InRange(Math.Max(1, truth / 3), permits));
            Assert.That(late, Is.LessThanOrEqualTo(Math.Max(4, asked / 50)), $"{refused} of {asked} refused");
        });

    private static void Refuse(RefusalEasing easing, int times, long now)
    {
        for (var i = 0; i < times; i++)
            easing.Refuse(now + Window, now, Window);
    }

    private static long Use(RefusalEasing easing, long now, Func<bool> until)
    {
        for (var i = 0; i < 100_000 && !until(); i++)
        {
            now += 100;
            easing.CountGrant();
            easing.Grow(now);
        }

        Assert.That(until(), "it never came");
        return now;
    }
}
