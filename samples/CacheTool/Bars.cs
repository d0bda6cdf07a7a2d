using OkxData.Models;

namespace CacheTool;

/// <summary>The bars as they are written on the command line.</summary>
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

    /// <summary>The bar of OKX's word, which stands in manifests.</summary>
    public static BarSize? FindCode(string code) => Table.Where(row => row.Code == code).Select(row => (BarSize?)row.Size).FirstOrDefault();

    /// <summary>Case matters for the minute and the month only.</summary>
    public static BarSize? Find(string text)
    {
        var name = text.EndsWith('M') ? text : text.ToLowerInvariant();
        return Table.Where(row => row.Name == name).Select(row => (BarSize?)row.Size).FirstOrDefault();
    }
}
