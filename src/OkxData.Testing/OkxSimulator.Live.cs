using OkxData.Testing.Series;

namespace OkxData.Testing;

public sealed partial class OkxSimulator
{
    /// <summary>How the whole exchange is out of order; set it back to <see cref="OutageMode.None"/> to end the outage.</summary>
    /// <remarks>
    /// Requests that hang stay hanging until their callers give up. WebSocket connections break, or fall silent where requests
    /// hang, and new ones are not taken.
    /// </remarks>
    public OutageMode Outage
    {
        get => _parts.Pipeline.Outage;
        set => _parts.Pipeline.Outage = _parts.Sockets.Outage = value;
    }

    /// <summary>How long a message is on its way, each way.</summary>
    public TimeSpan Latency
    {
        get => _parts.Wire.Latency;
        set => _parts.Wire.Latency = value;
    }

    /// <summary>By how much <see cref="Latency"/> varies, up and down.</summary>
    public TimeSpan Jitter
    {
        get => _parts.Wire.Jitter;
        set => _parts.Wire.Jitter = value;
    }

    /// <summary>How long after its close a candle appears in <c>history-candles</c>.</summary>
    public TimeSpan HistoryLag
    {
        get => _parts.Candles.HistoryLag;
        set => _parts.Candles.HistoryLag = value;
    }

    /// <summary>By how much <c>candles</c> lags behind: a candle that has just closed is still shown as forming, and the next not yet.</summary>
    public TimeSpan CandlesLag
    {
        get => _parts.Candles.CandlesLag;
        set => _parts.Candles.CandlesLag = value;
    }

    /// <summary>Changes how many requests fail by chance.</summary>
    /// <param name="probability">The share, from 0 to 1.</param>
    /// <param name="kinds">The kinds to draw from; none leaves them as they are.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of its range.</exception>
    public void SetFaults(double probability, params FaultKind[] kinds) => SetFaults(probability, null, kinds);

    /// <summary>Changes how many requests of a path fail by chance.</summary>
    /// <param name="probability">The share, from 0 to 1.</param>
    /// <param name="path">The only path that suffers; <see langword="null"/> for all.</param>
    /// <param name="kinds">The kinds to draw from; none leaves them as they are.</param>
    /// <exception cref="ArgumentOutOfRangeException">The probability is out of its range.</exception>
    public void SetFaults(double probability, string? path, params FaultKind[] kinds)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        _parts.Faults.Set(probability, kinds, path);
    }

    /// <summary>Makes the next requests fail, before anything is left to chance.</summary>
    /// <param name="kind">How.</param>
    /// <param name="times">How many of them.</param>
    /// <param name="path">The only path that suffers; <see langword="null"/> for all.</param>
    public void FailNext(FaultKind kind, int times = 1, string? path = null) => _parts.Faults.Order(kind, times, path);

    /// <summary>Changes the most rows of a page.</summary>
    /// <param name="path">One of the candle endpoints; see <see cref="SimulatorPaths"/>.</param>
    /// <param name="rows">The rows, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 1.</exception>
    public void SetPageCap(string path, int rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        _parts.Candles.SetPageCap(path, rows);
    }

    /// <summary>Lists an instrument, or replaces the one of the same name.</summary>
    /// <param name="symbol">The instrument.</param>
    /// <exception cref="ArgumentException">Its name or a figure is out of its range.</exception>
    public void AddSymbol(SimulatedSymbol symbol)
    {
        ArgumentNullException.ThrowIfNull(symbol);
        _parts.Symbols.Add(symbol);
    }

    /// <summary>Forgets an instrument altogether; from now on it is unknown (51001).</summary>
    /// <param name="symbol">Its name.</param>
    /// <returns>Whether there was one.</returns>
    public bool RemoveSymbol(string symbol) => _parts.Symbols.Remove(symbol);

    /// <summary>Delists an instrument.</summary>
    /// <param name="symbol">Its name.</param>
    /// <param name="at">When, UTC; <see langword="null"/> for now. Until then it is in the list with that <c>expTime</c>.</param>
    /// <exception cref="ArgumentException">There is no such instrument.</exception>
    public void Delist(string symbol, DateTimeOffset? at = null) =>
        _parts.Symbols.Change(symbol, listed => listed with { Definition = listed.Definition with { DelistedAt = at ?? Clock.GetUtcNow() } });

    /// <summary>Gives a name to another asset, as happened to LUNA-USDT in 2022.</summary>
    /// <param name="symbol">The name.</param>
    /// <param name="from">From the UTC day of this instant on, the candles are the new asset's; it is also the <c>listTime</c> then claimed.</param>
    /// <param name="price">The level around which the new asset's price wanders, in quote currency.</param>
    /// <param name="keepsOldRows">Whether the old asset's candles are still served before that day.</param>
    /// <exception cref="ArgumentException">There is no such instrument, or it is a recording.</exception>
    public void ReuseName(string symbol, DateTimeOffset from, decimal price, bool keepsOldRows = true) =>
        _parts.Symbols.Reuse(symbol, new NameReuse(from.ToUnixTimeMilliseconds(), price, keepsOldRows));

    /// <summary>Adds a defect to the data.</summary>
    /// <param name="defect">The defect.</param>
    public void AddDefect(CandleDefect defect)
    {
        ArgumentNullException.ThrowIfNull(defect);
        _parts.Defects.Add(defect);
    }

    /// <summary>Restates a candle, as OKX sometimes does with closed ones: see <see cref="CandleDefectKind.Revised"/>.</summary>
    /// <param name="symbol">The instrument.</param>
    /// <param name="bar">OKX's word for the bar, such as <c>1Dutc</c>.</param>
    /// <param name="opening">When the candle opens, UTC.</param>
    public void ReviseCandle(string symbol, string bar, DateTimeOffset opening) =>
        AddDefect(new CandleDefect { Kind = CandleDefectKind.Revised, Symbol = symbol, Bar = bar, From = opening });

    /// <summary>Takes all defects away, revisions included.</summary>
    public void ClearDefects() => _parts.Defects.Clear();

    /// <summary>Announces maintenance in <c>/api/v5/system/status</c>; while it lasts, the rest answers HTTP 503 with code 50001.</summary>
    /// <param name="window">The window.</param>
    public void Announce(MaintenanceWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        _parts.Market.Announce(window);
    }

    /// <summary>Forgets recorded requests, the limits' windows, how often each request came, and faults still to come from <see cref="FailNext"/>.</summary>
    /// <remarks>Data, defects, outage, latency and the chance of faults stay as they are.</remarks>
    public void Reset()
    {
        _parts.Log.Reset();
        _parts.Sockets.Log.Reset();
        _parts.Faults.Reset();
    }
}
