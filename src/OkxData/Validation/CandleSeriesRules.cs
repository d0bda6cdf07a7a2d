using OkxData.Models;

namespace OkxData.Validation;

/// <summary>The rules that need a candle's neighbours.</summary>
/// <remarks>
/// An open that differs from the previous close is normal on OKX, and a flat candle without volume is how OKX writes
/// "no trade"; only many of the latter in a row are worth a word.
/// </remarks>
internal static class CandleSeriesRules
{
    /// <summary>What is suspicious about a series; nothing is allocated when nothing is.</summary>
    /// <param name="symbol">The instrument, for messages.</param>
    /// <param name="bar">The bar.</param>
    /// <param name="candles">Oldest first, no opening twice.</param>
    /// <param name="options">From where on a run or a change counts.</param>
    /// <returns>The findings, oldest first.</returns>
    public static IReadOnlyList<DataIssue> Inspect(string symbol, BarSize bar, ReadOnlySpan<Candle> candles, ValidationOptions options)
    {
        if (candles.IsEmpty)
            return [];

        List<DataIssue>? issues = null;
        var factor = options.PriceSpikeFactor;
        var idleStart = -1;
        var sameStart = 0;
        var previousClose = 0d;
        for (var i = 0; i < candles.Length; i++)
        {
            ref readonly var candle = ref candles[i];
            var isIdle = candle.Volume == 0m;
            var close = (double)candle.Close;

            if (isIdle && idleStart < 0)
                idleStart = i;
            if (!isIdle && idleStart >= 0)
            {
                AddIdleRun(symbol, bar, candles[idleStart..i], options, ref issues);
                idleStart = -1;
            }

            if (isIdle || i == 0 || close != previousClose || !IsRepeated(in candles[i - 1], in candle))
            {
                AddSameRun(symbol, bar, candles[sameStart..i], options, ref issues);
                sameStart = i;
            }

            if (i > 0 && CandleRules.IsApart(previousClose, close, factor))
                (issues ??= []).Add(CandleIssues.PriceSpike(symbol, bar, in candles[i - 1], in candle));
            if (!candle.IsFinished && i < candles.Length - 1)
                (issues ??= []).Add(CandleIssues.Unfinished(symbol, bar, in candle));
            previousClose = close;
        }

        if (idleStart >= 0)
            AddIdleRun(symbol, bar, candles[idleStart..], options, ref issues);
        AddSameRun(symbol, bar, candles[sameStart..], options, ref issues);

        return issues is null ? [] : ValidationPolicy.InTimeOrder(issues);
    }

    // Stablecoins often have the same four prices for days; only a price that does not move at all, or the very same
    // volume again, points to a stuck feed.
    private static bool IsRepeated(in Candle previous, in Candle candle) =>
        candle.Close == previous.Close && candle.Open == previous.Open && candle.High == previous.High && candle.Low == previous.Low
        && previous.Volume != 0m
        && (candle.High == candle.Low || candle.Volume == previous.Volume);

    private static void AddIdleRun(string symbol, BarSize bar, ReadOnlySpan<Candle> run, ValidationOptions options, ref List<DataIssue>? issues)
    {
        if (run.Length >= options.ZeroVolumeRunLength)
            (issues ??= []).Add(CandleIssues.ZeroVolumeRun(symbol, bar, in run[0], in run[^1], run.Length));
    }

    private static void AddSameRun(string symbol, BarSize bar, ReadOnlySpan<Candle> run, ValidationOptions options, ref List<DataIssue>? issues)
    {
        if (run.Length > 1 && run.Length >= options.FlatRunLength)
            (issues ??= []).Add(CandleIssues.FlatRun(symbol, bar, in run[0], in run[^1], run.Length));
    }
}
