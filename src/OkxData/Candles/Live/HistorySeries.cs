using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Candles.Live;

/// <summary>One series on its way through the past.</summary>
internal sealed class HistorySeries(SeriesKey key, long from)
{
    private CandleSeries? _stretch;
    private IntervalSet _gaps = IntervalSet.Empty;
    private int _at;
    private long _settledBefore;

    public SeriesKey Key => key;

    /// <summary>The opening of the next candle to give.</summary>
    public long Next { get; private set; } = from;

    /// <summary>The first of the openings directly before it that OKX has no candle of.</summary>
    public long? MissingFrom { get; private set; }

    /// <summary>The candle given last.</summary>
    public Candle? Last { get; private set; }

    /// <summary>Whether OKX says something else of this series than what is stored; then nothing may be added to that.</summary>
    public bool IsRevised { get; private set; }

    /// <summary>The generation that the candles were compared with; <see langword="null"/> before there are any.</summary>
    public int? Generation { get; private set; }

    /// <summary>Whether OKX has candles from before the stream's beginning; <see langword="null"/> where that is not known and was not needed.</summary>
    public bool? HasOlder { get; set; }

    /// <summary>Whether it decides about the stretch whether OKX has older candles: it lacks the first ones, as it would before a listing.</summary>
    public bool NeedsOlder => HasOlder is null && Last is null && _stretch is { Count: > 0 } stretch
        && CandleRows.OpenMilliseconds(stretch[0]) > Next && _gaps.Contains(key.Grid.Add(CandleRows.OpenMilliseconds(stretch[0]), -1));

    /// <summary>Whether the live part goes on from <see cref="Next"/>.</summary>
    public bool IsJoined { get; private set; }

    /// <summary>OKX has no candle between <see cref="Next"/> and this opening.</summary>
    public long NothingBefore { get; set; } = long.MinValue;

    public void BeginStretch(CandleSeries stretch, long settledBefore, LiveReport report)
    {
        (_stretch, _at, _settledBefore) = (stretch, 0, settledBefore);
        Generation = stretch.Generation;
        _gaps = IntervalSet.Of(stretch.Coverage.Gaps.Select(Interval.From));
        if (!IsRevised && stretch.Coverage.Issues.Any(issue => issue.Rule is ValidationRules.CandleRevised or ValidationRules.CandlePossibleRelisting or ValidationRules.CandleVanished))
        {
            IsRevised = true;
            report.NotArchived(key, "OKX says something else than what is stored; AcceptHistoryAsync takes what it says, as a new generation");
        }
    }

    /// <summary>Takes the candle of this opening out, when it is there and nothing before it is open.</summary>
    public bool TryTake(long opening, LiveReport report, out CandleUpdate update)
    {
        update = default;
        if (IsJoined || _stretch is not { } stretch)
            return false;

        // Rows that break a rule are left out; they count as missing.
        while (_at < stretch.Count && (CandleRows.OpenMilliseconds(stretch[_at]) < opening || !IsFit(stretch[_at])))
            _at++;
        if (_at == stretch.Count || CandleRows.OpenMilliseconds(stretch[_at]) != opening || !Reach(opening, report))
            return false;

        Last = stretch[_at++];
        update = new CandleUpdate
        {
            Symbol = key.Symbol,
            Candle = Last.Value,
            IsLive = false,
            MissingBefore = MissingFrom is { } missing ? new Interval(missing, opening).ToRange() : null,
        };
        (Next, MissingFrom) = (key.Grid.Add(opening, 1), null);
        return true;
    }

    /// <summary>Lets go of the stretch.</summary>
    /// <returns>Whether the series has come on; where it has not, there may be nothing for long.</returns>
    public bool EndStretch()
    {
        var hasRows = _stretch is { Count: > 0 };
        _stretch = null;

        // The history service would take what follows for the same asset, and store it.
        IsJoined |= IsRevised;
        return hasRows || IsJoined;
    }

    /// <summary>Goes over what lies before the opening, unless it is so young that it may still come.</summary>
    private bool Reach(long opening, LiveReport report)
    {
        if (opening == Next)
            return true;

        // Before the first candle that OKX has nothing is missing.
        var hole = new Interval(Next, opening);
        if (Last is null && HasOlder is not true)
        {
            Next = opening;
            return true;
        }

        if (hole.End > _settledBefore)
        {
            IsJoined = true;
            return false;
        }

        MissingFrom ??= hole.Start;
        report.Missing(key, IntervalSet.Of(hole));
        Next = opening;
        return true;
    }

    private bool IsFit(in Candle candle) => candle.IsFinished && CandleRules.IsSound(in candle, key.Grid, long.MaxValue);
}
