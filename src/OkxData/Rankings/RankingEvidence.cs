namespace OkxData.Rankings;

/// <summary>All that a ranking is made of, kept so that it can be made again with another size, quote currency or set of exclusions.</summary>
internal sealed record RankingEvidence
{
    public required string Source { get; init; }

    public required MarketCapIds Ids { get; init; }

    public required IReadOnlyList<MarketCapEntry> Entries { get; init; }

    public required IReadOnlyList<MarketPair> Pairs { get; init; }

    /// <summary>When it was brought together, so that the ranking of then and the one of its snapshot have the same time; <see langword="null"/> in old evidence.</summary>
    public DateTimeOffset? CollectedAt { get; init; }

    /// <summary>The source's categories that were not known, so that nothing could be left out for them.</summary>
    public IReadOnlyList<string>? MissingCategories { get; init; }

    /// <summary>How old OKX's part was, where it was older than it should have been; else <see langword="null"/>.</summary>
    public TimeSpan? StaleBy { get; init; }
}
