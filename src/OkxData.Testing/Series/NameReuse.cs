namespace OkxData.Testing.Series;

/// <summary>From the UTC day of an instant on, the name belongs to another asset.</summary>
internal sealed record NameReuse(long At, decimal Price, bool KeepsOldRows);
