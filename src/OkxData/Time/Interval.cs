namespace OkxData.Time;

/// <summary>A half-open interval in Unix milliseconds.</summary>
internal readonly record struct Interval(long Start, long End)
{
    public bool IsEmpty => End <= Start;

    public bool Contains(long instant) => instant >= Start && instant < End;

    public Interval Intersect(Interval other) => new(Math.Max(Start, other.Start), Math.Min(End, other.End));

    public UtcRange ToRange() => new(UnixTime.FromMilliseconds(Start), UnixTime.FromMilliseconds(End));

    public static Interval From(UtcRange range) => new(UnixTime.ToMilliseconds(range.Start), UnixTime.ToMilliseconds(range.End));
}
