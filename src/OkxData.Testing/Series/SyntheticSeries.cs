using OkxData.Models;

namespace OkxData.Testing.Series;

/// <summary>The candles of an invented instrument.</summary>
internal sealed class SyntheticSeries : ICandleSeries
{
    private readonly PricePath _path;
    private readonly PricePath? _successor;
    private readonly SimulatedSymbol _symbol;
    private readonly InstrumentType _type;
    private readonly decimal _tick;
    private readonly long _listed;
    private readonly long _reusedAt;

    public SyntheticSeries(SimulatedSymbol symbol, int seed, NameReuse? reuse = null)
    {
        _symbol = symbol;
        _type = SymbolShape.TypeOf(symbol);
        _tick = SymbolShape.TickOf(symbol);
        _path = PathOf(symbol.Price, seed, "");
        _reusedAt = long.MaxValue;
        _listed = symbol.ListedAt.ToUnixTimeMilliseconds() / SimulatedBar.Minute * SimulatedBar.Minute;
        if (reuse is null)
            return;

        _successor = PathOf(reuse.Price, seed, "/" + reuse.At);
        _reusedAt = reuse.At / SimulatedBar.Day * SimulatedBar.Day;
        if (!reuse.KeepsOldRows)
            _listed = _reusedAt;
    }

    public IEnumerable<CandleRow> ReadNewestFirst(SimulatedBar bar, long olderThan, long newerThan, long now)
    {
        if (now < _listed || olderThan <= _listed)
            yield break;

        var reader = new BlockReader(PathAt);
        var opening = bar.Floor(Math.Min(now, olderThan - 1));
        var first = bar.Floor(_listed);
        for (; opening >= first && opening > newerThan; opening = bar.Add(opening, -1))
            yield return Read(reader, bar, opening, now);
    }

    public ICandleReader CreateReader() => new Reader(this);

    public DailyFigures? ReadDay(long now)
    {
        if (now < _listed)
            return null;

        var reader = new BlockReader(PathAt);
        var block = reader.Read(Math.Max(EndOf(SimulatedBar.Minute, now) - SimulatedBar.Day, _listed), EndOf(SimulatedBar.Second, now));
        var row = ToRow(now, block, false);
        return new DailyFigures
        {
            Last = row.Close,
            Open = row.Open,
            High = row.High,
            Low = row.Low,
            Volume = row.Volume,
            VolumeInCurrency = row.VolumeInCurrency,
            OpenOfUtcDay = FirstPriceOf("1Dutc"),
            OpenOfHongKongDay = FirstPriceOf("1D"),
        };

        string FirstPriceOf(string bar)
        {
            var opening = Math.Max(SimulatedBar.Find(bar)!.Floor(now), _listed);
            return Price(reader.Read(opening, opening + SimulatedBar.Minute).Open);
        }
    }

    private static long EndOf(long unit, long now) => (now / unit + 1) * unit;

    private CandleRow Read(BlockReader reader, SimulatedBar bar, long opening, long now)
    {
        var end = bar.Add(opening, 1);
        var block = reader.Read(Math.Max(opening, _listed), Math.Min(end, EndOf(SimulatedBar.Second, now)));
        return ToRow(opening, block, end <= now);
    }

    private PricePath PathAt(long instant) => instant >= _reusedAt ? _successor! : _path;

    private PricePath PathOf(decimal price, int seed, string generation)
    {
        // A derivative follows the price of its pair and has a volume of its own.
        var pair = SymbolShape.BaseOf(_symbol.Symbol) + "-" + SymbolShape.QuoteOf(_symbol.Symbol) + generation;
        var unit = _type == InstrumentType.Spot ? price : _symbol.IsInverse ? _symbol.ContractValue : _symbol.ContractValue * price;
        return new PricePath(
            Noise.Seed(seed, pair),
            Noise.Seed(seed, _symbol.Symbol + generation),
            (double)price,
            (double)_tick,
            (double)(_symbol.DailyTurnover / unit),
            _type == InstrumentType.Spot ? 8 : 2);
    }

    private string Price(long ticks) => Figures.Text(ticks * _tick);

    private CandleRow ToRow(long opening, Block block, bool isConfirmed)
    {
        var mean = (block.Open + block.High + block.Low + block.Close) * _tick / 4;
        var (inCurrency, quote) = _type == InstrumentType.Spot
            ? SpotVolumes(block.Volume, mean)
            : DerivativeVolumes(block.Volume, mean);
        return new CandleRow
        {
            Opening = opening,
            Open = Price(block.Open),
            High = Price(block.High),
            Low = Price(block.Low),
            Close = Price(block.Close),
            Volume = Figures.Text(block.Volume),
            VolumeInCurrency = Figures.Text(inCurrency),
            QuoteVolume = Figures.Text(quote),
            IsConfirmed = isConfirmed,
        };
    }

    private static (decimal InCurrency, decimal Quote) SpotVolumes(decimal volume, decimal mean)
    {
        var quote = Figures.Turnover(volume * mean);
        return (quote, quote);
    }

    private (decimal InCurrency, decimal Quote) DerivativeVolumes(decimal contracts, decimal mean)
    {
        var worth = contracts * _symbol.ContractValue;
        return _symbol.IsInverse
            ? (decimal.Round(worth / mean, 8), worth)
            : (worth, Figures.Turnover(worth * mean));
    }

    private sealed class Reader(SyntheticSeries series) : ICandleReader
    {
        private readonly BlockReader _blocks = new(series.PathAt);

        public CandleRow? Read(SimulatedBar bar, long opening, long now) =>
            opening > now || now < series._listed || bar.Add(opening, 1) <= series._listed ? null : series.Read(_blocks, bar, opening, now);
    }
}
