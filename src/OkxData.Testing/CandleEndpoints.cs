namespace OkxData.Testing;

/// <summary>The places that serve candles.</summary>
[Flags]
public enum CandleEndpoints
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary><c>/api/v5/market/candles</c>.</summary>
    Candles = 1,

    /// <summary><c>/api/v5/market/history-candles</c>.</summary>
    History = 2,

    /// <summary>The pushes of the <c>candle</c> channels.</summary>
    Stream = 4,

    /// <summary>All of them.</summary>
    All = Candles | History | Stream,
}
