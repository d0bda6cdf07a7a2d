using OkxData.Candles.Wire;
using OkxData.Time;

namespace OkxData.Candles.Live;

/// <summary>Asks one endpoint for the candles of the openings, the newest 300 where there are more.</summary>
internal delegate Task<CandlePage> AskCandles(SeriesKey key, Interval openings, CandleSource source, CancellationToken cancellationToken);
