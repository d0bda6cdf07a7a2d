using System.Globalization;

namespace OkxData.Catalog;

/// <summary>What came of an order to prune.</summary>
public sealed record CatalogPruning
{
    /// <summary>Whether nothing was removed because that was not wanted yet.</summary>
    public required bool IsDryRun { get; init; }

    /// <summary>Each file that the order means, by key.</summary>
    public required IReadOnlyList<CatalogRemoval> Removals { get; init; }

    /// <summary>The bytes that were freed, or would be in a dry run.</summary>
    public long SizeBytes => Removals.Where(removal => IsDryRun || removal.IsRemoved).Sum(removal => removal.SizeBytes);

    /// <summary>A short line for people.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => IsDryRun
        ? string.Create(CultureInfo.InvariantCulture, $"{Removals.Count:N0} files of {SizeBytes:N0} bytes would be removed")
        : string.Create(CultureInfo.InvariantCulture, $"{Removals.Count(removal => removal.IsRemoved):N0} of {Removals.Count:N0} files removed, {SizeBytes:N0} bytes");
}
