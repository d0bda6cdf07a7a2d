using OkxData.Models;

namespace LiveTicker;

/// <summary>The bars as they are written on the command line.</summary>
internal static class Bars
{
    private static readonly (string Name, BarSize Size, TimeSpan Length)[] Table =
    [
        ("1m", BarSize.OneMinute, TimeSpan.FromMinutes(1)),
        ("3m", BarSize.ThreeMinutes, TimeSpan.FromMinutes(3)),
        ("5m", BarSize.FiveMinutes, TimeSpan.FromMinutes(5)),
        ("15m", BarSize.FifteenMinutes, TimeSpan.FromMinutes(15)),
        ("30m", BarSize.ThirtyMinutes, TimeSpan.FromMinutes(30)),
        ("1h", BarSize.OneHour, TimeSpan.FromHours(1)),
        ("2h", BarSize.TwoHours, TimeSpan.FromHours(2)),
        ("4h", BarSize.FourHours, TimeSpan.FromHours(4)),
        ("6h", BarSize.SixHours, TimeSpan.FromHours(6)),
        ("12h", BarSize.TwelveHours, TimeSpan.FromHours(12)),
        ("1d", BarSize.OneDay, TimeSpan.FromDays(1)),
        ("1w", BarSize.OneWeek, TimeSpan.FromDays(7)),
    ];

    public static string Names { get; } = string.Join(", ", Table.Select(row => row.Name));

    public static BarSize? Find(string text) =>
        Table.Where(row => row.Name.Equals(text, StringComparison.OrdinalIgnoreCase)).Select(row => (BarSize?)row.Size).FirstOrDefault();

    /// <summary>From here on, so many candles are closed now.</summary>
    public static DateTimeOffset Before(DateTimeOffset now, BarSize bar, int count) => now - (Table.Single(row => row.Size == bar).Length * (count + 1));
}
