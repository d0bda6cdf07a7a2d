using System.Globalization;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.Archive;

/// <summary>How a series is cut into files: whole for days and longer, a year for hours, a month for minutes.</summary>
internal static class SegmentLayout
{
    private static readonly Interval AllTime = new(UnixTime.MinMilliseconds, UnixTime.MaxMilliseconds);

    /// <summary>The segments that hold openings of the interval, oldest first: their names and the openings that belong to them.</summary>
    public static IEnumerable<(string Name, Interval Openings)> Of(BarSize bar, Interval openings)
    {
        if (openings.IsEmpty)
            yield break;
        if (bar >= BarSize.OneDay)
        {
            yield return ("all", AllTime);
            yield break;
        }

        var byYear = bar >= BarSize.OneHour;
        var at = StartOf(openings.Start, byYear);
        while (UnixTime.ToMilliseconds(at) < openings.End)
        {
            var next = byYear ? at.AddYears(1) : at.AddMonths(1);
            yield return (at.ToString(byYear ? "yyyy" : "yyyy-MM", CultureInfo.InvariantCulture), new Interval(UnixTime.ToMilliseconds(at), UnixTime.ToMilliseconds(next)));
            at = next;
        }
    }

    private static DateTimeOffset StartOf(long instant, bool byYear)
    {
        var date = UnixTime.FromMilliseconds(instant);
        return new DateTimeOffset(date.Year, byYear ? 1 : date.Month, 1, 0, 0, 0, TimeSpan.Zero);
    }
}
