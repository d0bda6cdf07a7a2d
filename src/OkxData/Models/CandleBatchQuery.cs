namespace OkxData.Models;

/// <summary>Asks for the candles of many instruments whose opening times lie in [<see cref="From"/>, <see cref="To"/>).</summary>
public sealed record CandleBatchQuery
{
    /// <summary>The instruments, as OKX writes them or like <c>btc/usdt</c>; one named twice is fetched once.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

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

    /// <summary>Told after every page and every symbol; called from several threads, one call at a time.</summary>
    /// <value>The default is <see langword="null"/>: nobody.</value>
    public IProgress<CandleProgress>? Progress { get; init; }
}
