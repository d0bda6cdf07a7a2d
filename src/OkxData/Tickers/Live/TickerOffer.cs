namespace OkxData.Tickers.Live;

/// <summary>What became of a row that was offered.</summary>
internal enum TickerOffer
{
    /// <summary>A later one, or the same one, is known.</summary>
    Old,

    /// <summary>It waits for the reader.</summary>
    First,

    /// <summary>It waits in the place of one that the reader had not taken.</summary>
    Replaced,
}
