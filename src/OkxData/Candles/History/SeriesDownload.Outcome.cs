using OkxData.Candles.Archive;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Candles.History;

/// <content>What has come of it so far, for the archive and for the caller.</content>
internal sealed partial class SeriesDownload
{
    private int _archivedBatches;
    private IntervalSet _archivedCover = IntervalSet.Empty;

    /// <summary>The candle that still forms, where OKX sent one.</summary>
    public Candle? Forming => _unfinished.Count > 0 && _unfinished.Keys.Max() is var newest && !(newest < NewestFinished) ? _unfinished[newest] : null;

    /// <summary>Whether OKX does not know the instrument (any more) and the archive does.</summary>
    public bool IsDelisted => Failure is OkxApiException { Code: OkxErrorCodes.UnknownInstrument or OkxErrorCodes.Settled } && !Archived.Candles.IsEmpty;

    /// <summary>Whether some of what is wanted is held, so that it may stand in for an answer.</summary>
    public bool HasStandIn => !CandleRows.Slice(Archived.Candles, Wanted).IsEmpty;

    /// <summary>Whether OKX could not answer and what is held stands in.</summary>
    public bool IsStale => Failure is { IsTransient: true } && HasStandIn;

    /// <summary>The openings that were to be asked for and were not answered.</summary>
    public IntervalSet Unanswered => _todo.Except(CandleRows.Openings(Archived.Candles.Span, Key.Grid)).Except(_proven);

    /// <summary>The openings that are wanted and not held, before anything is asked.</summary>
    public IntervalSet Missing => _historyTodo.Union(_sharedTodo).Except(_toVerify);

    /// <summary>The opening of the newest finished candle known, stored or received.</summary>
    public long? NewestFinished => _newestReceived is null || _newestKnown > _newestReceived ? _newestKnown : _newestReceived;

    /// <summary>How what is stored differs from what OKX says now; if at all, nothing is added to it.</summary>
    public SeriesChange Change => _comparison.Result(Vanished, new SeriesBreakSearch(Key.Grid, Archived.Candles, _proven).Find(_fresh));

    /// <summary>How what is stored differs from what was fetched as if nothing were.</summary>
    public SeriesChange CompareWith(ArchivedSeries stored)
    {
        var received = Received();
        var comparison = new StoredComparison(Key, stored.Candles);
        foreach (ref readonly var row in received.Span)
            comparison.Take(in row);

        var gone = CandleRows.Openings(CandleRows.Slice(stored.Candles, Wanted).Span, Key.Grid).Except(CandleRows.Openings(received.Span, Key.Grid));
        var added = received.ToArray().Where(row => !CandleRows.TryFind(stored.Candles.Span, CandleRows.OpenMilliseconds(in row), out _)).ToArray();
        var change = comparison.Result(WithoutBad(gone.Except(gone.Except(_proven))), new SeriesBreakSearch(Key.Grid, stored.Candles, _proven).Find([added]));
        return change is { IsOtherAsset: true, Begins: null } ? change with { Begins = SeriesBreakSearch.LastIn(Key.Grid, received.Span) } : change;
    }

    /// <summary>Where the instrument was found delisted and OKX has candles of it again: the openings between without one, which may be none.</summary>
    public Interval? Absence
    {
        get
        {
            if (Archived.Facts.DelistedSince is not { } since || Failure is not null || !HasAsked)
                return null;

            var rows = CandleRows.Merge(Archived.Candles, Received()).Span;
            var after = CandleRows.LowerBound(rows, since);
            if (after == rows.Length)
                return null;

            var before = after > 0 ? CandleRows.OpenMilliseconds(in rows[after - 1]) : Archived.Facts.LastFinished;
            return before is { } last && last < since ? new Interval(Key.Grid.Add(last, 1), CandleRows.OpenMilliseconds(in rows[after])) : default(Interval);
        }
    }

    /// <summary>The opening before which OKX has no candle, where an answer says so.</summary>
    public long? FirstAvailable
    {
        get
        {
            if (_nothingBefore is not { } bound || _hasOlder)
                return null;

            var first = FirstKnown();
            return first is { } opening && (opening <= bound || _proven.Union(Archived.Covered).Covers(new Interval(bound, opening))) ? opening : null;
        }
    }

