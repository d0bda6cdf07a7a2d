using OkxData.Time;

namespace OkxData.Candles.History;

/// <summary>One page that is to be asked for.</summary>
internal sealed record PageRequest
{
    public required SeriesDownload Series { get; init; }

    /// <summary>The openings asked for.</summary>
    public required Interval Openings { get; init; }

    public required PageReach Reach { get; init; }

    /// <summary>Whether rows older than <see cref="Openings"/> are let in too: nothing is known below, and an empty answer then tells where the series begins.</summary>
    public bool IsLeading { get; init; }

    /// <summary>Whether the page is asked for once more because of a bad row.</summary>
    public bool IsSecondLook { get; init; }

    /// <summary>Whether the page may span more than one reply can hold, to find out whether there is anything at all.</summary>
    public bool IsSearch { get; init; }

    /// <summary>The openings above a search that are decided by its answer.</summary>
    public Interval HeldBack { get; init; }

    /// <summary>The reply whose rest this page is, where it is one.</summary>
    public ShortReply? RestOf { get; init; }

    /// <summary>How often the page has gone back to the queue.</summary>
    public int Round { get; init; }

    /// <summary>The pages that the host had answered when this one was taken.</summary>
    public int AnswersBefore { get; init; }
}

/// <summary>A reply that did not reach down to the start of what was asked.</summary>
internal readonly record struct ShortReply(CandleSource Source, int Rows);
