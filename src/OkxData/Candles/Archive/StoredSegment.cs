namespace OkxData.Candles.Archive;

/// <summary>What stands in the store for a segment.</summary>
/// <param name="Segment">The content of both formats together; <see langword="null"/> when there is none that can be read.</param>
/// <param name="Version">The version under the key of the format that is written.</param>
/// <param name="OtherVersion">The version under the key of the other format.</param>
/// <param name="IsLeftAlone">Whether something stands there that may not be replaced: a newer version of this library wrote it, or it is of an earlier generation and cannot be moved.</param>
internal readonly record struct StoredSegment(CandleSegment? Segment, string? Version, string? OtherVersion, bool IsLeftAlone);