    /// <summary>The openings that count as answered for: proven ones, up to the newest finished candle, without those whose row is bad or still forms.</summary>
    public IntervalSet Covered
    {
        get
        {
            if (NewestFinished is not { } newest)
                return IntervalSet.Empty;

            var open = _bad.Keys.Concat(_unfinished.Keys)
                .Select(opening => new Interval(opening, Key.Grid.Add(opening, 1)));
            return _proven.Intersect(new Interval(UnixTime.MinMilliseconds, Key.Grid.Add(newest, 1))).Except(open);
        }
    }

    /// <summary>The findings about rows that were not taken as they came.</summary>
    public IEnumerable<DataIssue> Issues => _bad.Values.Concat(_unplaced).SelectMany(row => row.Issues)
        .Concat(Stuck.Select(row => CandleIssues.Unfinished(Key.Symbol, Key.Bar, in row))).Concat(_duplicates);

    /// <summary>The readable rows that are wrong; they are never stored.</summary>
    public IEnumerable<Candle> BadCandles => _bad.Values.Where(row => row.Candle is not null).Select(row => row.Candle!.Value).Concat(Stuck);

    /// <summary>The openings for which OKX has sent a row that is wrong or cannot be read.</summary>
    public IEnumerable<long> BadOpenings => _bad.Keys;

    /// <summary>All sound finished rows received, oldest first.</summary>
    public ReadOnlyMemory<Candle> Received() => CandleRows.Join(_fresh);

    /// <summary>What has arrived since the last call and may be stored; <see langword="null"/> when there is nothing, or when the comparison with what is stored is still out or has failed.</summary>
    public ArchiveAddition? TakeForArchive(long now)
    {
        if (!_toVerify.IsEmpty || MayYetBreak || Change.IsAny)
            return null;

        var rows = CandleRows.Join(_fresh[_archivedBatches..]);
        var covered = Covered;
        var newlyCovered = covered.Except(_archivedCover);
        if (rows.IsEmpty && newlyCovered.IsEmpty)
            return null;

        _archivedBatches = _fresh.Count;
        _archivedCover = covered;
        return AdditionOf(rows, newlyCovered, now);
    }

    /// <summary>All that has arrived.</summary>
    public ArchiveAddition TakeAll(long now) => AdditionOf(Received(), Covered, now);

    private ArchiveAddition AdditionOf(ReadOnlyMemory<Candle> rows, IntervalSet covered, long now)
    {
        var facts = new SeriesFacts
        {
            FirstAvailable = FirstAvailable,
            FirstAvailableAskedAt = FirstAvailable is null ? null : now,
            LastFinished = NewestFinished,
        };
        return new ArchiveAddition(Key, rows, covered, facts, now, Archived.Facts.Number);
    }

    /// <summary>The stored openings that OKX has no candle of any more, where it has others.</summary>
    private IntervalSet Vanished => _newestReceived is null || _toVerify.IsEmpty
        ? IntervalSet.Empty
        : WithoutBad(_toVerify.Except(_toVerify.Except(_proven)));

    private IntervalSet WithoutBad(IntervalSet openings) => openings.Except(_bad.Keys.Select(opening => new Interval(opening, Key.Grid.Add(opening, 1))));

    /// <summary>Whether it is still open what follows the last stored candle, which the rows above it depend on.</summary>
    private bool MayYetBreak => !IsComplete && !Archived.Candles.IsEmpty && Archived.Candles.Span[^1] is var last && _todo.Contains(CandleRows.OpenMilliseconds(in last))
        && _fresh.Any(batch => batch.Span[^1].OpenTime > last.OpenTime) && new SeriesBreakSearch(Key.Grid, Archived.Candles, _proven).IsOpenAbove(_fresh);

    /// <summary>Rows that are said to form although a newer one has finished.</summary>
    private IEnumerable<Candle> Stuck => _unfinished.Where(row => row.Key < NewestFinished).Select(row => row.Value);

    private long? FirstKnown()
    {
        long? stored = Archived.Candles.IsEmpty ? null : CandleRows.OpenMilliseconds(in Archived.Candles.Span[0]);
        return _fresh.Select(batch => (long?)CandleRows.OpenMilliseconds(in batch.Span[0])).Append(stored).Min();
    }
}
