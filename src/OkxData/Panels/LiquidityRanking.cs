using OkxData.Models;
using OkxData.Time;

namespace OkxData.Panels;

/// <summary>
/// Assets by what was traded of them before an instant, computed from candles alone: for dates of which no market cap is on record.
/// </summary>
/// <remarks>
/// It knows only what the batch holds: candles of assets that were delisted since have to be in it, or the ranking is one of survivors.
/// Volume is not market cap, and a stablecoin ranks high; leave out what you would not hold. Immutable and thread-safe.
/// </remarks>
public sealed class LiquidityRanking
{
    private LiquidityRanking(DateTimeOffset asOf, string quoteCurrency, IReadOnlyList<LiquidAsset> assets, IReadOnlyList<DroppedAsset> dropped) =>
        (AsOf, QuoteCurrency, Assets, Dropped) = (asOf, quoteCurrency, assets, dropped);

    /// <summary>The instant of which the ranking speaks, UTC; no bar that closed after it is in it.</summary>
    public DateTimeOffset AsOf { get; }

    /// <summary>The currency of the volumes.</summary>
    public string QuoteCurrency { get; }

    /// <summary>The assets, the most traded first; equal ones in the order of their symbols.</summary>
    public IReadOnlyList<LiquidAsset> Assets { get; }

    /// <summary>The assets with too few bars in the window, in the order of their symbols.</summary>
    public IReadOnlyList<DroppedAsset> Dropped { get; }

    /// <summary>Ranks by the trailing median of the quote volume.</summary>
    /// <param name="batch">The series; all of one bar and one quote currency.</param>
    /// <param name="asOf">The instant; any offset is accepted. Only finished bars that closed at or before it count, so nothing is known ahead.</param>
    /// <param name="bars">How many bars back, 1 or more; 90 where it is not said.</param>
    /// <param name="minObserved">The least part of the bars that an asset has a candle for, in (0, 1]. A missing candle is left out of the median; one without trades counts as zero. 0.9 where it is not said.</param>
    /// <returns>The ranking of all assets with enough candles.</returns>
    /// <exception cref="ArgumentException">The batch is empty or mixes bars or quote currencies; the message names the symbols.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bars"/> or <paramref name="minObserved"/> is out of bounds.</exception>
    public static LiquidityRanking Of(CandleBatch batch, DateTimeOffset asOf, int bars = 90, double minObserved = 0.9)
    {
        var shape = BatchShape.Of(batch);
        var window = TrailingWindow.Of(shape.Bar, asOf, bars, minObserved);
        if (minObserved == 0)
            throw new ArgumentOutOfRangeException(nameof(minObserved), minObserved, "An asset without a candle has no median; ask for a part above 0.");

        var assets = new List<LiquidAsset>();
        var dropped = new List<DroppedAsset>();
        foreach (var series in shape.Series)
        {
            var (count, volumes) = Observe(series, window);
            if (count.Judge(series.Symbol, window, minObserved, "candle") is { } drop)
                dropped.Add(drop);
            else
                assets.Add(new LiquidAsset { Symbol = series.Symbol, Rank = 0, MedianQuoteVolume = Median(volumes), ObservedBars = count.Observed, LastObserved = UnixTime.FromMilliseconds(count.Last!.Value) });
        }

        // The series stand in the order of their symbols and the sort is stable.
        var ranked = assets.OrderByDescending(asset => asset.MedianQuoteVolume).Select((asset, index) => asset with { Rank = index + 1 }).ToArray();
        return new LiquidityRanking(asOf.ToUniversalTime(), shape.QuoteCurrency, ranked, dropped);
    }

    private static (ObservationCount Count, List<decimal> Volumes) Observe(CandleSeries series, TrailingWindow window)
    {
        var grid = window.Bar.ToGrid();
        var count = new ObservationCount();
        var volumes = new List<decimal>();
        foreach (ref readonly var candle in series.AsSpan())
        {
            var open = UnixTime.ToMilliseconds(candle.OpenTime);
            if (!candle.IsFinished || open < window.Start || open >= window.End || !grid.Contains(open))
                continue;
            count = count.With(open);
            volumes.Add(candle.QuoteVolume);
        }

        return (count, volumes);
    }

    private static decimal Median(List<decimal> values)
    {
        values.Sort();
        var middle = values.Count / 2;
        return values.Count % 2 == 1 ? values[middle] : values[middle - 1] + (values[middle] - values[middle - 1]) / 2;
    }
}
