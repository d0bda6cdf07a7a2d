namespace OkxData.Catalog;

/// <summary>What is to be removed from a cache. Nothing goes that is not named here, and nothing at all while <see cref="DryRun"/> is on.</summary>
public sealed record CatalogPruneOrder
{
    /// <summary>Whether only to say what would be removed.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool DryRun { get; init; } = true;

    /// <summary>Whether damaged files that were put aside are meant.</summary>
    public bool Quarantine { get; init; }

    /// <summary>Whether temporary files that killed processes left are meant; only those older than 10 minutes that nobody has open.</summary>
    public bool Orphans { get; init; }

    /// <summary>The age from which on a ranking's snapshot is meant; <see langword="null"/> for none. Rankings of the past are made of them, and they cannot be fetched again.</summary>
    public TimeSpan? SnapshotsOlderThan { get; init; }

    /// <summary>The series that are meant, with all their generations; <see langword="null"/> for none, unless <see cref="SeriesNotFetchedFor"/> names some. It must name an environment, a symbol or a bar.</summary>
    public CatalogSelection? Series { get; init; }

    /// <summary>How long nothing may have been received for a series that is meant: among <see cref="Series"/> where that is set, else among all.</summary>
    public TimeSpan? SeriesNotFetchedFor { get; init; }

    /// <exception cref="ArgumentException">The order names nothing, everything, or a negative age.</exception>
    internal void ThrowIfInvalid(string parameterName)
    {
        if (!Quarantine && !Orphans && SnapshotsOlderThan is null && Series is null && SeriesNotFetchedFor is null)
            throw new ArgumentException($"The order names nothing to remove; set {nameof(Quarantine)}, {nameof(Orphans)}, {nameof(SnapshotsOlderThan)}, {nameof(Series)} or {nameof(SeriesNotFetchedFor)}.", parameterName);
        if (Series is { IsEverything: true } && SeriesNotFetchedFor is null)
            throw new ArgumentException($"{nameof(Series)} names no environment, symbol or bar, which would remove every series; name at least one of them, or set {nameof(SeriesNotFetchedFor)}.", parameterName);
        if (SnapshotsOlderThan < TimeSpan.Zero || SeriesNotFetchedFor < TimeSpan.Zero)
            throw new ArgumentException($"An age is negative ({(SnapshotsOlderThan < TimeSpan.Zero ? SnapshotsOlderThan : SeriesNotFetchedFor)}); write it as a positive time.", parameterName);
    }
}
