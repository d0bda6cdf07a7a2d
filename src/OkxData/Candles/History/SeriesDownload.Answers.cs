using OkxData.Candles.Wire;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Candles.History;

/// <content>What a reply proves, and what has to be asked next because of it.</content>
internal sealed partial class SeriesDownload
{
    /// <summary>An empty stretch this many pages long is searched by halves instead of asked page by page.</summary>
    private const int SearchFrom = 8;

    private readonly Dictionary<long, BadRow> _bad = [];
    private readonly Dictionary<long, Candle> _unfinished = [];
    private readonly List<BadRow> _unplaced = [];
    private readonly StoredComparison _comparison;
    private readonly List<DataIssue> _duplicates = [];
    private readonly List<ReadOnlyMemory<Candle>> _fresh = [];
    private IntervalSet _toVerify;
    private IntervalSet _proven = IntervalSet.Empty;
    private readonly long? _newestKnown;
    private long? _newestReceived;
    private bool _hasOlder;
    private long? _nothingBefore;

    /// <summary>Takes a reply in; what has to be asked because of it is queued.</summary>
    /// <exception cref="OkxPayloadException">No row of the reply is one that was asked for.</exception>
    public void Accept(PageRequest page, CandleSource source, CandlePage reply, PullTerms terms, ClampMemory clamps)
    {
        _underWay.Remove(page);
        if (Failure is not null)
            return;

        var answer = PageAnswer.Read(Key, page.Openings, reply);
        if (answer is { Oldest: null, RowCount: > 0, HasUnplacedRow: false } && !(page.IsLeading && answer.HasOlder))
        {
            throw new OkxPayloadException($"OKX answered with {answer.RowCount} rows for {Key}, none of them inside {page.Openings.ToRange()} which was asked for. Report this to the library.")
            {
                Endpoint = CandleEndpoints.Of(source).Name,
                Path = "data",
            };
        }

        clamps.NoteReply(source, answer.RowCount);
        if (page.RestOf is { } shortReply && answer.Oldest is not null)
            clamps.NoteShortReply(shortReply.Source, shortReply.Rows);

        var needsSecondLook = TakeRows(page, answer);
        Prove(page, source, answer, terms);
        _hasOlder |= answer.HasOlder;
        if (needsSecondLook && !page.IsSecondLook)
            _followUps.AddLast(page with { IsSecondLook = true, IsSearch = false, RestOf = null, Reach = OtherReach(page, source, terms) });
        if (!page.IsSecondLook)
            AskOn(page, source, answer, terms);
    }

    /// <summary>Keeps the sound rows and remembers the bad ones; tells whether the page is worth a second look.</summary>
    private bool TakeRows(PageRequest page, PageAnswer answer)
    {
        var needsSecondLook = answer.Bad.Count > 0 && (!page.IsSearch || answer.Bad.Any(row => row.Opening is not null));
        var kept = new List<Candle>(answer.Sound.Length);
        foreach (ref readonly var row in answer.Sound.Span)
        {
            var opening = CandleRows.OpenMilliseconds(in row);
            _bad.Remove(opening);
            _unfinished.Remove(opening);
            var (isStored, differs) = _comparison.Take(in row);
            needsSecondLook |= differs;
            if (!isStored)
                kept.Add(row);
        }

        if (kept.Count > 0)
            _fresh.Add(kept.ToArray());
        if (!answer.Sound.IsEmpty)
            _newestReceived = Math.Max(_newestReceived ?? long.MinValue, CandleRows.OpenMilliseconds(in answer.Sound.Span[^1]));
        if (answer.Forming is { } forming && !CandleRows.TryFind(Archived.Candles.Span, CandleRows.OpenMilliseconds(in forming), out _))
            _unfinished[CandleRows.OpenMilliseconds(in forming)] = forming;

        foreach (var row in answer.Bad.Where(row => row.Opening is not null))
            _bad[row.Opening!.Value] = row;
        if (page.IsSecondLook)
            _unplaced.AddRange(answer.Bad.Where(row => row.Opening is null));
        _duplicates.AddRange(answer.Duplicates);
        return needsSecondLook;
    }

    /// <summary>Adds what the reply proves: from its oldest row upward, or, where history answers with nothing, all of it.</summary>
    private void Prove(PageRequest page, CandleSource source, PageAnswer answer, PullTerms terms)
    {
        var settledEnd = Math.Min(page.Openings.End, terms.SettledBound);
        var received = CandleRows.Openings(answer.Sound.Span, Key.Grid);
        _toVerify = _toVerify.Except(received);
        _proven = _proven.Union(received).Union(SpanOf(page, source, answer, settledEnd));
        if (page.IsLeading && answer.RowCount == 0 && source == CandleSource.History)
            _nothingBefore = Math.Max(_nothingBefore ?? long.MinValue, settledEnd);
    }

