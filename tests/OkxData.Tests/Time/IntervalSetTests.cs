using CsCheck;
using NUnit.Framework;
using OkxData.Time;

namespace OkxData.Tests.Time;

/// <summary>Every operation against a model: the bits of a word, one an instant.</summary>
[TestFixture]
public sealed class IntervalSetTests
{
    private const int Universe = 64;

    private static readonly Gen<Interval> AnyInterval = Gen.Select(Gen.Int[0, Universe], Gen.Int[0, Universe], (start, end) => new Interval(start, end));
    private static readonly Gen<Interval> Window = Gen.Select(Gen.Int[0, Universe], Gen.Int[0, Universe], (a, b) => new Interval(Math.Min(a, b), Math.Max(a, b)));
    private static readonly Gen<Interval[]> Intervals = AnyInterval.Array[0, 9];

    [Test]
    public void Of_AnyIntervals_IsTheirUnionInItsOnlyForm() =>
        Intervals.Sample(intervals =>
        {
            var set = IntervalSet.Of(intervals);
            return IsCanonical(set) && Bits(set) == Bits(intervals) && set.IsEmpty == (Bits(intervals) == 0);
        });

    [Test]
    public void Union_AnySets_HoldsWhatEitherHolds() =>
        Gen.Select(Intervals, Intervals, AnyInterval).Sample((a, b, one) =>
        {
            var set = IntervalSet.Of(a);
            return IsResult(set.Union(b), Bits(a) | Bits(b)) && IsResult(set.Union(one), Bits(a) | Bits(one));
        });

    [Test]
    public void Intersect_AnyWindow_HoldsWhatBothHold() =>
        Gen.Select(Intervals, AnyInterval).Sample((a, window) => IsResult(IntervalSet.Of(a).Intersect(window), Bits(a) & Bits(window)));

    [Test]
    public void Complement_AnyWindow_HoldsTheRestOfTheWindow() =>
        Gen.Select(Intervals, AnyInterval).Sample((a, window) => IsResult(IntervalSet.Of(a).Complement(window), ~Bits(a) & Bits(window)));

    [Test]
    public void Except_AnySets_HoldsWhatOnlyTheFirstHolds() =>
        Gen.Select(Intervals, Intervals).Sample((a, b) => IsResult(IntervalSet.Of(a).Except(b), Bits(a) & ~Bits(b)));

    [Test]
    public void Contains_EveryInstant_IsWhatTheBitsSay() =>
        Intervals.Sample(a =>
        {
            var set = IntervalSet.Of(a);
            var bits = Bits(a);
            return Enumerable.Range(0, Universe).All(instant => set.Contains(instant) == ((bits >> instant & 1) == 1)) && !set.Contains(-1) && !set.Contains(Universe);
        });

    [Test]
    public void Covers_AnyWindow_IsWhatTheBitsSay() =>
        Gen.Select(Intervals, Window).Sample((a, window) => IntervalSet.Of(a).Covers(window) == ((Bits(window) & ~Bits(a)) == 0));

    [Test]
    public void Complement_OfTheComplement_IsTheSetInTheWindow() =>
        Gen.Select(Intervals, Window).Sample((a, window) =>
        {
            var set = IntervalSet.Of(a);
            return set.Complement(window).Complement(window).SequenceEqual(set.Intersect(window));
        });

    [Test]
    public void Of_IntervalsThatTouch_JoinsThem() =>
        Assert.That(IntervalSet.Of(new Interval(-20, -10), new Interval(-10, 0), new Interval(1, 2)), Is.EqualTo(new[] { new Interval(-20, 0), new Interval(1, 2) }));

    [Test]
    public void Empty_Set_HoldsNothingAndCoversOnlyNothing()
    {
        Assert.That(IntervalSet.Empty.Contains(0), Is.False);
        Assert.That(IntervalSet.Empty.Covers(new Interval(0, 1)), Is.False);
        Assert.That(IntervalSet.Empty.Covers(new Interval(1, 1)), Is.True);
        Assert.That(IntervalSet.Empty.Complement(new Interval(3, 5)), Is.EqualTo(new[] { new Interval(3, 5) }));
    }

    private static bool IsResult(IntervalSet set, ulong bits) => IsCanonical(set) && Bits(set) == bits;

    private static bool IsCanonical(IntervalSet set) =>
        set.All(interval => !interval.IsEmpty) && set.Zip(set.Skip(1)).All(pair => pair.First.End < pair.Second.Start);

    private static ulong Bits(params IEnumerable<Interval> intervals) => intervals.Aggregate(0UL, (bits, interval) =>
    {
        for (var instant = interval.Start; instant < interval.End; instant++)
            bits |= 1UL << (int)instant;
        return bits;
    });
}
