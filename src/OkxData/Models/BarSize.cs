namespace OkxData.Models;

/// <summary>The length of a candle. Every size opens on the UTC calendar; OKX's Hong Kong days are never used.</summary>
public enum BarSize
{
    /// <summary>One minute (OKX <c>1m</c>).</summary>
    OneMinute,

    /// <summary>Three minutes (OKX <c>3m</c>).</summary>
    ThreeMinutes,

    /// <summary>Five minutes (OKX <c>5m</c>).</summary>
    FiveMinutes,

    /// <summary>Fifteen minutes (OKX <c>15m</c>).</summary>
    FifteenMinutes,

    /// <summary>Thirty minutes (OKX <c>30m</c>).</summary>
    ThirtyMinutes,

    /// <summary>One hour (OKX <c>1H</c>).</summary>
    OneHour,

    /// <summary>Two hours (OKX <c>2H</c>).</summary>
    TwoHours,

    /// <summary>Four hours (OKX <c>4H</c>).</summary>
    FourHours,

    /// <summary>Six hours that open at 00, 06, 12 and 18 UTC (OKX <c>6Hutc</c>).</summary>
    SixHours,

    /// <summary>Twelve hours that open at 00 and 12 UTC (OKX <c>12Hutc</c>).</summary>
    TwelveHours,

    /// <summary>One day from 00:00 to 24:00 UTC (OKX <c>1Dutc</c>).</summary>
    OneDay,

    /// <summary>One week that opens on Monday at 00:00 UTC (OKX <c>1Wutc</c>).</summary>
    OneWeek,

    /// <summary>One calendar month that opens on its first day at 00:00 UTC (OKX <c>1Mutc</c>).</summary>
    OneMonth,
}
