using CsCheck;
using NUnit.Framework;
using OkxData.Time;

namespace OkxData.Tests.Time;

[TestFixture]
public sealed class UtcRangeTests
{
    private static readonly DateTimeOffset Origin = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly Gen<UtcRange> Ranges = Gen.Select(Gen.Int[0, 20], Gen.Int[0, 20], (a, b) => Of(Math.Min(a, b), Math.Max(a, b)));

    [Test]
    public void Create_AnyOffsets_BecomesUtc()
    {
        var range = new UtcRange(new DateTimeOffset(2024, 1, 1, 8, 0, 0, TimeSpan.FromHours(8)), new DateTimeOffset(2024, 1, 1, 19, 0, 0, TimeSpan.FromHours(-5)));

        Assert.That(range.Start.Offset, Is.EqualTo(TimeSpan.Zero));
        Assert.That(range.End.Offset, Is.EqualTo(TimeSpan.Zero));
        Assert.That(range, Is.EqualTo(new UtcRange(Origin, Origin.AddDays(1))));
        Assert.That(range.Duration, Is.EqualTo(TimeSpan.FromDays(1)));
    }

    [Test]
    public void Create_EndBeforeStart_ThrowsAndNamesBoth() =>
        Assert.That(() => new UtcRange(Origin, Origin.AddTicks(-1)),
            Throws.ArgumentException.With.Message.Contains("2023-12-31T23:59:59.9999999Z").And.Message.Contains("2024-01-01T00:00:00Z"));

    [Test]
    public void Contains_Bounds_StartIsInsideEndIsNot()
    {
        var range = Of(2, 4);

        Assert.That(new[] { 1, 2, 3, 4 }.Select(day => range.Contains(Origin.AddDays(day))), Is.EqualTo(new[] { false, true, true, false }));
        Assert.That(range.Contains(Origin.AddDays(2).ToOffset(TimeSpan.FromHours(14))), Is.True);
        Assert.That(Of(2, 2).Contains(Origin.AddDays(2)), Is.False);
    }

    [Test]
    public void Intersect_AnyRanges_HoldsWhatBothHold() =>
        Gen.Select(Ranges, Ranges).Sample((a, b) =>
        {
            var common = a.Intersect(b);
            var days = Enumerable.Range(-1, 23).Select(day => Origin.AddDays(day)).ToList();
            return days.All(day => (common?.Contains(day) ?? false) == (a.Contains(day) && b.Contains(day)))
                && a.Overlaps(b) == common.HasValue && common is not { IsEmpty: true } && b.Intersect(a) == common;
        });

    [TestCase(0, 1, 1, 2, false)]
    [TestCase(0, 2, 1, 3, true)]
    [TestCase(0, 9, 3, 3, false)]
    public void Overlaps_RangesThatTouchOrAreEmpty_IsFalse(int start, int end, int otherStart, int otherEnd, bool expected) =>
        Assert.That(Of(start, end).Overlaps(Of(otherStart, otherEnd)), Is.EqualTo(expected));

    [Test]
    public void ToString_AnyCulture_IsIso8601()
    {
        var range = new UtcRange(Origin.ToOffset(TimeSpan.FromHours(8)), Origin.AddMilliseconds(1500));

        foreach (var culture in new[] { "ar-SA", "tr-TR", "de-DE", "th-TH" })
        {
            var before = Thread.CurrentThread.CurrentCulture;
            try
            {
                Thread.CurrentThread.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo(culture);
                Assert.That(range.ToString(), Is.EqualTo("[2024-01-01T00:00:00Z, 2024-01-01T00:00:01.5Z)"));
            }
            finally
            {
                Thread.CurrentThread.CurrentCulture = before;
            }
        }
    }

    private static UtcRange Of(int start, int end) => new(Origin.AddDays(start), Origin.AddDays(end));
}
