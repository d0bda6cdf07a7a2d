using OkxData.Models;

namespace OkxData.Rankings;

/// <summary>A spot pair of OKX at the time of the evidence.</summary>
internal sealed record MarketPair
{
    public required string Symbol { get; init; }

    public required string Base { get; init; }

    public required string Quote { get; init; }

    public InstrumentState State { get; init; }

    public InstrumentCategory Category { get; init; }

    /// <summary>In quote currency; <see langword="null"/> where nothing was traded yet.</summary>
    public decimal? Price { get; init; }

    public decimal? Volume24h { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    public bool IsLive => State == InstrumentState.Live;
}
