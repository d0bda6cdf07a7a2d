namespace OkxData.Catalog;

/// <summary>A file that was removed, would be, or could not be.</summary>
public sealed record CatalogRemoval
{
    /// <summary>The key of the file: its path below the cache's folder, with <c>/</c> between the parts.</summary>
    public required string Key { get; init; }

    /// <summary>Why it is meant.</summary>
    public required string Reason { get; init; }

    /// <summary>Its bytes; 0 where they are not known.</summary>
    public required long SizeBytes { get; init; }

    /// <summary>Whether it was removed; never in a dry run.</summary>
    public required bool IsRemoved { get; init; }

    /// <summary>Why it was not removed though it was meant; <see langword="null"/> for a removed file and in a dry run.</summary>
    public string? Problem { get; init; }
}
