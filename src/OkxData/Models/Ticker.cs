namespace OkxData.Models;

/// <summary>The latest price of an instrument and its last 24 hours.</summary>
/// <remarks>GET /api/v5/market/tickers. Figures that OKX leaves empty are <see langword="null"/>.</remarks>
public sealed record Ticker
{
    /// <summary>OKX's name of the instrument (OKX <c>instId</c>).</summary>
    public required string Symbol { get; init; }

    /// <summary>The last traded price, in quote currency (OKX <c>last</c>).</summary>
    public required decimal Price { get; init; }

    /// <summary>
    /// What was traded in 24 hours, in quote currency (OKX <c>volCcy24h</c> for spot). <see langword="null"/> for
    /// derivatives, where OKX gives none: see <see cref="BaseVolume24h"/>.
    /// </summary>
    public decimal? Volume24h { get; init; }

    /// <summary>What was traded in 24 hours, in base currency (OKX <c>vol24h</c> for spot, <c>volCcy24h</c> for derivatives).</summary>
    public decimal? BaseVolume24h { get; init; }

    /// <summary>The contracts traded in 24 hours; <see langword="null"/> for spot (OKX <c>vol24h</c> for derivatives).</summary>
    public decimal? Contracts24h { get; init; }

    /// <summary>The best bid; it may exceed <see cref="Ask"/> before the opening (OKX <c>bidPx</c>).</summary>
    public decimal? Bid { get; init; }

    /// <summary>The best ask (OKX <c>askPx</c>).</summary>
    public decimal? Ask { get; init; }

    /// <summary>The price 24 hours ago (OKX <c>open24h</c>).</summary>
    public decimal? Open24h { get; init; }

    /// <summary>The highest price of 24 hours (OKX <c>high24h</c>).</summary>
    public decimal? High24h { get; init; }

    /// <summary>The lowest price of 24 hours (OKX <c>low24h</c>).</summary>
    public decimal? Low24h { get; init; }

    /// <summary>The price at 00:00 UTC of the current day (OKX <c>sodUtc0</c>).</summary>
    public decimal? OpenUtcDay { get; init; }

    /// <summary>When OKX made the ticker, UTC. Two calls may go back in time, since OKX serves from several caches (OKX <c>ts</c>).</summary>
    public DateTimeOffset Timestamp { get; init; }
}
