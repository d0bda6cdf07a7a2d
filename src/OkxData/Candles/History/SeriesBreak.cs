using OkxData.Models;
using OkxData.Validation;

namespace OkxData.Candles.History;

/// <summary>Two candles that follow one another, of which one is stored, at prices that can hardly be one asset's.</summary>
internal readonly record struct SeriesBreak(Candle Before, Candle After)
{
    /// <summary>Two versions of one candle that far apart are hardly one asset's.</summary>
    public const double JointFactor = 1.5;

    /// <summary>An asset hardly opens that far from where it closed. A price may fall further within a candle, and does.</summary>
    public const double OpeningFactor = 5;

    public static bool IsBetween(in Candle before, in Candle after, double factor) => CandleRules.IsApart((double)before.Close, (double)after.Open, factor);
}
