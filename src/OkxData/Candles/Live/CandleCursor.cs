using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles.Live;

/// <summary>Where a stream stands in one series: rows come in any order, and each finished one goes out once, in order, without a hole.</summary>
/// <remarks>Neither waits nor asks nor reads a clock. Not thread-safe.</remarks>
internal sealed class CandleCursor(string symbol, BarGrid grid)
{
    /// <summary>How many finished candles may wait for an older one; history has the others when their turn comes.</summary>
    public const int MaxHeld = 512;

    private readonly SortedList<long, HeldRow> _held = [];
    private IntervalSet _absent = IntervalSet.Empty;
    private long? _missingFrom;
    private Candle? _forming;
    private bool _isFormingNew;
    private Candle? _last;

    /// <summary>The opening of the next candle to give; <see langword="null"/> until <see cref="Start"/>.</summary>
    public long? Next { get; private set; }

    /// <summary>The newest opening that a row was seen of: every bar before it has closed.</summary>
    public long Newest { get; private set; } = long.MinValue;

    /// <summary>Says where to begin; what is held from before is let go.</summary>
    /// <param name="next">The opening of the first candle to give.</param>
    /// <param name="missingFrom">The first of the openings directly before it that OKX has no candle of.</param>
    /// <param name="last">The candle given last.</param>
    public void Start(long next, long? missingFrom = null, Candle? last = null)
    {
        (Next, _missingFrom, _last) = (next, missingFrom, last);
        while (_held.Count > 0 && _held.Keys[0] < next)
            _held.RemoveAt(0);
        ForgetStaleForming();
    }

    /// <summary>Takes a row that keeps the rules of the row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="origin">How it came.</param>
    /// <param name="kept">The candle that stays, where the row is in conflict with one.</param>
    public RowFate Take(in Candle row, CandleOrigin origin, out Candle kept)
    {
        kept = default;
        var opening = CandleRows.OpenMilliseconds(in row);
        Newest = Math.Max(Newest, opening);
        var fate = row.IsFinished ? TakeFinished(opening, in row, origin, ref kept) : TakeForming(opening, in row);
        ForgetStaleForming();
        return fate;
    }

    /// <summary>Says that OKX has no candle of these openings.</summary>
    /// <returns>Those that this was not known of and that no row is held of.</returns>
    public IntervalSet MarkAbsent(IntervalSet openings)
    {
        if (Next is not { } next)
            return IntervalSet.Empty;

        var held = _held.Keys.Select(opening => new Interval(opening, grid.Add(opening, 1)));
        var learned = openings.Intersect(new Interval(next, UnixTime.MaxMilliseconds)).Except(_absent).Except(held);
        _absent = _absent.Union(learned);
        return learned;
    }

    /// <summary>The openings, at most a page of them, from the first to the last of which a finished candle must exist and none is held.</summary>
    /// <param name="closedBefore">Bars that open before have closed, as far as anybody knows.</param>
    public Interval? Missing(long closedBefore)
    {
        var until = Math.Max(Newest, closedBefore);
        if (Next is not { } next || next >= until)
            return null;

        Interval? missing = null;
        var end = Math.Min(until, grid.Add(next, CandleEndpoints.PageSize));
        for (var opening = next; opening < end;)
        {
            var following = grid.Add(opening, 1);
            if (!_held.ContainsKey(opening) && !_absent.Contains(opening))
                missing = new Interval(missing?.Start ?? opening, following);
            opening = following;
        }

        return missing;
    }

    /// <summary>Takes the next finished candle out, when it is there.</summary>
    public bool TryTake(out CandleUpdate update)
    {
        SkipAbsent();
        if (Next is not { } next || !_held.Remove(next, out var row))
        {
            update = default;
            return false;
        }

        update = Update(next, row.Candle, row.Origin == CandleOrigin.Live);
        (_missingFrom, _last, Next) = (null, row.Candle, grid.Add(next, 1));
        if (!_absent.IsEmpty)
            _absent = _absent.Intersect(new Interval(next, UnixTime.MaxMilliseconds));
        ForgetStaleForming();
        return true;
    }

    /// <summary>Takes the forming candle out, when it has changed and all before it have been given.</summary>
    public bool TryTakeForming(out CandleUpdate update)
    {
        SkipAbsent();
        if (!_isFormingNew || _forming is not { } forming || Next is not { } next || CandleRows.OpenMilliseconds(in forming) != next)
        {
            update = default;
            return false;
        }

        _isFormingNew = false;
        update = Update(next, in forming, isLive: true);
        return true;
    }

    private RowFate TakeFinished(long opening, in Candle row, CandleOrigin origin, ref Candle kept)
    {
        Candle? known = opening < Next ? _last : _held.TryGetValue(opening, out var held) ? held.Candle : null;
        if (known is { } first && first.OpenTime == row.OpenTime && !CandleRows.HaveSameFigures(in first, in row))
        {
            kept = first;
            return RowFate.Conflict;
        }

        if (known is not null || opening < Next)
            return RowFate.Known;
        if (_held.Count == MaxHeld)
        {
            if (opening > _held.Keys[^1])
                return RowFate.NoRoom;
            _held.RemoveAt(MaxHeld - 1);
        }

        _held.Add(opening, new HeldRow(row, origin));
        return RowFate.Held;
    }

    private RowFate TakeForming(long opening, in Candle row)
    {
        if (opening < Newest || opening < Next || _held.ContainsKey(opening))
            return RowFate.Known;

        // Within a bar trades only add up, so of two rows the one with more volume is the later one.
        if (_forming is { } known && known.OpenTime == row.OpenTime && (row.Volume < known.Volume || CandleRows.HaveSameFigures(in known, in row)))
            return RowFate.Known;

        (_forming, _isFormingNew) = (row, true);
        return RowFate.Held;
    }

    /// <summary>Lets the forming candle go once its bar, or a later one, is known to be over.</summary>
    private void ForgetStaleForming()
    {
        if (_forming is { } forming && CandleRows.OpenMilliseconds(in forming) is var opening && (opening < Newest || opening < Next || _held.ContainsKey(opening)))
            (_forming, _isFormingNew) = (null, false);
    }

    private void SkipAbsent()
    {
        while (Next is { } next && _absent.Contains(next) && !_held.ContainsKey(next))
        {
            var end = _absent.First(interval => interval.Contains(next)).End;
            _missingFrom ??= next;
            Next = _held.Count > 0 ? Math.Min(end, _held.Keys[0]) : end;
        }
    }

    private CandleUpdate Update(long opening, in Candle candle, bool isLive) => new()
    {
        Symbol = symbol,
        Candle = candle,
        IsLive = isLive,
        MissingBefore = _missingFrom is { } from && from < opening ? new Interval(from, opening).ToRange() : null,
    };

    // A struct of its own, so that a held candle can be compared in place.
    private readonly struct HeldRow(in Candle candle, CandleOrigin origin)
    {
        public readonly Candle Candle = candle;

        public readonly CandleOrigin Origin = origin;
    }
}
