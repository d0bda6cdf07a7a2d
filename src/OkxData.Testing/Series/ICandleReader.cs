namespace OkxData.Testing.Series;

/// <summary>Reads one instrument's candles one by one, and is quick where they lie close together. For one thread.</summary>
internal interface ICandleReader
{
    /// <summary>The row that opens at the instant, as it stands now; <see langword="null"/> where there is none.</summary>
    CandleRow? Read(SimulatedBar bar, long opening, long now);
}
