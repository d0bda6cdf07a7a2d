using System.Globalization;
using OkxData.Models;

namespace OkxData.Testing.Series;

/// <summary>Reads a folder of <c>&lt;instId&gt;.&lt;bar&gt;.csv</c>.</summary>
internal sealed class RecordedFolder
{
    private const string Header = "ts_ms,open,high,low,close,volume,confirm";

    private readonly Dictionary<string, Dictionary<string, CandleRow[]>> _rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, decimal> _contractValues;

    public RecordedFolder(string folder, IDictionary<string, decimal> contractValues)
    {
        _contractValues = new Dictionary<string, decimal>(contractValues, StringComparer.Ordinal);
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"The folder of recorded candles '{folder}' does not exist.");

        foreach (var path in Directory.EnumerateFiles(folder, "*.csv").Order(StringComparer.Ordinal))
            Load(path);
        if (_rows.Count == 0)
            throw new FileNotFoundException($"The folder '{folder}' holds no recorded candles; files are named like 'BTC-USDT-SWAP.1Dutc.csv'.");
    }

    public IEnumerable<string> Symbols => _rows.Keys;

    /// <summary>A minute into the newest row of all, the one that was forming.</summary>
    public DateTimeOffset End =>
        DateTimeOffset.FromUnixTimeMilliseconds(_rows.Values.SelectMany(bars => bars.Values).Max(rows => rows[^1].Opening)).AddMinutes(1);

    public RecordedSeries SeriesOf(string symbol) => new(_rows[symbol], SymbolShape.TypeOf(symbol));

    public SimulatedSymbol Describe(string symbol)
    {
        var rows = _rows[symbol].Values;
        var decimals = rows.Max(bar => bar.Max(row => row.Close.TrimEnd('0') is var text && text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? text.Length - dot - 1 : 0));
        return new SimulatedSymbol
        {
            Symbol = symbol,
            Price = Figures.Parse(rows.First()[^1].Close),
            TickSize = new decimal(1, 0, 0, false, (byte)decimals),
            ListedAt = DateTimeOffset.FromUnixTimeMilliseconds(rows.Min(bar => bar[0].Opening)),
            ContractValue = ContractValueOf(symbol),
        };
    }

    private decimal ContractValueOf(string symbol) =>
        _contractValues.TryGetValue(symbol, out var value) ? value : Market.DefaultSymbols.ContractValueOf(SymbolShape.BaseOf(symbol));

    private void Load(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        var dot = name.LastIndexOf('.');
        if (dot <= 0 || SimulatedBar.Find(name[(dot + 1)..]) is not { } bar)
            throw new FormatException($"'{path}' is not named like 'BTC-USDT-SWAP.1Dutc.csv', or its bar is unknown.");

        var symbol = name[..dot];
        var lines = File.ReadAllLines(path);
        if (lines.Length < 2 || lines[0] != Header)
            throw new FormatException($"'{path}' must begin with '{Header}' and hold at least one row.");

        var rows = lines.Skip(1).Select((line, index) => Parse(line, symbol, path, index + 2)).ToArray();
        for (var i = 1; i < rows.Length; i++)
        {
            if (rows[i].Opening <= rows[i - 1].Opening)
                throw new FormatException($"'{path}' line {i + 2}: rows must be in order of time, oldest first.");
        }

        if (!_rows.TryGetValue(symbol, out var bars))
            _rows[symbol] = bars = new Dictionary<string, CandleRow[]>(StringComparer.Ordinal);
        bars[bar.Code] = rows;
    }

    private CandleRow Parse(string line, string symbol, string path, int number)
    {
        if (line.Split(',') is not [var time, var open, var high, var low, var close, var volume, var confirm]
            || !long.TryParse(time, NumberStyles.None, CultureInfo.InvariantCulture, out var opening)
            || !decimal.TryParse(close, NumberStyles.Float, CultureInfo.InvariantCulture, out var closing)
            || !decimal.TryParse(volume, NumberStyles.Float, CultureInfo.InvariantCulture, out var traded))
            throw new FormatException($"'{path}' line {number} is not a row of '{Header}'.");

        var isSpot = SymbolShape.TypeOf(symbol) == InstrumentType.Spot;
        var quote = Figures.Text(traded * closing);
        return new CandleRow
        {
            Opening = opening,
            Open = open,
            High = high,
            Low = low,
            Close = close,
            Volume = isSpot ? volume : Figures.Text(traded / ContractValueOf(symbol)),
            VolumeInCurrency = isSpot ? quote : volume,
            QuoteVolume = quote,
            IsConfirmed = confirm == "1",
        };
    }
}
