namespace OkxData.Rankings;

/// <summary>All that a ranking is made of, kept so that it can be made again with another size, quote currency or set of exclusions.</summary>
internal sealed record RankingEvidence
{
    public required string Source { get; init; }

    public required MarketCapIds Ids { get; init; }

    public required IReadOnlyList<MarketCapEntry> Entries { get; init; }

    public required IReadOnlyList<MarketPair> Pairs { get; init; }

    /// <summary>Whether OKX's part was older than it should have been.</summary>
    public bool HasStaleParts { get; init; }
}
