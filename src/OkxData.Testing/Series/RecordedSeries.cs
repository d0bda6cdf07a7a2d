using OkxData.Models;

namespace OkxData.Testing.Series;

/// <summary>The candles of a recording; bars that were not recorded are empty.</summary>
internal sealed class RecordedSeries(IReadOnlyDictionary<string, CandleRow[]> rowsByBar, InstrumentType type) : ICandleSeries
{
    public IEnumerable<CandleRow> ReadNewestFirst(SimulatedBar bar, long olderThan, long newerThan, long now)
    {
        if (!rowsByBar.TryGetValue(bar.Code, out var rows))
            yield break;

        var end = CountOlderThan(rows, Math.Min(olderThan, now == long.MaxValue ? now : now + 1));
        for (var i = end - 1; i >= 0 && rows[i].Opening > newerThan; i--)
            yield return rows[i];
    }

    public ICandleReader CreateReader() => new Reader(this);

    public DailyFigures? ReadDay(long now)
    {
        var finest = rowsByBar.Keys.Select(SimulatedBar.Find).OfType<SimulatedBar>().MinBy(bar => bar.Length)!;
        var recent = ReadNewestFirst(finest, long.MaxValue, now - SimulatedBar.Day, now).ToArray();
        if (recent.Length == 0)
            return null;

        return new DailyFigures
        {
            Last = recent[0].Close,
            Open = recent[^1].Open,
            High = recent.MaxBy(row => Figures.Parse(row.High))!.High,
            Low = recent.MinBy(row => Figures.Parse(row.Low))!.Low,
            Volume = Figures.Text(recent.Sum(row => Figures.Parse(row.Volume))),
            VolumeInCurrency = Figures.Text(recent.Sum(row => Figures.Parse(type == InstrumentType.Spot ? row.QuoteVolume : row.VolumeInCurrency))),
            OpenOfUtcDay = FirstPriceSince(SimulatedBar.Find("1Dutc")!.Floor(now)),
            OpenOfHongKongDay = FirstPriceSince(SimulatedBar.Find("1D")!.Floor(now)),
        };

        string FirstPriceSince(long opening) => recent.LastOrDefault(row => row.Opening >= opening, recent[0]).Open;
    }

    private static int CountOlderThan(CandleRow[] rows, long instant)
    {
        var (low, high) = (0, rows.Length);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (rows[middle].Opening < instant)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private sealed class Reader(RecordedSeries series) : ICandleReader
    {
        public CandleRow? Read(SimulatedBar bar, long opening, long now) =>
            series.ReadNewestFirst(bar, opening + 1, opening - 1, now).FirstOrDefault();
    }
}
