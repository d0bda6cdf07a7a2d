using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.Archive;

/// <summary>What is to be added to a stored series.</summary>
/// <param name="Key">The series.</param>
/// <param name="Rows">Sound finished candles, oldest first.</param>
/// <param name="Covered">The openings that OKX has answered for.</param>
/// <param name="Facts">What was learned of the series.</param>
/// <param name="ReceivedAt">When, Unix ms.</param>
/// <param name="Generation">The generation that they were compared with; where another has begun since, nothing is added.</param>
internal sealed record ArchiveAddition(SeriesKey Key, ReadOnlyMemory<Candle> Rows, IntervalSet Covered, SeriesFacts Facts, long ReceivedAt, int Generation);
