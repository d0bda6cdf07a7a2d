using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.Live;

/// <summary>What a stream asks of OKX's history for one series.</summary>
internal sealed record RefillRequest
{
    /// <summary>The openings that are missing, and where newer ones are to be told from them, those; a page at most.</summary>
    public required Interval Openings { get; init; }

    /// <summary>The end of all bars that have begun, as far as the stream knows.</summary>
    public required long BegunBefore { get; init; }

    public required CandleSource Source { get; init; }

    /// <summary>Whether what a reply leaves out below its oldest row is asked for.</summary>
    public bool HasRest { get; init; } = true;

    /// <summary>Whether openings may be judged to have no candle.</summary>
    public required bool IsJudging { get; init; }

    /// <summary>Openings before this one closed long enough ago to be judged by newer ones.</summary>
    public long JudgedBefore { get; init; }

    /// <summary>Openings before this one closed so long ago that no answer at all counts, too.</summary>
    public long SilentBefore { get; init; }
}

/// <summary>What history answered.</summary>
/// <param name="Rows">Finished candles that keep the rules.</param>
/// <param name="Absent">Openings that OKX has no candle of.</param>
/// <param name="Issues">What is wrong with the rows that were left out.</param>
internal sealed record RefillAnswer(IReadOnlyList<Candle> Rows, IntervalSet Absent, IReadOnlyList<DataIssue> Issues);
