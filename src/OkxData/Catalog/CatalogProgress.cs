namespace OkxData.Catalog;

/// <summary>How far a walk over a cache has come.</summary>
/// <param name="Done">The files or series done.</param>
/// <param name="Total">All of them, as they were counted at the start.</param>
/// <param name="Key">The key of the last that was done.</param>
public readonly record struct CatalogProgress(int Done, int Total, string Key);
