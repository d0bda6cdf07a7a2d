namespace OkxData.Testing;

/// <summary>What an <see cref="OkxSimulator"/> serves and how it behaves. Nothing has to be set.</summary>
/// <remarks>Read once, when the simulator starts; what a test wants to change later has a member on the simulator.</remarks>
public sealed class OkxSimulatorOptions
{
    /// <summary>The name of this exchange, under which a client's cache keeps its data: lower-case letters, digits and hyphens.</summary>
    /// <value>The default, <see langword="null"/>, is <c>simulator-</c> and the seed, or <c>simulator-recorded</c> when replaying.</value>
    public string? Name { get; set; }

    /// <summary>The seed of prices, volumes, jitter and faults: the same seed and clock give the same bytes.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; set; } = 1;

    /// <summary>
    /// The clock of the exchange: it decides which candles exist and when they are pushed, and arrivals and limits are counted
    /// by it. Over the network, latency of HTTP and HTTP itself run in real time.
    /// </summary>
    /// <value>The default, <see langword="null"/>, is a clock that runs with the system's: from <see cref="StartAt"/> where that is set, from the recording's end when replaying, else from now.</value>
    public TimeProvider? Clock { get; set; }

    /// <summary>The instant at which the exchange's clock starts; it runs on from there. Not used when <see cref="Clock"/> is set.</summary>
    public DateTimeOffset? StartAt { get; set; }

    /// <summary>Instruments to serve beside, or in place of, the built-in ones; one of the same name takes the built-in one's place.</summary>
    public IList<SimulatedSymbol> Symbols { get; } = [];

    /// <summary>Whether the built-in instruments are served: 64 spot pairs, some swaps and two futures.</summary>
    /// <value>The default, <see langword="null"/>, means yes, save when a recording is replayed.</value>
    public bool? IncludeDefaultSymbols { get; set; }

    /// <summary>A folder of recorded rows to replay: files named <c>&lt;instId&gt;.&lt;bar&gt;.csv</c> with the columns <c>ts_ms,open,high,low,close,volume,confirm</c>, volume in base currency, oldest first.</summary>
    /// <remarks>
    /// Figures are served as they were recorded, letter by letter. Columns that a recording lacks are filled:
    /// contracts = volume / contract value, quote volume = volume × close.
    /// </remarks>
    public string? ReplayFolder { get; set; }

    /// <summary>Contract values, in base currency, of replayed derivatives that the simulator does not know itself; 1 where neither knows.</summary>
    public IDictionary<string, decimal> ContractValues { get; } = new Dictionary<string, decimal>(StringComparer.Ordinal);

    /// <summary>What CoinGecko and CoinPaprika know, which the simulator serves beside OKX.</summary>
    public SimulatorMarketCapOptions MarketCaps { get; } = new();

    /// <summary>The budgets that are enforced.</summary>
    public SimulatorLimitOptions Limits { get; } = new();

    /// <summary>The faults that are injected.</summary>
    public SimulatorFaultOptions Faults { get; } = new();

    /// <summary>How the WebSocket half behaves.</summary>
    public SimulatorSocketOptions Sockets { get; } = new();

    /// <summary>The API keys that are accepted for signed calls.</summary>
    /// <value>The default is none.</value>
    public IList<SimulatedKey> Keys { get; } = [];

    /// <summary>By how much the exchange's clock is ahead of the one that clients live by; see <see cref="OkxSimulator.ClockOffset"/>.</summary>
    /// <value>The default is zero.</value>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>How long a message is on its way, each way.</summary>
    /// <value>The default is zero.</value>
    public TimeSpan Latency { get; set; }

    /// <summary>By how much <see cref="Latency"/> varies, up and down, each way, evenly spread.</summary>
    /// <value>The default is zero.</value>
    public TimeSpan Jitter { get; set; }

    /// <summary>How many of the newest bars <c>candles</c> serves, the forming one included.</summary>
    /// <value>The default is OKX's 1,440.</value>
    public int RecentBars { get; set; } = 1440;

    /// <summary>The most rows a page has, by path, such as <c>/api/v5/market/history-candles</c>; a greater <c>limit</c> is clamped, not refused.</summary>
    /// <value>The default is OKX's 300 for both candle endpoints.</value>
    public IDictionary<string, int> PageCaps { get; } = new Dictionary<string, int>(StringComparer.Ordinal);

    /// <summary>How long after its close a candle appears in <c>history-candles</c>.</summary>
    /// <value>The default is zero; OKX's own lag is not known.</value>
    public TimeSpan HistoryLag { get; set; }

    /// <summary>By how much <c>candles</c> lags behind: a candle that has just closed is still shown as forming, and the next not yet.</summary>
    /// <value>The default is zero; OKX's own lag is not known.</value>
    public TimeSpan CandlesLag { get; set; }

    /// <summary>Whether <c>history-candles</c> also serves the candle that is still forming.</summary>
    /// <value>The default is <see langword="false"/>; what OKX does is not known.</value>
    public bool HistoryServesForming { get; set; }

    /// <summary>Defects of the data, from the start.</summary>
    public IList<CandleDefect> Defects { get; } = [];
}
