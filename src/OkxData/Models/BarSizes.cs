using OkxData.Time;

namespace OkxData.Models;

/// <summary>What each <see cref="BarSize"/> means: OKX's word for it and its grid of opening times.</summary>
internal static class BarSizes
{
    private static readonly (string Code, BarGrid Grid)[] Table =
    [
        ("1m", BarGrid.Every(TimeSpan.FromMinutes(1))),
        ("3m", BarGrid.Every(TimeSpan.FromMinutes(3))),
        ("5m", BarGrid.Every(TimeSpan.FromMinutes(5))),
        ("15m", BarGrid.Every(TimeSpan.FromMinutes(15))),
        ("30m", BarGrid.Every(TimeSpan.FromMinutes(30))),
        ("1H", BarGrid.Every(TimeSpan.FromHours(1))),
        ("2H", BarGrid.Every(TimeSpan.FromHours(2))),
        ("4H", BarGrid.Every(TimeSpan.FromHours(4))),
        ("6Hutc", BarGrid.Every(TimeSpan.FromHours(6))),
        ("12Hutc", BarGrid.Every(TimeSpan.FromHours(12))),
        ("1Dutc", BarGrid.Every(TimeSpan.FromDays(1))),
        ("1Wutc", BarGrid.Weeks),
        ("1Mutc", BarGrid.Months),
    ];

    public static bool IsDefined(this BarSize bar) => (uint)bar < (uint)Table.Length;

    /// <summary>OKX's word, always the UTC variant where OKX has two.</summary>
    public static string ToCode(this BarSize bar) => Table[(int)bar].Code;

    public static BarGrid ToGrid(this BarSize bar) => Table[(int)bar].Grid;

    public static bool TryParseCode(string code, out BarSize bar)
    {
        var index = Array.FindIndex(Table, row => row.Code == code);
        bar = (BarSize)Math.Max(index, 0);
        return index >= 0;
    }
}
