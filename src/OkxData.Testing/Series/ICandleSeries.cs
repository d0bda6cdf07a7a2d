namespace OkxData.Testing.Series;

/// <summary>All candles of one instrument.</summary>
internal interface ICandleSeries
{
    /// <summary>The rows that open between the two instants (both exclusive) and by now, newest first.</summary>
    IEnumerable<CandleRow> ReadNewestFirst(SimulatedBar bar, long olderThan, long newerThan, long now);

    ICandleReader CreateReader();

    /// <summary>The last 24 hours; <see langword="null"/> before the first trade.</summary>
    DailyFigures? ReadDay(long now);
}
