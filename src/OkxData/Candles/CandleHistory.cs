using System.Globalization;
using OkxData.Caching;
using OkxData.Candles.Archive;
using OkxData.Candles.History;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Candles;

/// <summary>Changes of stored series that only a person can decide on: taking what OKX has changed, and joining names.</summary>
internal sealed class CandleHistory(CandleService candles, CandleArchive? archive, CacheMode mode, TimeProvider timeProvider)
{
    /// <summary>How often it is begun again because another writer was faster.</summary>
    private const int MaxAttempts = 3;

    /// <summary>The calendar ends with this year, so not every instant in it has an opening after it.</summary>
    private static readonly DateTimeOffset LastYear = new(9999, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public Task<CandleSeries> AcceptAsync(string symbol, BarSize bar, CancellationToken cancellationToken)
    {
        var key = KeyOf(symbol, bar, nameof(symbol));
        return AcceptAsync(key, ArchiveFor(key, "OKX cannot be asked what it says now", isOffline: mode == CacheMode.Offline), cancellationToken);
    }

    public Task<CandleSeries> JoinAsync(string symbol, string olderSymbol, BarSize bar, DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var key = KeyOf(symbol, bar, nameof(symbol));
        var older = KeyOf(olderSymbol, bar, nameof(olderSymbol));
        if (Symbols.TypeOf(key.Symbol) != Symbols.TypeOf(older.Symbol))
            throw new ArgumentException($"{older.Symbol} is of type {Symbols.TypeOf(older.Symbol)} and {key.Symbol} of type {Symbols.TypeOf(key.Symbol)}; only instruments of one type can be joined.", nameof(olderSymbol));
        if (Symbols.Currencies(key.Symbol).Quote != Symbols.Currencies(older.Symbol).Quote)
            throw new ArgumentException($"{older.Symbol} is priced in {Symbols.Currencies(older.Symbol).Quote} and {key.Symbol} in {Symbols.Currencies(key.Symbol).Quote}; only instruments with one quote currency can be joined.", nameof(olderSymbol));
        if (at <= CandleOrder.Beginning || at >= LastYear)
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{at:u}' is not between {CandleOrder.Beginning:u} and {LastYear:u}; name the opening from which on the candles are {key.Symbol}'s."), nameof(at));
        return JoinAsync(key, older, at, ArchiveFor(key, "nothing can be joined", isOffline: false), cancellationToken);
    }

    public Task<bool> SeparateAsync(string symbol, BarSize bar, CancellationToken cancellationToken)
    {
        var key = KeyOf(symbol, bar, nameof(symbol));
        return SeparateAsync(key, ArchiveFor(key, "nothing is joined", isOffline: false), cancellationToken);
    }

    private async Task<CandleSeries> AcceptAsync(SeriesKey key, CandleArchive archive, CancellationToken cancellationToken)
    {
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var held = await archive.HeldAsync(key, cancellationToken).ConfigureAwait(false);
            if (held.IsEmpty)
                throw new OkxCacheException($"Nothing is stored of {key}, so there is nothing that OKX could have changed; GetCandlesAsync fetches it.") { Location = key.ToString() };

            // One bar more at the beginning tells whether what comes before belongs to the same asset.
            var now = timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
            var openings = new Interval(key.Grid.Add(held.Start, -1), Math.Max(held.End, key.Grid.Floor(now)));
            var stored = await archive.LoadAsync(key, openings, cancellationToken).ConfigureAwait(false);
            var anew = await candles.FetchAnewAsync(key, stored.Facts.Begins is { } begins ? openings with { Start = Math.Max(begins, openings.Start) } : openings, cancellationToken).ConfigureAwait(false);
            if (await TakeAsync(key, held.Start, stored, anew, archive, cancellationToken).ConfigureAwait(false))
                return await candles.GetCurrentAsync(new CandleQuery { Symbol = key.Symbol, Bar = key.Bar, From = UnixTime.FromMilliseconds(held.Start) }, cancellationToken).ConfigureAwait(false);
        }

        throw new OkxCacheException($"Other writers began generations of {key} {MaxAttempts} times in a row; nothing was accepted. Try again.") { Location = key.ToString() };
    }

    /// <summary>Begins a generation where what was fetched differs from what is stored; else adds it.</summary>
    private async Task<bool> TakeAsync(SeriesKey key, long first, ArchivedSeries stored, SeriesDownload anew, CandleArchive archive, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow().ToUnixTimeMilliseconds();
        var fetched = From(first, anew.TakeAll(now));
        if (fetched.Rows.IsEmpty)
            throw new OkxCacheException($"OKX has no candle of {key} in the time of those that are stored, so there is nothing to take; what is stored is as it was.") { Location = key.ToString() };

        var change = anew.CompareWith(stored);
        if (!change.IsAny)
        {
            await archive.AddAsync(fetched with { Generation = stored.Facts.Number }, cancellationToken).ConfigureAwait(false);
            return true;
        }

        var reason = change.IsOtherAsset ? ValidationRules.CandlePossibleRelisting : change.Issues.Select(issue => issue.Rule).Distinct().Order(StringComparer.Ordinal).Last();
        if (change is { Begins: { } end, ContinuesFirst: true })
            await CompleteAsync(stored, fetched, end, archive, cancellationToken).ConfigureAwait(false);
        var addition = From(change.Begins ?? first, fetched) with
        {
            Generation = stored.Facts.Number + 1,
            Facts = change.Begins is null ? fetched.Facts : fetched.Facts with { FirstAvailable = null, FirstAvailableAskedAt = null },
        };
        return await archive.BeginGenerationAsync(new GenerationStart(addition, reason, change.Begins, KeepsJoin: !change.IsOtherAsset), cancellationToken).ConfigureAwait(false);
    }

