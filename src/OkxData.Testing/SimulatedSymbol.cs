using OkxData.Models;

namespace OkxData.Testing;

/// <summary>An invented instrument. Its prices follow from the simulator's seed and its name.</summary>
public sealed record SimulatedSymbol
{
    /// <summary>The name, such as <c>BTC-USDT</c>, <c>BTC-USDT-SWAP</c> or <c>BTC-USD-261225</c>.</summary>
    public required string Symbol { get; init; }

    /// <summary>The kind.</summary>
    /// <value>The default, <see langword="null"/>, reads it off the name.</value>
    public InstrumentType? Type { get; init; }

    /// <summary>The level around which the price wanders, in quote currency.</summary>
    /// <value>The default is 100.</value>
    public decimal Price { get; init; } = 100m;

    /// <summary>The step of the price, in quote currency.</summary>
    /// <value>The default, <see langword="null"/>, fits the price.</value>
    public decimal? TickSize { get; init; }

    /// <summary>About how much is traded in a day, in quote currency.</summary>
    /// <value>The default is 20 million.</value>
    public decimal DailyTurnover { get; init; } = 20_000_000m;

    /// <summary>When trading began, UTC, rounded down to the minute: the first candle.</summary>
    /// <value>The default is 1 January 2018.</value>
    public DateTimeOffset ListedAt { get; init; } = new(2018, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The <c>listTime</c> that the instrument list claims, UTC; OKX changes it at will.</summary>
    /// <value>The default, <see langword="null"/>, is <see cref="ListedAt"/>.</value>
    public DateTimeOffset? ClaimedListTime { get; init; }

    /// <summary>When it was announced, UTC: from then until <see cref="ListedAt"/> it is in the list as <c>preopen</c> with its figures empty.</summary>
    public DateTimeOffset? AnnouncedAt { get; init; }

    /// <summary>When it is delisted, UTC: from then on it is unknown (51001).</summary>
    public DateTimeOffset? DelistedAt { get; init; }

    /// <summary>The <c>expTime</c> of a future, UTC; from then on it is unknown.</summary>
    public DateTimeOffset? ExpiryTime { get; init; }

    /// <summary>What one contract of a derivative is worth: base currency, or dollars where <see cref="IsInverse"/>.</summary>
    /// <value>The default is 0.01.</value>
    public decimal ContractValue { get; init; } = 0.01m;

    /// <summary>Whether a derivative's contract is worth dollars and settles in coin.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool IsInverse { get; init; }

    /// <summary>OKX's word for the state while it is listed.</summary>
    /// <value>The default is <c>live</c>.</value>
    public string State { get; init; } = "live";

    /// <summary>OKX's <c>instCategory</c>: 1 crypto, 3 stocks, 4 commodities, 5 forex, 6 bonds.</summary>
    /// <value>The default is <c>1</c>.</value>
    public string Category { get; init; } = "1";
}
