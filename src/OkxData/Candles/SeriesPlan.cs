using OkxData.Candles.Archive;
using OkxData.Candles.History;
using OkxData.Errors;

namespace OkxData.Candles;

/// <summary>What a series is made of: its own rows and, where one was joined to it, those of an older name before them.</summary>
/// <param name="Own">The rows of its own name.</param>
/// <param name="Older">The older name's, which may have one before it in turn.</param>
internal sealed record SeriesPlan(SeriesDownload Own, SeriesPlan? Older)
{
    public SeriesKey Key => Own.Key;

    /// <summary>Whether an earlier generation is read, to which nothing is added.</summary>
    public bool IsEarlier { get; init; }

    /// <summary>Why there can be no series, where that is known before anything is asked.</summary>
    public OkxException? Failure { get; init; }

    /// <summary>The parts, oldest first.</summary>
    public IReadOnlyList<SeriesDownload> Parts { get; } = Older is null ? [Own] : [.. Older.Parts, Own];

    /// <summary>The joints in it, oldest first: the newer part, what it says of the older one, and the older part.</summary>
    public IEnumerable<(SeriesDownload Newer, SeriesJoin Join, SeriesDownload Older)> Joints => Older is null ? [] : Older.Joints.Append((Own, Own.Archived.Facts.Join!, Older.Own));
}
