using System.Runtime.CompilerServices;
using OkxData.Caching;
using OkxData.Candles;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Catalog;

/// <summary>Looks at what a cache holds, without a client and without a network: lists it, checks it, reads it, converts it, prunes it.</summary>
/// <remarks>
/// <para>Works on any <see cref="ICacheStore"/>, also while clients of this and of other processes read and write it. Listing, checking and reading change nothing and take
/// no lock; only <see cref="ConvertAsync"/> and <see cref="PruneAsync"/> write, each file in one step and only in the version that was looked at.</para>
/// <para>Files are read one by one, a few at a time for each processor, so memory does not grow with the cache, save by the names of its files. Thread-safe.</para>
/// </remarks>
public sealed class CacheCatalog
{
    private readonly ICacheStore _store;
    private readonly TimeProvider _timeProvider;
    private readonly CatalogReader _reader;

    /// <summary>Creates a catalog over a store; reads nothing yet.</summary>
    /// <param name="store">The store.</param>
    /// <param name="timeProvider">The clock that ages are counted by; <see langword="null"/> for the system's.</param>
    public CacheCatalog(ICacheStore store, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        _store = store;
        _timeProvider = timeProvider ?? TimeProvider.System;
        _reader = new CatalogReader(store);
    }

    /// <summary>The folder of the file cache where none is chosen: <c>OkxData</c> in the user's local application data, or under the temporary folder where there is no home.</summary>
    public static string DefaultFolder => DefaultCacheDirectory.Resolve();

    /// <summary>Creates a catalog over a folder of the file cache; touches no file yet. A folder that does not exist is an empty cache.</summary>
    /// <param name="folder">The folder, as in <see cref="CachingOptions.Directory"/>; <see langword="null"/> for <see cref="DefaultFolder"/>.</param>
    /// <param name="timeProvider">The clock that ages are counted by; <see langword="null"/> for the system's.</param>
    /// <returns>The catalog.</returns>
    /// <exception cref="ArgumentException">The folder is blank or no path.</exception>
    public static CacheCatalog OpenFolder(string? folder = null, TimeProvider? timeProvider = null) =>
        new(new FileCacheStore(folder ?? DefaultFolder, timeProvider: timeProvider), timeProvider);

    /// <summary>The series that are held, by environment, bar and symbol; an earlier generation of one comes before it.</summary>
    /// <param name="selection">Which series; <see langword="null"/> for all.</param>
    /// <param name="cancellationToken">Ends the listing.</param>
    /// <returns>An entry a series, made while it is asked for. A file that cannot be used is counted in the entry and fails nothing.</returns>
    /// <exception cref="ArgumentException">A symbol or a bar of the selection is not one.</exception>
    /// <exception cref="OkxCacheException">The store cannot be listed.</exception>
    public IAsyncEnumerable<CatalogEntry> ListAsync(CatalogSelection? selection = null, CancellationToken cancellationToken = default)
    {
        var wanted = (selection ?? new CatalogSelection()).Normalized();
        return ListEntriesAsync(wanted, cancellationToken);
    }

    /// <summary>Checks every file: checksum, schema, grid, order, coverage, the rules for candles, the documents, and what does not belong there.</summary>
    /// <param name="progress">Told of each file; called by one thread at a time.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <returns>What was found. Nothing is changed: damaged files stay where they are.</returns>
    /// <exception cref="OkxCacheException">The store cannot be listed.</exception>
    public Task<CatalogVerification> VerifyAsync(IProgress<CatalogProgress>? progress = null, CancellationToken cancellationToken = default) =>
        new CatalogVerifier(_store, _timeProvider).RunAsync(progress, cancellationToken);

    /// <summary>Reads a series.</summary>
    /// <param name="environment">The environment's name, such as <c>global</c>.</param>
    /// <param name="symbol">The instrument, as OKX writes it or like <c>btc/usdt</c>.</param>
    /// <param name="bar">The length of a candle.</param>
    /// <param name="range">Candles that open at or after its start and before its end; <see langword="null"/> for all that is held.</param>
    /// <param name="generation">A generation by its number, as in <see cref="CandleQuery.Generation"/>; <see langword="null"/> for the series as it is now.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The series, with origin <see cref="DataOrigin.Cache"/>. Bars between its candles that are not held are gaps, whether OKX has them or not; candles of an older name that was joined stand under that name.</returns>
    /// <exception cref="ArgumentException">The environment, the symbol or the bar is not one.</exception>
    /// <exception cref="OkxCacheException">Nothing of the series is held, or a file of it is damaged or cannot be read.</exception>
    public Task<CandleSeries> ReadAsync(string environment, string symbol, BarSize bar, UtcRange? range = null, int? generation = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(environment);
        var normalized = Symbols.Normalize(symbol, nameof(symbol));
        if (!bar.IsDefined())
            throw new ArgumentException($"Bar {(int)bar} is not a {nameof(BarSize)}.", nameof(bar));

        return SeriesReader.ReadAsync(_reader, new CatalogSeries(environment, new SeriesKey(normalized, bar), generation), range, cancellationToken);
    }

