using OkxData.Models;

namespace OkxData.Rankings.Building;

/// <summary>Why something is left out.</summary>
internal sealed record Finding(ExclusionReason Reason, string Detail);

/// <summary>A pair that was joined to an asset.</summary>
/// <param name="Pair">The pair.</param>
/// <param name="Fault">Why the join does not hold; <see langword="null"/> for a sound one.</param>
internal sealed record JoinedPair(MarketPair Pair, Finding? Fault)
{
    public bool IsBetterThan(JoinedPair other) => (Fault is null, Pair.IsLive, Pair.Volume24h ?? 0).CompareTo((other.Fault is null, other.Pair.IsLive, other.Pair.Volume24h ?? 0)) > 0;
}
