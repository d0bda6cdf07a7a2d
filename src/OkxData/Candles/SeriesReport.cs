using OkxData.Candles.History;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Candles;

/// <summary>Says what of a range was found, what was not, and whose candles they are.</summary>
internal static class SeriesReport
{
    public static CoverageReport Of(SeriesPlan plan, CandleOrder order, ReadOnlyMemory<Candle> candles, IReadOnlyList<DataIssue> issues, DateTimeOffset now)
    {
        var (key, own) = (plan.Key, plan.Own);
        var first = FirstOf(plan.Parts[0]);
        if (first is { } opening && !candles.IsEmpty)
            first = Math.Min(opening, CandleRows.OpenMilliseconds(in candles.Span[0]));

        // A bar whose row is bad is one that OKX has, so it is missed where the row is not delivered.
        var current = key.Grid.Floor(UnixTime.ToMilliseconds(now));
        var ended = plan.Parts.SelectMany(part => part.BadOpenings).Select(key.Grid.Floor).Where(bad => bad < current).Select(bad => (long?)bad);
        var newest = ended.Concat(plan.Parts.Select(part => part.NewestFinished)).Append(LastFinished(candles.Span)).Max();
        var start = Math.Max(order.Openings.Start, first is { } known ? key.Grid.Ceiling(known) : long.MinValue);
        var end = newest is { } last ? Math.Min(order.Openings.End, key.Grid.Add(key.Grid.Floor(last), 1)) : start;
        if (own.IsStale)
            end = Math.Max(end, Math.Min(order.Openings.End, current));
        var (expected, observed, gaps) = CoverageCount.Of(key.Grid, new Interval(start, Math.Max(start, end)), candles.Span);
        return new CoverageReport
        {
            Expected = expected,
            Observed = observed,
            Gaps = [.. gaps.Select(gap => gap.ToRange())],
            Issues = gaps.Count == 0 ? issues : ValidationPolicy.InTimeOrder([.. issues, .. plan.Parts.SelectMany(part => GapIssues(key, part, gaps))]),
            FirstAvailable = first is { } value ? UnixTime.FromMilliseconds(value) : null,
            LastObserved = LastFinished(candles.Span) is { } found ? UnixTime.FromMilliseconds(found) : null,
            IsDelisted = own.IsDelisted || (own.Archived.Facts.DelistedSince is not null && own.Absence is null),
        };
    }

    /// <summary>What is to be said of the parts: their generations, their absences, and where they were joined.</summary>
    public static IEnumerable<DataIssue> Notes(SeriesPlan plan, CandleOrder order, ReadOnlyMemory<Candle> rows)
    {
        var (key, facts) = (plan.Key, plan.Own.Archived.Facts);
        if (facts.Number > 1 || plan.IsEarlier)
            yield return CandleIssues.Generation(key.Symbol, key.Bar, facts.Number, facts.GenerationSince, facts.GenerationReason, facts.Begins, plan.IsEarlier);

        foreach (var part in plan.Parts)
        {
            var absences = (part.Archived.Facts.Absences ?? []).Select(absence => new Interval(absence.Start, absence.End));
            foreach (var hole in IntervalSet.Of(part.Change.IsAny ? absences : absences.Append(part.Absence ?? default)).Intersect(part.Wanted))
                yield return CandleIssues.Relisted(part.Key.Symbol, key.Bar, hole.ToRange());
        }

        foreach (var (newer, join, older) in plan.Joints)
        {
            if (!older.Wanted.IsEmpty)
                yield return CandleIssues.Joined(newer.Key.Symbol, key.Bar, join.Symbol, join.Generation, new Interval(order.Openings.Start, older.Wanted.End).ToRange(), join.At);

            var at = CandleRows.LowerBound(rows.Span, join.At);
            if (at > 0 && at < rows.Length && SeriesBreak.IsBetween(in rows.Span[at - 1], in rows.Span[at], SeriesBreak.JointFactor))
                yield return CandleIssues.JoinJump(newer.Key.Symbol, key.Bar, join.Symbol, in rows.Span[at - 1], in rows.Span[at]);
        }
    }

    private static long? FirstOf(SeriesDownload part)
    {
        var first = part.FirstAvailable ?? part.Archived.Facts.FirstAvailable;
        return part.Archived.Facts.Begins is { } begins && !(first > begins) ? begins : first;
    }

    /// <summary>Tells the bars that OKX does not have from those that it was not asked for.</summary>
    private static IEnumerable<DataIssue> GapIssues(SeriesKey key, SeriesDownload part, IReadOnlyList<Interval> gaps)
    {
        var missing = IntervalSet.Of(gaps).Intersect(part.Wanted);
        var notAsked = part.ClosedBecause is not null ? missing.Except(part.Archived.Covered)
            : part.IsStale ? missing.Except(missing.Except(part.Unanswered))
            : IntervalSet.Empty;
        var reason = part.ClosedBecause ?? part.Failure?.Message ?? "";
        return missing.Except(notAsked).Select(gap => CandleIssues.Gap(key.Symbol, key.Bar, gap.ToRange(), key.Grid.CountBetween(gap.Start, gap.End)))
            .Concat(notAsked.Select(gap => CandleIssues.NotAsked(key.Symbol, key.Bar, gap.ToRange(), reason)));
    }

    private static long? LastFinished(ReadOnlySpan<Candle> candles) =>
        candles.LastIndexOfFinished() is >= 0 and var index ? CandleRows.OpenMilliseconds(in candles[index]) : null;
}
