using OkxData.Models;

namespace LiveTicker;

/// <summary>The latest ticker of each symbol. Thread-safe: the stream writes and the view reads.</summary>
internal sealed class Board(IReadOnlyList<string> symbols, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Ticker> _latest = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    /// <summary>How many tickers have come.</summary>
    public long Count { get; private set; }

    public void Put(Ticker ticker)
    {
        lock (_lock)
        {
            _latest[ticker.Symbol] = ticker;
            _changed.Add(ticker.Symbol);
            Count++;
        }
    }

    /// <summary>A row for each symbol, in the order of the symbols; without a ticker where none has come yet.</summary>
    public IReadOnlyList<(string Symbol, Ticker? Ticker)> Rows()
    {
        lock (_lock)
            return [.. symbols.Select(symbol => (symbol, _latest.GetValueOrDefault(symbol)))];
    }

    /// <summary>The tickers that have come since the last call.</summary>
    public IReadOnlyList<Ticker> TakeChanged()
    {
        lock (_lock)
        {
            Ticker[] changed = [.. symbols.Where(_changed.Contains).Select(symbol => _latest[symbol])];
            _changed.Clear();
            return changed;
        }
    }

    /// <summary>How old OKX's figures are now.</summary>
    public TimeSpan AgeOf(Ticker ticker)
    {
        var age = clock.GetUtcNow() - ticker.Timestamp;
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }
}
