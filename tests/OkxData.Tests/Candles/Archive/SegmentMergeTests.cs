using CsCheck;
using NUnit.Framework;
using OkxData.Candles;
using OkxData.Candles.Archive;
using OkxData.Models;
using OkxData.Time;
using static OkxData.Tests.Candles.TestCandles;

namespace OkxData.Tests.Candles.Archive;

public sealed class SegmentMergeTests
{
    private static readonly Gen<CandleSegment> Segments = Gen.Select(SomeDays, Gen.ULong, Gen.Long[1, 5]).Select((rows, coverBits, askedAt) =>
    {
        var grid = Days.Grid;
        var openings = CandleRows.Openings(rows, grid);
        var covered = openings.Union(Enumerable.Range(0, 64).Where(day => (coverBits >> day & 1) == 1)
            .Select(day => new Interval(At(2024, 1, 1) + day * Day, At(2024, 1, 1) + (day + 1) * Day)));
        return new CandleSegment
        {
            Symbol = Days.Symbol,
            Bar = Days.Bar,
            Candles = rows,
            Covered = covered,
            Gaps = [.. covered.Except(openings).Select(gap => new KnownGap(gap, askedAt))],
            FetchedAt = askedAt,
        };
    });

    [Test]
    public void Merge_AnyOrder_GivesTheSame() => Gen.Select(Segments, Segments, Segments).Sample((a, b, c) =>
    {
        var one = SegmentMerge.Merge(SegmentMerge.Merge(a, b), c);
        var other = SegmentMerge.Merge(c, SegmentMerge.Merge(b, a));

        AssertSame(one, other);
    }, iter: 3_000);

    [Test]
    public void Merge_Twice_AddsNothing() => Gen.Select(Segments, Segments).Sample((a, b) =>
    {
        var once = SegmentMerge.Merge(a, b);

        AssertSame(SegmentMerge.Merge(once, b), once);
        Assert.That(SegmentMerge.Merge(once, b).HoldsSameAs(once), Is.True);
    }, iter: 3_000);

    [Test]
    public void Merge_Any_GapsAreExactlyTheCoveredOpeningsWithoutARow() => Gen.Select(Segments, Segments).Sample((a, b) =>
    {
        var merged = SegmentMerge.Merge(a, b);

        var gaps = IntervalSet.Of(merged.Gaps.Select(gap => gap.Openings));
        Assert.That(gaps, Is.EqualTo(merged.Covered.Except(CandleRows.Openings(merged.Candles.Span, Days.Grid))));
    }, iter: 3_000);

    [Test]
    public void Merge_BothHaveARow_TheStoredOneStays()
    {
        var stored = Candle(At(2024, 1, 1));
        var arrived = stored with { Close = stored.Close + 1m };

        var merged = SegmentMerge.Merge(Of(stored), Of(arrived));

        Assert.That(merged.Candles.ToArray(), Is.EqualTo(new[] { stored }));
    }

    private static CandleSegment Of(params Candle[] rows) => new()
    {
        Symbol = Days.Symbol,
        Bar = Days.Bar,
        Candles = rows,
        Covered = CandleRows.Openings(rows, Days.Grid),
        Gaps = [],
        FetchedAt = 1,
    };

    private static void AssertSame(CandleSegment one, CandleSegment other)
    {
        Assert.That(one.Candles.ToArray(), Is.EqualTo(other.Candles.ToArray()));
        Assert.That(one.Covered, Is.EqualTo(other.Covered));
        Assert.That(ByOpening(one), Is.EqualTo(ByOpening(other)));
    }

    private static IEnumerable<(long, long)> ByOpening(CandleSegment segment) => segment.Gaps
        .SelectMany(gap => Enumerable.Range(0, (int)((gap.Openings.End - gap.Openings.Start) / Day)).Select(index => (gap.Openings.Start + index * Day, gap.AskedAt)))
        .Order();
}