    private static ArchiveAddition From(long opening, ArchiveAddition addition)
    {
        var openings = new Interval(opening, UnixTime.MaxMilliseconds);
        return addition with { Rows = CandleRows.Slice(addition.Rows, openings), Covered = addition.Covered.Intersect(openings) };
    }

    /// <summary>Adds what OKX still has of the first asset after what is stored, before another's begin.</summary>
    private static async Task CompleteAsync(ArchivedSeries stored, ArchiveAddition fetched, long end, CandleArchive archive, CancellationToken cancellationToken)
    {
        var rest = new Interval(CandleRows.OpenMilliseconds(in stored.Candles.Span[^1]) + 1, end);
        var rows = CandleRows.Slice(fetched.Rows, rest);
        if (!rows.IsEmpty)
            await archive.AddAsync(fetched with { Rows = rows, Covered = IntervalSet.Empty, Facts = SeriesFacts.None, Generation = stored.Facts.Number }, cancellationToken).ConfigureAwait(false);
    }

    private async Task<CandleSeries> JoinAsync(SeriesKey key, SeriesKey older, DateTimeOffset? at, CandleArchive archive, CancellationToken cancellationToken)
    {
        var (_, generation) = await archive.LoadLastAsync(key, cancellationToken).ConfigureAwait(false);
        var olderGeneration = older == key ? generation - 1 : (await archive.LoadLastAsync(older, cancellationToken).ConfigureAwait(false)).Generation;
        if (olderGeneration == 0)
            throw new ArgumentException($"{key} has one generation only; name the older symbol that its candles continue.");
        await ThrowIfCircularAsync((key, generation), (older, olderGeneration), archive, cancellationToken).ConfigureAwait(false);

        var joint = at is { } instant
            ? key.Grid.Ceiling(UnixTime.ToMillisecondsCeiling(instant))
            : FirstOpening(key, await candles.GetOwnAsync(EverythingOf(key), cancellationToken).ConfigureAwait(false), null);
        var before = EverythingOf(older) with { To = UnixTime.FromMilliseconds(joint), Generation = older == key ? olderGeneration : null };
        var first = FirstOpening(older, await candles.GetAsync(before, cancellationToken).ConfigureAwait(false), joint);
        var join = new SeriesJoin(older.Symbol, olderGeneration, joint, timeProvider.GetUtcNow().ToUnixTimeMilliseconds());
        if (!await SetJoinAsync(key, generation, join, archive, cancellationToken).ConfigureAwait(false))
            throw new OkxCacheException($"A generation of {key} began while {older.Symbol} was to be joined to it; nothing was joined. Try again.") { Location = key.ToString() };

        return await candles.GetAsync(new CandleQuery { Symbol = key.Symbol, Bar = key.Bar, From = UnixTime.FromMilliseconds(first) }, cancellationToken).ConfigureAwait(false);
    }

    private static CandleQuery EverythingOf(SeriesKey key) => new() { Symbol = key.Symbol, Bar = key.Bar, From = CandleOrder.Beginning };

    private static long FirstOpening(SeriesKey key, CandleSeries series, long? end) => series.Count > 0
        ? CandleRows.OpenMilliseconds(series[0])
        : throw new OkxCacheException($"There is no candle of {key}{(end is { } joint ? $" from before {UnixTime.FromMilliseconds(joint):u}" : "")}, so nothing can be joined.") { Location = key.ToString() };

    private static async Task ThrowIfCircularAsync((SeriesKey Key, int Generation) newer, (SeriesKey Key, int Generation) older, CandleArchive archive, CancellationToken cancellationToken)
    {
        for (var at = older; ;)
        {
            if (at == newer)
                throw new ArgumentException($"{newer.Key.Symbol} is already joined to {older.Key.Symbol}; separate the two first.");

            var held = await archive.LoadGenerationAsync(at.Key, default, at.Generation, cancellationToken).ConfigureAwait(false);
            if (held?.Facts.Join is not { } join)
                return;
            at = (at.Key with { Symbol = join.Symbol }, join.Generation);
        }
    }

    private static Task<bool> SetJoinAsync(SeriesKey key, int generation, SeriesJoin? join, CandleArchive archive, CancellationToken cancellationToken) =>
        archive.AddFactsAsync(key, generation, known => known with { Join = join }, cancellationToken);

    private static async Task<bool> SeparateAsync(SeriesKey key, CandleArchive archive, CancellationToken cancellationToken)
    {
        var wasJoined = false;
        var (_, generation) = await archive.LoadLastAsync(key, cancellationToken).ConfigureAwait(false);
        await archive.AddFactsAsync(key, generation, known =>
        {
            wasJoined = known.Join is not null;
            return known with { Join = null };
        }, cancellationToken).ConfigureAwait(false);
        return wasJoined;
    }

    private static SeriesKey KeyOf(string symbol, BarSize bar, string parameterName) => bar.IsDefined()
        ? new SeriesKey(Symbols.Normalize(symbol, parameterName), bar)
        : throw new ArgumentException($"Bar {(int)bar} is not a {nameof(BarSize)}; use one of {string.Join(", ", Enum.GetNames<BarSize>())}.", nameof(bar));

    private CandleArchive ArchiveFor(SeriesKey key, string consequence, bool isOffline) => archive is null || isOffline
        ? throw new OkxCacheException($"With Caching.Mode = {mode} {consequence} about {key}; use {nameof(CacheMode.Normal)}.") { Location = key.ToString() }
        : archive;
}
