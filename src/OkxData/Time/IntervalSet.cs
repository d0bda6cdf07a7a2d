using System.Collections;
using System.Runtime.InteropServices;

namespace OkxData.Time;

/// <summary>An immutable set of instants: disjoint intervals in order, none of which touch.</summary>
internal sealed class IntervalSet : IReadOnlyList<Interval>
{
    private readonly Interval[] _intervals;

    private IntervalSet(Interval[] intervals) => _intervals = intervals;

    public static IntervalSet Empty { get; } = new([]);

    public int Count => _intervals.Length;

    public bool IsEmpty => _intervals.Length == 0;

    public Interval this[int index] => _intervals[index];

    /// <summary>The set of all instants in any of the intervals, which may overlap and come in any order.</summary>
    public static IntervalSet Of(params IEnumerable<Interval> intervals)
    {
        var sorted = intervals.Where(interval => !interval.IsEmpty).ToList();
        if (sorted.Count == 0)
            return Empty;

        sorted.Sort((a, b) => a.Start.CompareTo(b.Start));
        var merged = new List<Interval>(sorted.Count) { sorted[0] };
        foreach (var interval in CollectionsMarshal.AsSpan(sorted)[1..])
        {
            var last = merged[^1];
            if (interval.Start <= last.End)
                merged[^1] = last with { End = Math.Max(last.End, interval.End) };
            else
                merged.Add(interval);
        }

        return new IntervalSet([.. merged]);
    }

    public IntervalSet Union(IEnumerable<Interval> other) => Of(_intervals.Concat(other));

    public IntervalSet Union(Interval interval) => interval.IsEmpty ? this : Of(_intervals.Append(interval));

    public IntervalSet Intersect(Interval window)
    {
        var kept = _intervals.Select(interval => interval.Intersect(window)).Where(interval => !interval.IsEmpty).ToArray();
        return kept.Length == 0 ? Empty : new IntervalSet(kept);
    }

    /// <summary>The parts of the window that the set does not hold.</summary>
    public IntervalSet Complement(Interval window)
    {
        var holes = new List<Interval>();
        var at = window.Start;
        foreach (var interval in _intervals)
        {
            if (interval.End <= at)
                continue;
            if (interval.Start >= window.End)
                break;
            if (interval.Start > at)
                holes.Add(new Interval(at, interval.Start));
            at = interval.End;
        }

        if (at < window.End)
            holes.Add(new Interval(at, window.End));
        return holes.Count == 0 ? Empty : new IntervalSet([.. holes]);
    }

    public IntervalSet Except(IEnumerable<Interval> other)
    {
        if (IsEmpty)
            return Empty;

        var removed = Of(other);
        return Of(_intervals.SelectMany(interval => removed.Complement(interval)));
    }

    public bool Contains(long instant)
    {
        var at = Array.BinarySearch(_intervals, new Interval(instant, instant), ByStart);
        return at >= 0 || (~at > 0 && _intervals[~at - 1].Contains(instant));
    }

    public bool Covers(Interval window) => window.IsEmpty || Complement(window).IsEmpty;

    public IEnumerator<Interval> GetEnumerator() => ((IEnumerable<Interval>)_intervals).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static readonly Comparer<Interval> ByStart = Comparer<Interval>.Create((a, b) => a.Start.CompareTo(b.Start));
}
