namespace OkxData.Rankings.Sources;

/// <summary>What is kept of a category: the ids of its largest members.</summary>
internal sealed record CategoryMembers(IReadOnlyList<string> Ids);
