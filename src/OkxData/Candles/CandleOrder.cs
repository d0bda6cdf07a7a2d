using OkxData.Models;
using OkxData.Time;

namespace OkxData.Candles;

/// <summary>A query that has been checked: what exactly is to be delivered.</summary>
internal sealed record CandleOrder
{
    /// <summary>OKX had no market before; an earlier start would only cost searches.</summary>
    public static readonly DateTimeOffset Beginning = new(2010, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The symbols as OKX writes them, each once.</summary>
    public required IReadOnlyList<string> Symbols { get; init; }

    public required BarSize Bar { get; init; }

    /// <summary>The range as asked for.</summary>
    public required UtcRange Range { get; init; }

    /// <summary>The openings in the range; bars that have not ended are among them only when the caller wants them.</summary>
    public required Interval Openings { get; init; }

    public required bool IncludeUnfinished { get; init; }

    public IProgress<CandleProgress>? Progress { get; init; }

    /// <summary>Whether only a series' own rows are wanted, whatever is joined to it.</summary>
    public bool IsOwnOnly { get; init; }

    /// <summary>The generation to read from the cache; <see langword="null"/> for the present one.</summary>
    public int? Generation { get; init; }

    /// <exception cref="ArgumentException">A part of the query is not valid.</exception>
    public static CandleOrder Check(CandleQuery query, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Generation < 1)
            throw new ArgumentException($"Generation {query.Generation} was asked for; the first is 1.", nameof(query));

        var batch = new CandleBatchQuery { Symbols = [query.Symbol], Bar = query.Bar, From = query.From, To = query.To, IncludeUnfinished = query.IncludeUnfinished };
        return Check(batch, now) with { Generation = query.Generation };
    }

    /// <exception cref="ArgumentException">A part of the query is not valid.</exception>
    public static CandleOrder Check(CandleBatchQuery query, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(query);
        if (query.Symbols is null || query.Symbols.Count == 0)
            throw new ArgumentException("Symbols is empty; name at least one, such as 'BTC-USDT'.", nameof(query));

        var symbols = query.Symbols.Select(symbol => Models.Symbols.Normalize(symbol, nameof(query))).Distinct(StringComparer.Ordinal).ToList();
        var (bar, from, to) = (query.Bar, query.From, query.To);
        if (!bar.IsDefined())
            throw new ArgumentException($"Bar {(int)bar} is not a {nameof(BarSize)}; use one of {string.Join(", ", Enum.GetNames<BarSize>())}.", nameof(query));
        if (to is null && from >= now)
            throw new ArgumentException($"From ({from.UtcDateTime:O}) is not before now ({now.UtcDateTime:O}); give an earlier From, or a To.", nameof(query));
        if (to is { } end && from >= end)
            throw new ArgumentException($"From ({from.UtcDateTime:O}) must be before To ({end.UtcDateTime:O}); From is inclusive and To exclusive.", nameof(query));

        var grid = bar.ToGrid();
        var current = grid.Floor(UnixTime.ToMilliseconds(now));
        var limit = query.IncludeUnfinished ? grid.Add(current, 1) : current;
        var start = from < Beginning ? Beginning : from;
        var until = to is null || to > UnixTime.FromMilliseconds(limit) ? limit : Math.Min(limit, grid.Ceiling(UnixTime.ToMillisecondsCeiling(to.Value)));
        var first = start >= UnixTime.FromMilliseconds(limit) ? limit : grid.Ceiling(UnixTime.ToMillisecondsCeiling(start));
        return new CandleOrder
        {
            Symbols = symbols,
            Bar = bar,
            Range = new UtcRange(from, to ?? now),
            Openings = new Interval(first, Math.Max(first, until)),
            IncludeUnfinished = query.IncludeUnfinished,
            Progress = query.Progress,
        };
    }
}
