using OkxData.Models;
using OkxData.Time;

namespace OkxData.Panels;

/// <summary>The two axes of a panel and what all its figures share; rows are openings in Unix milliseconds, ascending, on the bar's grid.</summary>
internal sealed record PanelFrame(BarSize Bar, string QuoteCurrency, string[] Symbols, long[] Opens)
{
    public DateTimeOffset[] ToOpenTimes() => Array.ConvertAll(Opens, UnixTime.FromMilliseconds);

    /// <exception cref="InvalidOperationException">The bar is shorter than a day.</exception>
    public DateOnly[] Dates() => Bar >= BarSize.OneDay
        ? Array.ConvertAll(Opens, open => DateOnly.FromDateTime(UnixTime.FromMilliseconds(open).UtcDateTime))
        : throw new InvalidOperationException($"A row of {Bar} is not a date; use OpenTimes.");

    public DateTimeOffset CloseTime(int row) => UnixTime.FromMilliseconds(Bar.ToGrid().Add(Opens[row], 1));

    /// <exception cref="ArgumentException">The panel has no such symbol.</exception>
    public int IndexOf(string symbol)
    {
        var normalized = Models.Symbols.Normalize(symbol, nameof(symbol));
        var index = Array.BinarySearch(Symbols, normalized, StringComparer.Ordinal);
        return index >= 0 ? index : throw new ArgumentException($"{normalized} is not in the panel; it has {BatchShape.Listed(Symbols)}.", nameof(symbol));
    }

    /// <summary>Whether the row before is the bar before, with nothing left out between.</summary>
    public bool FollowsDirectly(int row) => Bar.ToGrid().Add(Opens[row - 1], 1) == Opens[row];

    public override string ToString() => $"{Opens.Length} rows of {Bar.ToCode()}, {Symbols.Length} symbols in {QuoteCurrency}";
}
