namespace OkxData.Caching;

/// <summary>What must hold of a key's present content for a write or a removal to happen.</summary>
public readonly record struct WriteCondition
{
    private WriteCondition(bool mustBeAbsent, string? version) => (MustBeAbsent, Version) = (mustBeAbsent, version);

    /// <summary>No condition.</summary>
    public static WriteCondition Any => default;

    /// <summary>Nothing may stand under the key.</summary>
    public static WriteCondition Absent => new(true, null);

    /// <summary>Whether nothing may stand under the key.</summary>
    public bool MustBeAbsent { get; }

    /// <summary>The version that must stand under the key; <see langword="null"/> for any.</summary>
    public string? Version { get; }

    /// <summary>This version must stand under the key.</summary>
    /// <param name="version">The version, as a read or a write returned it.</param>
    /// <returns>The condition.</returns>
    public static WriteCondition Matches(string version)
    {
        ArgumentException.ThrowIfNullOrEmpty(version);
        return new WriteCondition(false, version);
    }

    /// <summary>Whether the condition holds for what is there.</summary>
    /// <param name="currentVersion">The present version; <see langword="null"/> when nothing stands under the key.</param>
    /// <returns><see langword="true"/> when the write may go on.</returns>
    public bool IsMetBy(string? currentVersion) => MustBeAbsent ? currentVersion is null : Version is null || Version == currentVersion;
}
