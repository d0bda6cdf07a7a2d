namespace OkxData.Models;

/// <summary>Asks for the candles of one instrument whose opening times lie in [<see cref="From"/>, <see cref="To"/>).</summary>
public sealed record CandleQuery
{
    /// <summary>The instrument, as OKX writes it or like <c>btc/usdt</c>.</summary>
    public required string Symbol { get; init; }

    /// <summary>The length of a candle, on the UTC calendar.</summary>
    /// <value>The default is <see cref="BarSize.OneDay"/>.</value>
    public BarSize Bar { get; init; } = BarSize.OneDay;

    /// <summary>The start of the range, inclusive; any offset is accepted.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>The end of the range, exclusive; any offset is accepted.</summary>
    /// <value>The default is <see langword="null"/>: until now.</value>
    public DateTimeOffset? To { get; init; }

    /// <summary>Whether the candle that still forms is returned too; it is never stored.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool IncludeUnfinished { get; init; }

    /// <summary>Which generation of the stored series is wanted; 1 is the first. It is read from the cache only, and nothing is asked of OKX.</summary>
    /// <value>The default is <see langword="null"/>: the present one, and what it lacks from OKX.</value>
    /// <remarks>A generation ends when <c>AcceptHistoryAsync</c> takes what OKX has changed; <see cref="CandleSeries.Generation"/> tells which one a series is.</remarks>
    public int? Generation { get; init; }
}
