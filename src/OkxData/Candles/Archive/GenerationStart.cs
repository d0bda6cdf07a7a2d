namespace OkxData.Candles.Archive;

/// <summary>What a new generation of a series begins with.</summary>
/// <param name="Addition">Its rows; the generation that it names is the one after the present one.</param>
/// <param name="Reason">The rule that was broken by what OKX said, and accepted.</param>
/// <param name="Begins">The first opening that belongs to it, where OKX has others from before; Unix ms.</param>
/// <param name="KeepsJoin">Whether what was joined to the series stays joined, since it is the same asset.</param>
internal sealed record GenerationStart(ArchiveAddition Addition, string Reason, long? Begins, bool KeepsJoin);
