using OkxData.Models;
using OkxData.Time;

namespace OkxData.Validation;

/// <summary>The rules that a candle keeps or breaks by itself. What breaks one is never stored.</summary>
/// <remarks>Whether a candle is finished is no rule of the row: the one that forms is sound, and stays out of the archive for that reason alone.</remarks>
internal static class CandleRules
{
    /// <summary>Whether <see cref="Inspect"/> would find nothing; for the hot path.</summary>
    /// <param name="candle">The candle.</param>
    /// <param name="grid">Where bars open.</param>
    /// <param name="futureLimit">The last instant (Unix ms) at which a candle may open.</param>
    public static bool IsSound(in Candle candle, BarGrid grid, long futureLimit) =>
        IsOnGrid(candle.OpenTime, grid)
        && candle.OpenTime.ToUnixTimeMilliseconds() <= futureLimit
        && candle.Low > 0m
        && HasOrderedPrices(in candle)
        && !HasNegativeVolume(in candle);

    /// <summary>Adds an issue for every rule that the candle breaks; all of them are errors.</summary>
    public static void Inspect(string symbol, BarSize bar, in Candle candle, long futureLimit, ICollection<DataIssue> issues)
    {
        if (!IsOnGrid(candle.OpenTime, bar.ToGrid()))
            issues.Add(CandleIssues.OffGrid(symbol, bar, in candle));
        if (candle.OpenTime.ToUnixTimeMilliseconds() > futureLimit)
            issues.Add(CandleIssues.Future(symbol, bar, in candle, futureLimit));
        if (candle.Open <= 0m || candle.High <= 0m || candle.Low <= 0m || candle.Close <= 0m)
            issues.Add(CandleIssues.NonPositivePrice(symbol, bar, in candle));
        if (!HasOrderedPrices(in candle))
            issues.Add(CandleIssues.HighLow(symbol, bar, in candle));
        if (HasNegativeVolume(in candle))
            issues.Add(CandleIssues.NegativeVolume(symbol, bar, in candle));
    }

    /// <summary>Whether two candles carry the same figures; how they write a number (1.0 or 1.00) does not matter.</summary>
    public static bool HaveSameFigures(in Candle a, in Candle b) =>
        a.OpenTime == b.OpenTime
        && a.Close == b.Close && a.Open == b.Open && a.High == b.High && a.Low == b.Low
        && a.Volume == b.Volume && a.QuoteVolume == b.QuoteVolume && a.Contracts == b.Contracts;

    /// <summary>Whether two versions of one candle are so far apart that they can hardly be the same asset.</summary>
    public static bool LooksRelisted(in Candle stored, in Candle received, double factor) =>
        IsApart((double)stored.Close, (double)received.Close, factor);

    /// <summary>Whether one of two positive prices is at least <paramref name="factor"/> times the other.</summary>
    public static bool IsApart(double a, double b, double factor) => a > 0 && b > 0 && (a >= b * factor || b >= a * factor);

    private static bool IsOnGrid(DateTimeOffset openTime, BarGrid grid) =>
        openTime.UtcTicks % TimeSpan.TicksPerMillisecond == 0 && grid.Contains(openTime.ToUnixTimeMilliseconds());

    private static bool HasOrderedPrices(in Candle candle) =>
        candle.High >= candle.Open && candle.High >= candle.Close && candle.High >= candle.Low
        && candle.Low <= candle.Open && candle.Low <= candle.Close;

    private static bool HasNegativeVolume(in Candle candle) =>
        IsNegative(candle.Volume) || IsNegative(candle.QuoteVolume) || (candle.Contracts is { } contracts && IsNegative(contracts));

    // The sign bit alone is cheap, but a decimal can be a negative zero.
    private static bool IsNegative(decimal value) => decimal.IsNegative(value) && value != 0m;
}
