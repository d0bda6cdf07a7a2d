using OkxData.Time;

namespace OkxData.Catalog;

/// <summary>Something about a file of a cache that a person should know.</summary>
public sealed record CatalogFinding
{
    /// <summary>The key of the file: its path below the cache's folder, with <c>/</c> between the parts.</summary>
    public required string Key { get; init; }

    /// <summary>The stable id of the rule: one of <see cref="CatalogRules"/>, or of <see cref="Validation.ValidationRules"/> for a candle.</summary>
    public required string Rule { get; init; }

    /// <summary>What was found, with the figures.</summary>
    public required string Message { get; init; }

    /// <summary>What to do about it.</summary>
    public required string Remedy { get; init; }

    /// <summary>The bars it concerns, start inclusive and end exclusive, UTC; empty where it concerns the whole file.</summary>
    public UtcRange Range { get; init; }

    /// <summary>A line for people.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Key}: [{Rule}] {Message} {Remedy}";
}
