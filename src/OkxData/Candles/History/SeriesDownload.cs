using OkxData.Candles.Archive;
using OkxData.Errors;
using OkxData.Time;

namespace OkxData.Candles.History;

/// <summary>One series on its way: what is still to be asked, what is under way, and what has been answered.</summary>
/// <remarks>Not thread-safe; the download calls it under its own lock.</remarks>
internal sealed partial class SeriesDownload
{
    private readonly LinkedList<PageRequest> _followUps = [];
    private readonly List<PageRequest> _underWay = [];
    private readonly long? _leadingStart;
    private readonly IntervalSet _todo;
    private IntervalSet _historyTodo;
    private IntervalSet _sharedTodo;

    /// <param name="key">The series.</param>
    /// <param name="wanted">The openings that the caller asked for.</param>
    /// <param name="archived">What is held.</param>
    /// <param name="todo">The openings to ask for, the overlap with what is held included.</param>
    /// <param name="terms">The bounds at the time of planning.</param>
    public SeriesDownload(SeriesKey key, Interval wanted, ArchivedSeries archived, IntervalSet todo, PullTerms terms)
    {
        Key = key;
        Wanted = wanted;
        Archived = archived;
        _todo = todo;
        var boundary = PagePlanner.HistoryBoundary(todo, key.Grid, terms);
        _historyTodo = todo.Intersect(new Interval(UnixTime.MinMilliseconds, boundary));
        _sharedTodo = todo.Intersect(new Interval(boundary, UnixTime.MaxMilliseconds));
        _leadingStart = PagePlanner.LeadingStart(todo, archived);
        _toVerify = PagePlanner.Overlap(todo, archived, key.Grid);
        _newestKnown = PagePlanner.NewestKnown(archived);
        _comparison = new StoredComparison(key, archived.Candles);
    }

    public SeriesKey Key { get; }

    public Interval Wanted { get; }

    public ArchivedSeries Archived { get; }

    /// <summary>Why nothing is asked of OKX although something may be missing; <see langword="null"/> where it is.</summary>
    public string? ClosedBecause { get; init; }

    public OkxException? Failure { get; private set; }

    public bool HasAsked { get; private set; }

    public bool IsComplete => _underWay.Count == 0 && (Failure is not null || (_followUps.Count == 0 && _historyTodo.IsEmpty && _sharedTodo.IsEmpty));

    /// <summary>The bars that are not settled yet.</summary>
    public long PendingBars => Failure is not null ? 0 : _historyTodo.Concat(_sharedTodo).Concat(_followUps.Concat(_underWay).Select(page => page.HeldBack))
        .Concat(_followUps.Concat(_underWay).Select(page => page.Openings)).Sum(interval => Key.Grid.CountBetween(interval.Start, interval.End));

    /// <summary>A page that only history can serve.</summary>
    public PageRequest? TakeHistoryOnly(PullTerms terms) =>
        TakeFollowUp(page => page.Reach == PageReach.HistoryOnly)
        ?? (_historyTodo.IsEmpty ? null : Take(Cut(ref _historyTodo, terms.PageSize), PageReach.HistoryOnly));

    /// <summary>A page that the endpoint can serve and the other one could, too (or, for the recent one, only it).</summary>
    public PageRequest? TakeShared(CandleSource source, PullTerms terms)
    {
        GiveUpToHistory(terms.RecentBound);
        var followUp = TakeFollowUp(page => page.Reach == PageReach.Shared || (page.Reach == PageReach.RecentOnly && source == CandleSource.Recent));
        if (followUp is not null || _sharedTodo.IsEmpty)
            return followUp;

        var remaining = _sharedTodo;
        var openings = Cut(ref remaining, terms.PageSize);
        var reach = openings.End > terms.SettledBound ? PageReach.RecentOnly : PageReach.Shared;
        if (reach == PageReach.RecentOnly && source == CandleSource.History)
            return null;

        _sharedTodo = remaining;
        return Take(openings, reach);
    }

    /// <summary>Puts a page that failed back, for another round: at the other endpoint, where that can serve it.</summary>
    public void Retry(PageRequest page, CandleSource source, PullTerms terms)
    {
        _underWay.Remove(page);
        if (Failure is null)
            _followUps.AddFirst(page with { Round = page.Round + 1, Reach = OtherReach(page, source, terms) });
    }

    /// <summary>Ends the series; what it has received is kept.</summary>
    public void Fail(PageRequest page, OkxException failure)
    {
        _underWay.Remove(page);
        Failure ??= failure;
        _followUps.Clear();
        (_historyTodo, _sharedTodo) = (IntervalSet.Empty, IntervalSet.Empty);
    }

    public PageRequest Stamp(PageRequest page, int answersBefore)
    {
        var stamped = page with { AnswersBefore = answersBefore };
        _underWay[_underWay.IndexOf(page)] = stamped;
        return stamped;
    }

    private PageRequest? TakeFollowUp(Func<PageRequest, bool> canServe)
    {
        for (var node = _followUps.First; node is not null; node = node.Next)
        {
            if (!canServe(node.Value))
                continue;
            _followUps.Remove(node);
            return Begin(node.Value);
        }

        return null;
    }

    private PageRequest Take(Interval openings, PageReach reach) =>
        Begin(new PageRequest { Series = this, Openings = openings, Reach = reach, IsLeading = openings.Start == _leadingStart });

    private PageRequest Begin(PageRequest page)
    {
        HasAsked = true;
        _underWay.Add(page);
        return page;
    }

    /// <summary>Cuts the next page off: from the oldest opening, no longer than a reply, and no further than what is missing.</summary>
    private Interval Cut(ref IntervalSet todo, int pageSize)
    {
        var page = PagePlanner.FirstPage(todo, Key.Grid, pageSize);
        todo = todo.Except([page]);
        return page;
    }

    /// <summary>Hands what has slid out of the recent endpoint's reach since it was planned over to history.</summary>
    private void GiveUpToHistory(long recentBound)
    {
        if (!_sharedTodo.IsEmpty && _sharedTodo[0].Start < recentBound)
        {
            var lost = _sharedTodo.Intersect(new Interval(UnixTime.MinMilliseconds, recentBound));
            _sharedTodo = _sharedTodo.Except(lost);
            _historyTodo = _historyTodo.Union(lost);
        }

        for (var node = _followUps.First; node is not null; node = node.Next)
        {
            if (node.Value.Reach == PageReach.Shared && node.Value.Openings.Start < recentBound)
                node.Value = node.Value with { Reach = PageReach.HistoryOnly };
        }
    }
}
