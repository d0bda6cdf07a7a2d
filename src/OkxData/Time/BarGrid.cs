namespace OkxData.Time;

/// <summary>The opening times of one bar size on the UTC calendar, in Unix milliseconds.</summary>
/// <remarks>Either a fixed step from an origin (minutes to weeks; weeks open on Monday) or calendar months.</remarks>
internal readonly record struct BarGrid
{
    private const long Day = 86_400_000;
    private readonly long _step;
    private readonly long _origin;

    private BarGrid(long step, long origin) => (_step, _origin) = (step, origin);

    /// <summary>Calendar months; bars open on the first day at 00:00 UTC.</summary>
    public static BarGrid Months => default;

    /// <summary>Weeks; bars open on Monday at 00:00 UTC.</summary>
    public static BarGrid Weeks { get; } = new(7 * Day, 4 * Day); // 1970-01-05 was the first Monday

    /// <summary>Bars of a fixed length that open at its multiples since the Unix epoch.</summary>
    public static BarGrid Every(TimeSpan step) => new((long)step.TotalMilliseconds, 0);

    /// <summary>The length of a bar; the shortest one where lengths differ.</summary>
    public long ShortestStep => _step == 0 ? 28 * Day : _step;

    public bool Contains(long instant) => Floor(instant) == instant;

    /// <summary>The opening of the bar that holds the instant.</summary>
    public long Floor(long instant)
    {
        if (_step == 0)
            return MonthOpen(MonthIndex(instant));

        var offset = (instant - _origin) % _step;
        return instant - (offset < 0 ? offset + _step : offset);
    }

    /// <summary>The first opening at or after the instant.</summary>
    public long Ceiling(long instant)
    {
        var floor = Floor(instant);
        return floor == instant ? instant : Add(floor, 1);
    }

    /// <summary>The opening <paramref name="bars"/> bars after (or before, when negative) an opening.</summary>
    public long Add(long open, long bars) => _step == 0 ? MonthOpen(MonthIndex(open) + bars) : open + bars * _step;

    /// <summary>How many bars open in [<paramref name="from"/>, <paramref name="to"/>), both openings.</summary>
    public long CountBetween(long from, long to) => to <= from ? 0 : _step == 0 ? MonthIndex(to) - MonthIndex(from) : (to - from) / _step;

    private static long MonthIndex(long instant)
    {
        var date = UnixTime.FromMilliseconds(instant);
        return date.Year * 12L + date.Month - 1;
    }

    private static long MonthOpen(long index)
    {
        var first = new DateTime((int)(index / 12), (int)(index % 12) + 1, 1, 0, 0, 0, DateTimeKind.Utc);
        return (first.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;
    }
}