    private Interval SpanOf(PageRequest page, CandleSource source, PageAnswer answer, long settledEnd)
    {
        if (answer.RowCount == 0)
            return source == CandleSource.History ? page.Openings with { End = settledEnd } : default;
        if (answer.HasUnplacedRow)
            return default;
        if (page.IsLeading && answer.HasOlder)
            return page.Openings with { End = Math.Min(settledEnd, AboveNewest(page, answer)) };
        if (answer.Oldest is not { } oldest)
            return default;
        return new Interval(oldest, page.IsSearch ? Math.Min(settledEnd, AboveNewest(page, answer)) : settledEnd);
    }

    /// <summary>Queues what the reply leaves open: the rest of a short page, another endpoint, or a search through nothing.</summary>
    private void AskOn(PageRequest page, CandleSource source, PageAnswer answer, PullTerms terms)
    {
        if (answer.RowCount == 0)
        {
            if (source == CandleSource.Recent)
                _followUps.AddFirst(page with { Reach = PageReach.HistoryOnly });
            else if (page.IsSearch)
                Search(page.HeldBack);
            else
                SearchAbove(page, terms);
            return;
        }

        if (page.IsLeading && answer.HasOlder)
        {
            AskAbove(page, answer, terms);
            return;
        }

        var hasRest = answer.Oldest > page.Openings.Start;
        var rest = hasRest ? page.Openings with { End = answer.Oldest!.Value } : default;
        if (page.IsSearch)
        {
            AddTodo(page.HeldBack);
            AddTodo(Above(page, answer, terms));
            Search(rest);
        }
        else if (hasRest)
        {
            // The recent endpoint may have lost the bars while the page waited; history has them all.
            var reach = source == CandleSource.Recent && answer.RowCount == terms.PageSize ? page.Reach : PageReach.HistoryOnly;
            _followUps.AddFirst(page with { Openings = rest, Reach = reach, RestOf = new ShortReply(source, answer.RowCount) });
        }
    }

    /// <summary>Asks for what an open-ended page left out above its rows, this time with both bounds.</summary>
    private void AskAbove(PageRequest page, PageAnswer answer, PullTerms terms)
    {
        if (Above(page, answer, terms) is { IsEmpty: false } above)
            _followUps.AddFirst(page with { Openings = above, IsLeading = false });
    }

    /// <summary>
    /// What a page that may hold more than a reply left open above its rows. Which rows OKX keeps of more than it gives at once
    /// is nowhere stated: should it be the oldest, nothing follows from what is not there.
    /// </summary>
    private Interval Above(PageRequest page, PageAnswer answer, PullTerms terms)
    {
        var above = page.Openings with { Start = AboveNewest(page, answer) };
        return above.Start < terms.SettledBound ? above : default;
    }

    /// <summary>The opening after the newest row that was asked for; the page's start where there is none.</summary>
    private long AboveNewest(PageRequest page, PageAnswer answer) => answer.Newest is { } newest ? Key.Grid.Add(Key.Grid.Floor(newest), 1) : page.Openings.Start;

    /// <summary>After an empty page: asks for the next long stretch at once, since it may all be empty. The pages between are under way; where there are rows after all, the answer brings some of them.</summary>
    private void SearchAbove(PageRequest page, PullTerms terms)
    {
        var todo = _historyTodo.Union(_sharedTodo).Intersect(new Interval(page.Openings.End, terms.SettledBound));
        var above = todo.IsEmpty ? default : todo[0];
        if (Pages(above) < SearchFrom)
            return;

        _historyTodo = _historyTodo.Except([above]);
        _sharedTodo = _sharedTodo.Except([above]);
        _followUps.AddFirst(new PageRequest { Series = this, Openings = above, Reach = PageReach.HistoryOnly, IsSearch = true });
    }

    /// <summary>Asks the lower half of a long stretch; the answer tells what becomes of the upper one.</summary>
    private void Search(Interval stretch)
    {
        if (Pages(stretch) < SearchFrom)
        {
            AddTodo(stretch);
            return;
        }

        var middle = Key.Grid.Add(stretch.Start, Key.Grid.CountBetween(stretch.Start, stretch.End) / 2);
        _followUps.AddFirst(new PageRequest
        {
            Series = this,
            Openings = stretch with { End = middle },
            HeldBack = stretch with { Start = middle },
            Reach = PageReach.HistoryOnly,
            IsSearch = true,
        });
    }

    private void AddTodo(Interval stretch) => _historyTodo = _historyTodo.Union(stretch);

    private long Pages(Interval stretch) => stretch.IsEmpty ? 0 : Key.Grid.CountBetween(stretch.Start, stretch.End) / CandleEndpoints.PageSize;

    /// <summary>The other endpoint where it can serve the page, else the same.</summary>
    private static PageReach OtherReach(PageRequest page, CandleSource source, PullTerms terms) => source == CandleSource.Recent
        ? page.Openings.End <= terms.SettledBound ? PageReach.HistoryOnly : PageReach.RecentOnly
        : page.Openings.Start >= terms.RecentBound ? PageReach.RecentOnly : PageReach.HistoryOnly;
}
