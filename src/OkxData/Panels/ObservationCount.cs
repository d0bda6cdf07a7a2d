using System.Globalization;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Panels;

/// <summary>How much of a window an asset was seen in; the first and the last opening are null where it never was.</summary>
internal readonly record struct ObservationCount(int Observed, long? First, long? Last)
{
    public ObservationCount With(long open) => new(Observed + 1, First ?? open, open);

    /// <summary>The drop and its reason, or null where there is enough.</summary>
    public DroppedAsset? Judge(string symbol, TrailingWindow window, double minObserved, string what)
    {
        // 0.95 of 180 is 171, also where the product of doubles is a hair above.
        if (Observed >= minObserved * window.Bars - 1e-6)
            return null;

        var reason = string.Create(CultureInfo.InvariantCulture, $"{Observed} of {window.Bars} bars have a {what}, {minObserved:0.##%} are asked for");
        if (First > window.Start)
            reason += $"; the first is of {Text(First.Value, window.Bar)}";
        if (Last is { } last && window.Bar.ToGrid().Add(last, 1) < window.End)
            reason += $"; the last is of {Text(last, window.Bar)}";
        return new DroppedAsset { Symbol = symbol, ObservedBars = Observed, Bars = window.Bars, Reason = reason + "." };
    }

    private static string Text(long open, BarSize bar) =>
        UnixTime.FromMilliseconds(open).ToString(bar < BarSize.OneDay ? "yyyy-MM-dd HH:mm" : "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
