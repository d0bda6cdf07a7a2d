namespace OkxData.Rankings;

/// <summary>What a source says at one time.</summary>
public sealed record MarketCapListing
{
    /// <summary>When the figures are of, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Whose ids the entries carry.</summary>
    public MarketCapIds Ids { get; init; } = MarketCapIds.Other;

    /// <summary>The assets, in any order.</summary>
    public required IReadOnlyList<MarketCapEntry> Entries { get; init; }
}
