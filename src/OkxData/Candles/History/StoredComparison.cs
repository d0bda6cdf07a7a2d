using System.Collections;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Candles.History;

/// <summary>Compares stored candles with what OKX says of them now.</summary>
internal sealed class StoredComparison(SeriesKey key, ReadOnlyMemory<Candle> stored)
{
    private readonly BitArray _same = new(stored.Length);
    private readonly Dictionary<int, Candle> _changed = [];

    /// <summary>Takes a received row in.</summary>
    /// <returns>Whether there is a stored one, and whether it differs.</returns>
    public (bool IsStored, bool Differs) Take(in Candle received)
    {
        var at = CandleRows.LowerBound(stored.Span, CandleRows.OpenMilliseconds(in received));
        if (at == stored.Length || stored.Span[at].OpenTime != received.OpenTime)
            return default;

        var differs = !CandleRows.HaveSameFigures(in stored.Span[at], in received);
        _same[at] = !differs;
        if (differs)
            _changed[at] = received;
        else
            _changed.Remove(at);
        return (true, differs);
    }

    /// <summary>How what is stored differs from what OKX says.</summary>
    /// <param name="vanished">The openings of stored candles that OKX no longer has.</param>
    /// <param name="joint">Where stored and new candles meet at prices that cannot be one asset's.</param>
    public SeriesChange Result(IntervalSet vanished, SeriesBreak? joint)
    {
        // What follows a stored candle tells nothing where OKX no longer has that one, or has another in its place.
        if (joint is { } gap && (IsOther(gap.Before, vanished) || IsOther(gap.After, vanished)))
            joint = null;
        if (_changed.Count == 0 && vanished.IsEmpty && joint is null)
            return SeriesChange.None;

        var issues = new List<DataIssue>();
        var (hasSame, lastSame) = (_same.HasAnySet(), -1);
        var run = new List<StoredDifference>();
        var runRule = "";
        for (var i = 0; i < stored.Length; i++)
        {
            var rule = RuleOf(i, vanished, hasSame);
            if (rule != runRule && run.Count > 0)
                issues.Add(End(run, runRule, hasSame));
            runRule = rule;
            if (_same[i])
                lastSame = i;
            if (rule.Length > 0)
                run.Add(new StoredDifference(stored.Span[i], _changed.TryGetValue(i, out var received) ? received : null));
        }

        if (run.Count > 0)
            issues.Add(End(run, runRule, hasSame));
        if (joint is { } broken)
            issues.Add(CandleIssues.Break(key.Symbol, key.Bar, broken.Before, broken.After));

        var begins = joint is { } at ? CandleRows.OpenMilliseconds(at.After) : BeginningAfter(lastSame);
        var isOther = begins is not null || (!hasSame && issues.Exists(issue => issue.Rule == ValidationRules.CandlePossibleRelisting));
        return new SeriesChange(issues, isOther, begins) { ContinuesFirst = begins is not null };
    }

    /// <summary>Where, after rows that are as they were, OKX goes on at another price: it keeps the candles of both assets under one name.</summary>
    private long? BeginningAfter(int lastSame)
    {
        if (lastSame < 0)
            return null;

        var before = stored.Span[lastSame];
        for (var i = lastSame + 1; i < stored.Length; i++)
        {
            if (!_changed.TryGetValue(i, out var received))
                continue;
            if (CandleRules.LooksRelisted(in stored.Span[i], in received, SeriesBreak.JointFactor) && SeriesBreak.IsBetween(in before, in received, SeriesBreak.JointFactor))
                return CandleRows.OpenMilliseconds(in received);
            before = received;
        }

        return null;
    }

    private bool IsOther(in Candle row, IntervalSet vanished) =>
        vanished.Contains(CandleRows.OpenMilliseconds(in row)) || _changed.ContainsKey(CandleRows.LowerBound(stored.Span, CandleRows.OpenMilliseconds(in row)));

    private string RuleOf(int at, IntervalSet vanished, bool hasSame)
    {
        if (_changed.TryGetValue(at, out var received))
            return CandleRules.LooksRelisted(in stored.Span[at], in received, SeriesBreak.JointFactor) ? ValidationRules.CandlePossibleRelisting : ValidationRules.CandleRevised;
        return !vanished.Contains(CandleRows.OpenMilliseconds(in stored.Span[at])) ? "" : hasSame ? ValidationRules.CandleVanished : Gone;
    }

    // Found under the rule of a possible relisting, but not by its price.
    private const string Gone = "gone";

    private DataIssue End(List<StoredDifference> run, string rule, bool hasSame)
    {
        var differences = run.ToArray();
        run.Clear();
        return rule switch
        {
            ValidationRules.CandleRevised => CandleIssues.Revised(key.Symbol, key.Bar, differences),
            ValidationRules.CandlePossibleRelisting => CandleIssues.PossibleRelisting(key.Symbol, key.Bar, differences),
            _ => CandleIssues.Vanished(key.Symbol, key.Bar, differences, hasSame),
        };
    }
}
