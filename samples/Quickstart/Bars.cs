using OkxData.Models;

namespace Quickstart;

/// <summary>The bars as they are written on the command line, and in the names of recorded files.</summary>
internal static class Bars
{
    private static readonly (string Name, string Code, BarSize Size)[] Table =
    [
        ("1m", "1m", BarSize.OneMinute),
        ("3m", "3m", BarSize.ThreeMinutes),
        ("5m", "5m", BarSize.FiveMinutes),
        ("15m", "15m", BarSize.FifteenMinutes),
        ("30m", "30m", BarSize.ThirtyMinutes),
        ("1h", "1H", BarSize.OneHour),
        ("2h", "2H", BarSize.TwoHours),
        ("4h", "4H", BarSize.FourHours),
        ("6h", "6Hutc", BarSize.SixHours),
        ("12h", "12Hutc", BarSize.TwelveHours),
        ("1d", "1Dutc", BarSize.OneDay),
        ("1w", "1Wutc", BarSize.OneWeek),
        ("1M", "1Mutc", BarSize.OneMonth),
    ];

    public static string Names { get; } = string.Join(", ", Table.Select(row => row.Name));

    public static string ToName(this BarSize bar) => Table.Single(row => row.Size == bar).Name;

    public static string ToCode(this BarSize bar) => Table.Single(row => row.Size == bar).Code;

    /// <summary>Case matters for the minute and the month only.</summary>
    public static BarSize? Find(string text)
    {
        var name = text.EndsWith('M') ? text : text.ToLowerInvariant();
        return Table.Where(row => row.Name == name).Select(row => (BarSize?)row.Size).FirstOrDefault();
    }
}
