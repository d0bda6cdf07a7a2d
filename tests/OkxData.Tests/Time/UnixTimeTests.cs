using CsCheck;
using NUnit.Framework;
using OkxData.Time;

namespace OkxData.Tests.Time;

[TestFixture]
public sealed class UnixTimeTests
{
    private static readonly Gen<DateTimeOffset> Instants = Gen.Select(
        Gen.Long[DateTimeOffset.MinValue.Ticks + TimeSpan.TicksPerDay, DateTimeOffset.MaxValue.Ticks - TimeSpan.TicksPerDay],
        Gen.Int[-14, 14],
        (ticks, hours) => new DateTimeOffset(ticks, TimeSpan.FromHours(hours)));

    [Test]
    public void ToMilliseconds_AnyInstant_RoundsDownAndCeilingUp() =>
        Instants.Sample(instant =>
        {
            var (floor, ceiling) = (UnixTime.ToMilliseconds(instant), UnixTime.ToMillisecondsCeiling(instant));
            return UnixTime.FromMilliseconds(floor) <= instant && instant <= UnixTime.FromMilliseconds(ceiling)
                && instant - UnixTime.FromMilliseconds(floor) < TimeSpan.FromMilliseconds(1) && UnixTime.FromMilliseconds(ceiling) - instant < TimeSpan.FromMilliseconds(1);
        });

    [Test]
    public void FromMilliseconds_AnyRepresentable_ComesBackInUtc() =>
        Gen.Long[UnixTime.MinMilliseconds, UnixTime.MaxMilliseconds].Sample(milliseconds =>
        {
            var instant = UnixTime.FromMilliseconds(milliseconds);
            return instant.Offset == TimeSpan.Zero && UnixTime.ToMilliseconds(instant) == milliseconds && UnixTime.ToMillisecondsCeiling(instant) == milliseconds;
        });

    [TestCase(UnixTime.MinMilliseconds, true)]
    [TestCase(UnixTime.MinMilliseconds - 1, false)]
    [TestCase(UnixTime.MaxMilliseconds, true)]
    [TestCase(UnixTime.MaxMilliseconds + 1, false)]
    [TestCase(long.MinValue, false)]
    [TestCase(long.MaxValue, false)]
    public void IsRepresentable_Bounds_AreThoseOfDateTimeOffset(long milliseconds, bool expected)
    {
        Assert.That(UnixTime.IsRepresentable(milliseconds), Is.EqualTo(expected));
        if (expected)
            Assert.That(() => UnixTime.FromMilliseconds(milliseconds), Throws.Nothing);
    }

    [Test]
    public void ToMilliseconds_BeforeTheEpoch_RoundsDown()
    {
        var instant = DateTimeOffset.UnixEpoch.AddTicks(-1);

        Assert.That(UnixTime.ToMilliseconds(instant), Is.EqualTo(-1));
        Assert.That(UnixTime.ToMillisecondsCeiling(instant), Is.Zero);
    }
}
