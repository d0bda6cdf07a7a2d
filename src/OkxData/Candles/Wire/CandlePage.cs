using OkxData.Models;

namespace OkxData.Candles.Wire;

/// <summary>The rows of one candle reply, in the order received: newest first.</summary>
internal sealed class CandlePage
{
    public static CandlePage Empty { get; } = new();

    public ReadOnlyMemory<Candle> Candles { get; init; }

    /// <summary>The rows that could not be read; they stand in no other place.</summary>
    public IReadOnlyList<BrokenRow> BrokenRows { get; init; } = [];
}
