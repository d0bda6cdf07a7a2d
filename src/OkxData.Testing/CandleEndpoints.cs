namespace OkxData.Testing;

/// <summary>The endpoints that serve candles.</summary>
[Flags]
public enum CandleEndpoints
{
    /// <summary>Neither.</summary>
    None = 0,

    /// <summary><c>/api/v5/market/candles</c>.</summary>
    Candles = 1,

    /// <summary><c>/api/v5/market/history-candles</c>.</summary>
    History = 2,

    /// <summary>Both.</summary>
    All = Candles | History,
}