    /// <summary>Puts candles into a format, equal to the digit, and removes them in the other one.</summary>
    /// <param name="format">The format.</param>
    /// <param name="selection">Which series; <see langword="null"/> for all.</param>
    /// <param name="progress">Told of each segment; called by one thread at a time.</param>
    /// <param name="cancellationToken">Ends the conversion between two files; running it again goes on.</param>
    /// <returns>What was converted, and what was left alone and why.</returns>
    /// <remarks>Rows that other processes write meanwhile are kept. A client writes in the format of its <see cref="CachingOptions.CandleFormat"/>, so set that too.</remarks>
    /// <exception cref="ArgumentException">The format, or a symbol or bar of the selection, is not one.</exception>
    /// <exception cref="OkxCacheException">The store cannot be listed or written.</exception>
    public Task<CatalogConversion> ConvertAsync(CandleFormat format, CatalogSelection? selection = null, IProgress<CatalogProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (!Enum.IsDefined(format))
            throw new ArgumentException($"Format {(int)format} is not a {nameof(CandleFormat)}.", nameof(format));

        var wanted = (selection ?? new CatalogSelection()).Normalized();
        return ConvertSegmentsAsync(format, wanted, progress, cancellationToken);
    }

    /// <summary>Removes what an order names, or only says what it would remove.</summary>
    /// <param name="order">The order; by default a dry run.</param>
    /// <param name="progress">Told of each series; called by one thread at a time.</param>
    /// <param name="cancellationToken">Ends the work between two files.</param>
    /// <returns>Each file that the order means. One that changes meanwhile, or that cannot be removed, stays and says why.</returns>
    /// <exception cref="ArgumentException">The order names nothing, or every series without an age.</exception>
    /// <exception cref="OkxCacheException">The store cannot be listed.</exception>
    public Task<CatalogPruning> PruneAsync(CatalogPruneOrder order, IProgress<CatalogProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(order);
        order.ThrowIfInvalid(nameof(order));
        return new CachePruner(_store, order, _timeProvider).RunAsync(progress, cancellationToken);
    }

    private async IAsyncEnumerable<CatalogEntry> ListEntriesAsync(CatalogSelection selection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var all = new Interval(UnixTime.MinMilliseconds, UnixTime.MaxMilliseconds);
        var found = await _reader.FindSeriesAsync(selection, cancellationToken).ConfigureAwait(false);
        var entries = OrderedWork.SelectAsync(found, async (one, token) => (await SeriesFiles.ReadAsync(_reader, one.Series, one.Segments, all, token).ConfigureAwait(false)).Describe(), cancellationToken);
        await foreach (var entry in entries.ConfigureAwait(false))
            yield return entry;
    }

    private async Task<CatalogConversion> ConvertSegmentsAsync(CandleFormat format, CatalogSelection selection, IProgress<CatalogProgress>? progress, CancellationToken cancellationToken)
    {
        var found = await _reader.FindSeriesAsync(selection, cancellationToken).ConfigureAwait(false);
        var segments = found.SelectMany(one => one.Segments).DistinctBy(key => key.In(format).Text).ToList();
        var converter = new SegmentConverter(_store, format, _timeProvider);
        var leftAlone = new List<CatalogFinding>();
        var (converted, done) = (0, 0);
        await foreach (var (isConverted, finding) in OrderedWork.SelectAsync(segments, converter.ConvertAsync, cancellationToken).ConfigureAwait(false))
        {
            converted += isConverted ? 1 : 0;
            if (finding is not null)
                leftAlone.Add(finding);
            progress?.Report(new CatalogProgress(done + 1, segments.Count, segments[done].In(format).Text));
            done++;
        }

        return new CatalogConversion { Format = format, Converted = converted, Unchanged = segments.Count - converted - leftAlone.Count, LeftAlone = leftAlone };
    }
}
