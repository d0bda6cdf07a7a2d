using System.Text.Json.Serialization;
using OkxData.Time;

namespace OkxData.Candles.Archive;

/// <summary>What is known of a series beyond its rows. Instants are Unix milliseconds.</summary>
internal sealed record SeriesFacts
{
    public static SeriesFacts None { get; } = new();

    /// <summary>The opening of the first candle that OKX has.</summary>
    public long? FirstAvailable { get; init; }

    /// <summary>When OKX said so.</summary>
    public long? FirstAvailableAskedAt { get; init; }

    /// <summary>The opening of the newest finished candle ever received.</summary>
    public long? LastFinished { get; init; }

    /// <summary>When OKX first said that it does not know the instrument any more.</summary>
    public long? DelistedSince { get; init; }

    /// <summary>The present generation; the first where it is not said.</summary>
    public int? Generation { get; init; }

    /// <summary>When the present generation was begun.</summary>
    public long? GenerationSince { get; init; }

    /// <summary>The rule that was broken by what OKX said, and accepted.</summary>
    public string? GenerationReason { get; init; }

    /// <summary>The first opening of the present generation: what OKX has from before it belongs to an earlier one.</summary>
    public long? Begins { get; init; }

    /// <summary>A generation whose files may still stand in the place of the present one's.</summary>
    public int? Retiring { get; init; }

    /// <summary>The series of another name that comes before this one.</summary>
    public SeriesJoin? Join { get; init; }

    /// <summary>The times during which the instrument was not listed.</summary>
    public IReadOnlyList<SeriesAbsence>? Absences { get; init; }

    [JsonIgnore]
    public int Number => Generation ?? 1;

    /// <summary>What both know; the later answer counts. The generation and what is joined to it are not learned, but set.</summary>
    public SeriesFacts Merge(SeriesFacts later)
    {
        var laterKnowsFirst = (later.FirstAvailableAskedAt ?? long.MinValue) >= (FirstAvailableAskedAt ?? long.MinValue) && later.FirstAvailable is not null;
        return this with
        {
            FirstAvailable = laterKnowsFirst ? later.FirstAvailable : FirstAvailable,
            FirstAvailableAskedAt = laterKnowsFirst ? later.FirstAvailableAskedAt : FirstAvailableAskedAt,
            LastFinished = Later(LastFinished, later.LastFinished),
            DelistedSince = later.DelistedSince is null ? DelistedSince : DelistedSince ?? later.DelistedSince,
        };
    }

    /// <summary>The instrument is listed again.</summary>
    /// <param name="absence">The openings without a candle; empty where there are none.</param>
    public SeriesFacts Relist(Interval absence) => this with
    {
        DelistedSince = null,
        Absences = absence.IsEmpty ? Absences : [.. Absences ?? [], new SeriesAbsence(absence.Start, absence.End)],
    };

    private static long? Later(long? a, long? b) => a is null ? b : b is null ? a : Math.Max(a.Value, b.Value);
}

/// <summary>Another series that comes before one: what it has from before an opening.</summary>
/// <param name="Symbol">The older name.</param>
/// <param name="Generation">The generation of it that was joined.</param>
/// <param name="At">The first opening of the newer name's own rows.</param>
/// <param name="JoinedAt">When that was asked for.</param>
internal sealed record SeriesJoin(string Symbol, int Generation, long At, long JoinedAt);

/// <summary>The openings between a delisting and the listing that followed.</summary>
internal sealed record SeriesAbsence(long Start, long End);
