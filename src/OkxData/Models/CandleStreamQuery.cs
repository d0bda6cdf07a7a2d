namespace OkxData.Models;

/// <summary>Asks for a stream of candles: history first where <see cref="From"/> is given, then each one as it closes.</summary>
public sealed record CandleStreamQuery
{
    /// <summary>The instruments, as OKX writes them or like <c>btc/usdt</c>; one named twice is streamed once.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    /// <summary>The length of a candle, on the UTC calendar.</summary>
    /// <value>The default is <see cref="BarSize.OneDay"/>.</value>
    public BarSize Bar { get; init; } = BarSize.OneDay;

    /// <summary>The opening time to begin with, inclusive, any offset is accepted; not in the future and not before 2010.</summary>
    /// <value>The default is <see langword="null"/>: the candle that forms at the call is the first.</value>
    public DateTimeOffset? From { get; init; }

    /// <summary>Whether the forming candle is given too, again and again; of several between two reads only the newest.</summary>
    /// <value>The default is <see langword="false"/>: finished candles only.</value>
    public bool IncludeUnfinished { get; init; }
}
