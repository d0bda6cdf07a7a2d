namespace OkxData.Models;

/// <summary>One candle (bar): the first, highest, lowest and last price of a period, and what was traded in it.</summary>
/// <remarks>Prices are in quote currency. All figures are the exact decimals that OKX sent.</remarks>
public readonly record struct Candle
{
    /// <summary>The instant at which the bar opens, UTC (OKX <c>ts</c>).</summary>
    public DateTimeOffset OpenTime { get; init; }

    /// <summary>The first price (OKX <c>o</c>). It need not equal the previous close.</summary>
    public decimal Open { get; init; }

    /// <summary>The highest price (OKX <c>h</c>).</summary>
    public decimal High { get; init; }

    /// <summary>The lowest price (OKX <c>l</c>).</summary>
    public decimal Low { get; init; }

    /// <summary>The last price (OKX <c>c</c>).</summary>
    public decimal Close { get; init; }

    /// <summary>What was traded, in base currency (OKX <c>vol</c> for spot, <c>volCcy</c> for derivatives).</summary>
    public decimal Volume { get; init; }

    /// <summary>What was traded, in quote currency (OKX <c>volCcyQuote</c>).</summary>
    public decimal QuoteVolume { get; init; }

    /// <summary>The number of contracts traded, which may have decimals; <see langword="null"/> for spot (OKX <c>vol</c> for derivatives).</summary>
    public decimal? Contracts { get; init; }

    /// <summary>Whether the period is over and the figures final (OKX <c>confirm</c>). A candle that still forms is never stored.</summary>
    public bool IsFinished { get; init; }
}
