using OkxData.Models;
using OkxData.Time;

namespace OkxData.Panels;

/// <summary>The openings [Start, End) of the last bars that had closed at an instant.</summary>
internal readonly record struct TrailingWindow(BarSize Bar, int Bars, long Start, long End)
{
    /// <exception cref="ArgumentOutOfRangeException">A figure is out of bounds.</exception>
    public static TrailingWindow Of(BarSize bar, DateTimeOffset asOf, int bars, double minObserved)
    {
        if (bars < 1)
            throw new ArgumentOutOfRangeException(nameof(bars), bars, "A window has 1 bar or more.");
        if (!(minObserved is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(minObserved), minObserved, "The least observed part lies in [0, 1]; 0.95 is 95 %.");

        // The bar that holds the instant has not closed, and it is the first that counts no more.
        var grid = bar.ToGrid();
        var end = grid.Floor(UnixTime.ToMilliseconds(asOf));
        var most = grid.CountBetween(grid.Ceiling(UnixTime.MinMilliseconds), end);
        return new TrailingWindow(bar, bars, grid.Add(end, -Math.Min(bars, most)), end);
    }
}
