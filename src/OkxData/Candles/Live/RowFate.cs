namespace OkxData.Candles.Live;

/// <summary>What became of a row.</summary>
internal enum RowFate
{
    /// <summary>It is held, to be given in its turn.</summary>
    Held,

    /// <summary>It is known already, or older than what is known.</summary>
    Known,

    /// <summary>A finished candle of this opening with other figures came first, and stays.</summary>
    Conflict,

    /// <summary>There is no room for it; history has it when its turn comes.</summary>
    NoRoom,
}
