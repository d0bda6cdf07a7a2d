using System.Globalization;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Datasets;

/// <summary>How a batch compares with a manifest.</summary>
public sealed class DatasetComparison
{
    private DatasetComparison(IReadOnlyList<SeriesComparison> series) => Series = series;

    /// <summary>Each series of either, by symbol in ordinal order.</summary>
    public IReadOnlyList<SeriesComparison> Series { get; }

    /// <summary>Whether all series are the same and none is missing or added.</summary>
    public bool IsSame => Series.All(series => series.Verdict == SeriesVerdict.Same);

    /// <summary>Whether all that the manifest names is there as it was; more may be.</summary>
    public bool HoldsAll => Series.All(series => series.Verdict is not (SeriesVerdict.Changed or SeriesVerdict.Missing));

    /// <summary>A short line for people.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Join(", ", Series.GroupBy(series => series.Verdict).OrderBy(group => group.Key)
        .Select(group => string.Create(CultureInfo.InvariantCulture, $"{group.Count()} {group.Key.ToString().ToLowerInvariant()}")));

    internal static DatasetComparison Of(DatasetManifest manifest, CandleBatch batch)
    {
        var known = manifest.Series.ToDictionary(series => series.Symbol, StringComparer.Ordinal);
        var compared = manifest.Series.Select(then => Compare(then, batch))
            .Concat(batch.Series.Keys.Where(symbol => !known.ContainsKey(symbol)).Select(symbol => new SeriesComparison
            {
                Symbol = symbol,
                Verdict = SeriesVerdict.Added,
                Message = $"{symbol} is not in the manifest.",
            }));
        return new DatasetComparison([.. compared.OrderBy(series => series.Symbol, StringComparer.Ordinal)]);
    }

    private static SeriesComparison Compare(ManifestSeries then, CandleBatch batch)
    {
        if (!batch.Series.TryGetValue(then.Symbol, out var now))
        {
            var reason = batch.Failures.TryGetValue(then.Symbol, out var failure) ? failure.Message : "it was not asked for.";
            return new SeriesComparison { Symbol = then.Symbol, Verdict = SeriesVerdict.Missing, Message = $"{then.Symbol} has no series: {reason}" };
        }

        if (now.Bar.ToCode() != then.Bar)
        {
            return new SeriesComparison
            {
                Symbol = then.Symbol,
                Verdict = SeriesVerdict.Changed,
                Changes = [new UtcRange(then.From, then.To)],
                Message = $"{then.Symbol} is of {now.Bar.ToCode()} bars, and of {then.Bar} in the manifest.",
            };
        }

        var changes = then.Blocks.Where(block => !HasSameRows(now, block)).Select(block => RangeOf(now.Bar, block)).Concat(BetweenBlocks(now, then.Blocks)).OrderBy(range => range.Start).ToList();
        if (changes.Count == 0 && !HasSameHash(now, then))
        {
            return new SeriesComparison
            {
                Symbol = then.Symbol,
                Verdict = SeriesVerdict.Changed,
                Changes = [new UtcRange(then.From, then.To)],
                Message = $"{then.Symbol} has the candles of every block of the manifest, whose hash of the whole is another: the manifest was edited or damaged.",
            };
        }

        var rows = now.Count(candle => candle.IsFinished);
        var verdict = changes.Count > 0 ? SeriesVerdict.Changed : rows > then.Rows ? SeriesVerdict.Extended : SeriesVerdict.Same;
        return new SeriesComparison
        {
            Symbol = then.Symbol,
            Verdict = verdict,
            Changes = changes,
            Message = verdict switch
            {
                SeriesVerdict.Same => $"{then.Symbol} is the same.",
                SeriesVerdict.Extended => string.Create(CultureInfo.InvariantCulture, $"{then.Symbol} has the same {then.Rows} candles and {rows - then.Rows} more."),
                _ => $"{then.Symbol} is not what it was in {string.Join(", ", changes.Take(3))}{(changes.Count > 3 ? " and elsewhere" : "")}.",
            },
        };
    }

    /// <summary>Whether the candles from the first block to the last have the hash of the whole, which is what people compare.</summary>
    private static bool HasSameHash(CandleSeries now, ManifestSeries then)
    {
        var candles = then.Blocks.Count == 0 ? [] : Between(now, then.Blocks[0].First, then.Blocks[^1].Last);
        return CandleHash.Of(now.Symbol, now.Bar, candles) == then.ContentHash;
    }

    private static bool HasSameRows(CandleSeries now, ManifestBlock block)
    {
        var hash = new CandleHash(now.Symbol, now.Bar);
        var rows = 0;
        foreach (ref readonly var candle in Between(now, block.First, block.Last))
        {
            hash.Append(in candle);
            rows += candle.IsFinished ? 1 : 0;
        }

        return rows == block.Rows && hash.ToString() == block.ContentHash;
    }

    /// <summary>Where there are candles now between two blocks that followed each other.</summary>
    private static IEnumerable<UtcRange> BetweenBlocks(CandleSeries now, IReadOnlyList<ManifestBlock> blocks)
    {
        var grid = now.Bar.ToGrid();
        for (var i = 1; i < blocks.Count; i++)
        {
            var first = UnixTime.FromMilliseconds(grid.Add(UnixTime.ToMilliseconds(blocks[i - 1].Last), 1));
            if (first < blocks[i].First && !Between(now, first, blocks[i].First.AddTicks(-1)).IsEmpty)
                yield return new UtcRange(first, blocks[i].First);
        }
    }

    private static UtcRange RangeOf(BarSize bar, ManifestBlock block) =>
        new(block.First, UnixTime.FromMilliseconds(bar.ToGrid().Add(UnixTime.ToMilliseconds(block.Last), 1)));

    /// <summary>The candles that open from one instant to another, both inclusive.</summary>
    private static ReadOnlySpan<Candle> Between(CandleSeries series, DateTimeOffset first, DateTimeOffset last)
    {
        var candles = series.AsSpan();
        var (start, end) = (Lower(candles, first), Lower(candles, last.AddTicks(1)));
        return candles[start..end];
    }

    /// <summary>The place of the first candle that opens at or after an instant.</summary>
    private static int Lower(ReadOnlySpan<Candle> candles, DateTimeOffset instant)
    {
        var (low, high) = (0, candles.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (candles[middle].OpenTime < instant)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
