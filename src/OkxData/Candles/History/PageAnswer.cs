using OkxData.Candles.Wire;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Candles.History;

/// <summary>What a reply says about the openings that were asked for.</summary>
internal sealed class PageAnswer
{
    private PageAnswer()
    {
    }

    /// <summary>Finished rows without an error, oldest first, no opening twice.</summary>
    public required ReadOnlyMemory<Candle> Sound { get; init; }

    /// <summary>The row that still forms, where the reply ends with one.</summary>
    public Candle? Forming { get; private init; }

    public required IReadOnlyList<BadRow> Bad { get; init; }

    /// <summary>Openings that came twice with the same figures.</summary>
    public required IReadOnlyList<DataIssue> Duplicates { get; init; }

    /// <summary>The oldest opening among the rows that were asked for; <see langword="null"/> when there are none.</summary>
    public required long? Oldest { get; init; }

    /// <summary>The newest opening among them.</summary>
    public required long? Newest { get; init; }

    /// <summary>Whether a row older than what was asked for came too.</summary>
    public required bool HasOlder { get; init; }

    /// <summary>The rows in the reply, whatever they are.</summary>
    public required int RowCount { get; init; }

    public bool HasUnplacedRow => Bad.Any(row => row.Opening is null);

    public static PageAnswer Read(SeriesKey key, Interval asked, CandlePage reply)
    {
        var rows = reply.Candles.ToArray();
        Array.Sort(rows, static (a, b) => a.OpenTime.CompareTo(b.OpenTime));
        var bad = reply.BrokenRows
            .Where(row => row.OpenTime is not { } opening || asked.Contains(UnixTime.ToMilliseconds(opening)))
            .Select(row => new BadRow(row.OpenTime is { } opening ? UnixTime.ToMilliseconds(opening) : null, null, [CandleIssues.BrokenRow(key.Symbol, key.Bar, row.Index, row.OpenTime, row.Reason)]))
            .ToList();
        var sound = new List<Candle>(rows.Length);
        var duplicates = new List<DataIssue>();
        var hasOlder = false;
        Candle? forming = null;
        for (var i = 0; i < rows.Length;)
        {
            var opening = CandleRows.OpenMilliseconds(in rows[i]);
            var end = i + 1;
            while (end < rows.Length && rows[end].OpenTime == rows[i].OpenTime)
                end++;
            var sameOpening = rows.AsSpan(i, end - i);
            i = end;
            hasOlder |= opening < asked.Start;
            if (asked.Contains(opening))
                Sort(key, sameOpening, isNewest: end == rows.Length, sound, bad, duplicates, ref forming);
        }

        var openings = bad.Select(row => row.Opening)
            .Concat(sound.Count == 0 ? [] : new Candle[] { sound[0], sound[^1] }.Select(row => (long?)CandleRows.OpenMilliseconds(in row)))
            .Append(forming is { } row ? CandleRows.OpenMilliseconds(in row) : null)
            .ToList();
        return new PageAnswer
        {
            Sound = sound.ToArray(),
            Forming = forming,
            Bad = bad,
            Duplicates = duplicates,
            Oldest = openings.Min(),
            Newest = openings.Max(),
            HasOlder = hasOlder,
            RowCount = reply.Candles.Length + reply.BrokenRows.Count,
        };
    }

    /// <summary>Finds a place for the rows of one opening.</summary>
    private static void Sort(SeriesKey key, ReadOnlySpan<Candle> rows, bool isNewest, List<Candle> sound, List<BadRow> bad, List<DataIssue> duplicates, ref Candle? forming)
    {
        var row = Best(rows);
        var issues = new List<DataIssue>();
        if (!CandleRules.IsSound(in row, key.Grid, long.MaxValue))
            CandleRules.Inspect(key.Symbol, key.Bar, in row, long.MaxValue, issues);
        foreach (ref readonly var other in rows)
        {
            if (other.IsFinished == row.IsFinished && !CandleRows.HaveSameFigures(in other, in row))
                issues.Add(CandleIssues.ConflictingDuplicate(key.Symbol, key.Bar, in row, in other));
        }

        if (!row.IsFinished && !isNewest)
            issues.Add(CandleIssues.Unfinished(key.Symbol, key.Bar, in row));

        if (issues.Count > 0)
            bad.Add(new BadRow(CandleRows.OpenMilliseconds(in row), row, issues));
        else if (row.IsFinished)
            sound.Add(row);
        else
            forming = row;

        if (rows.Length > 1 && issues.Count == 0)
            duplicates.Add(CandleIssues.Duplicate(key.Symbol, key.Bar, in row));
    }

    /// <summary>The row to prefer, whatever the order they came in: finished before forming, then the one that saw more trades.</summary>
    private static Candle Best(ReadOnlySpan<Candle> rows)
    {
        var best = rows[0];
        foreach (ref readonly var row in rows[1..])
        {
            var isBetter = (row.IsFinished, row.QuoteVolume, row.Volume, row.High, row.Close, row.Low, row.Open)
                .CompareTo((best.IsFinished, best.QuoteVolume, best.Volume, best.High, best.Close, best.Low, best.Open)) > 0;
            best = isBetter ? row : best;
        }

        return best;
    }
}
