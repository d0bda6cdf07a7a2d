using OkxData.Testing.Series;

namespace OkxData.Testing.Market;

/// <summary>All instruments, in the order in which they were added; may change while requests are served.</summary>
internal sealed class SymbolBook
{
    private readonly Lock _gate = new();
    private readonly OrderedDictionary<string, ListedSymbol> _symbols = new(StringComparer.Ordinal);
    private readonly int _seed;

    public SymbolBook(int seed) => _seed = seed;

    public ListedSymbol? Find(string name)
    {
        lock (_gate)
            return _symbols.GetValueOrDefault(name);
    }

    public ListedSymbol[] All()
    {
        lock (_gate)
            return [.. _symbols.Values];
    }

    public void Add(SimulatedSymbol symbol) => Put(ListedSymbol.Create(Checked(symbol), new SyntheticSeries(symbol, _seed)));

    public void AddRecorded(SimulatedSymbol symbol, ICandleSeries series) => Put(ListedSymbol.Create(symbol, series));

    public bool Remove(string name)
    {
        lock (_gate)
            return _symbols.Remove(name);
    }

    public void Change(string name, Func<ListedSymbol, ListedSymbol> change)
    {
        lock (_gate)
        {
            if (!_symbols.TryGetValue(name, out var symbol))
                throw new ArgumentException($"The simulator has no instrument '{name}'.", nameof(name));
            _symbols[name] = change(symbol);
        }
    }

    public void Reuse(string name, NameReuse reuse) => Change(name, symbol => symbol.Series is SyntheticSeries
        ? symbol with
        {
            Definition = symbol.Definition with { ClaimedListTime = DateTimeOffset.FromUnixTimeMilliseconds(reuse.At) },
            Series = new SyntheticSeries(symbol.Definition, _seed, reuse),
        }
        : throw new ArgumentException($"'{name}' is a recording; only invented instruments can be reused.", nameof(name)));

    private void Put(ListedSymbol symbol)
    {
        lock (_gate)
            _symbols[symbol.Name] = symbol;
    }

    private static SimulatedSymbol Checked(SimulatedSymbol symbol)
    {
        if (string.IsNullOrWhiteSpace(symbol.Symbol) || !symbol.Symbol.Contains('-', StringComparison.Ordinal))
            throw new ArgumentException($"'{symbol.Symbol}' is not an instrument's name such as 'BTC-USDT'.", nameof(symbol));
        if (symbol.Price <= 0 || symbol.TickSize <= 0 || symbol.ContractValue <= 0 || symbol.DailyTurnover <= 0)
            throw new ArgumentException($"The price, tick size, contract value and turnover of '{symbol.Symbol}' must be greater than zero.", nameof(symbol));

        return symbol;
    }
}
