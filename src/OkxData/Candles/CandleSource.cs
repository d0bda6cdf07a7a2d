namespace OkxData.Candles;

/// <summary>Which of the two endpoints a page is asked of.</summary>
internal enum CandleSource
{
    /// <summary><see cref="CandleEndpoints.Recent"/>.</summary>
    Recent,

    /// <summary><see cref="CandleEndpoints.History"/>.</summary>
    History,
}
