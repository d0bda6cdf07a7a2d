using OkxData.Caching;
using OkxData.Candles.Archive;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Catalog;

/// <summary>Walks over all files of a cache, and over what they say of each other. One walk, one instance.</summary>
internal sealed class CatalogVerifier(ICacheStore store, TimeProvider timeProvider)
{
    private static readonly TimeSpan MomentOfAConversion = TimeSpan.FromMilliseconds(250);

    private readonly CatalogReader _reader = new(store);
    private readonly double _spikeFactor = new ValidationOptions().PriceSpikeFactor;
    private readonly List<(CatalogKey One, CatalogKey Other)> _inTwoFormats = [];
    private readonly List<CatalogFinding> _findings = [];
    private readonly List<CatalogFinding> _remarks = [];
    private readonly List<FileReport> _ofSeries = [];
    private readonly HashSet<(CatalogSeries Series, int Generation)> _held = [];
    private readonly List<(CatalogSeries Newer, SeriesJoin Join)> _joins = [];
    private int _files;
    private int _series;
    private long _candles;
    private long _bytes;

    public async Task<CatalogVerification> RunAsync(IProgress<CatalogProgress>? progress, CancellationToken cancellationToken)
    {
        var keys = await FindKeysAsync(cancellationToken).ConfigureAwait(false);
        var inspector = new FileInspector(_reader, keys.Select(key => key.Text).ToHashSet(StringComparer.Ordinal), timeProvider);
        var done = 0;
        await foreach (var report in OrderedWork.SelectAsync(keys, inspector.InspectAsync, cancellationToken).ConfigureAwait(false))
        {
            if (_ofSeries.Count > 0 && (report.Key.Kind != CatalogKind.Segment || report.Key.Series != _ofSeries[0].Key.Series))
                await CloseSeriesAsync(cancellationToken).ConfigureAwait(false);
            Take(report);
            progress?.Report(new CatalogProgress(++done, keys.Count, report.Key.Text));
        }

        if (_ofSeries.Count > 0)
            await CloseSeriesAsync(cancellationToken).ConfigureAwait(false);
        await AddTwoFormatsAsync(cancellationToken).ConfigureAwait(false);
        await AddLostJoinsAsync(keys, cancellationToken).ConfigureAwait(false);
        await AddStrangersAsync(cancellationToken).ConfigureAwait(false);
        return new CatalogVerification
        {
            Files = _files,
            SizeBytes = _bytes,
            Series = _series,
            Candles = _candles,
            Findings = [.. _findings.OrderBy(finding => finding.Key, StringComparer.Ordinal)],
            Remarks = [.. _remarks.OrderBy(remark => remark.Key, StringComparer.Ordinal)],
        };
    }

    private async Task<List<CatalogKey>> FindKeysAsync(CancellationToken cancellationToken)
    {
        var keys = new List<CatalogKey>();
        await foreach (var text in store.ListAsync("", cancellationToken).ConfigureAwait(false))
            keys.Add(CatalogKey.Parse(text));

        // The segments of a series come one after another, oldest first; all else before them.
        return [.. keys.OrderBy(key => key.Kind == CatalogKind.Segment).ThenBy(key => key.Series).ThenBy(key => key.Text, StringComparer.Ordinal)];
    }

    private void Take(FileReport report)
    {
        if (report.IsGone)
            return;

        _files++;
        _bytes += report.SizeBytes;
        _candles += report.Rows;
        _findings.AddRange(report.Findings);
        _remarks.AddRange(report.Remarks);
        if (report.Key.Kind != CatalogKind.Segment)
            return;

        _ofSeries.Add(report);
        if (report.Last is not null)
            _held.Add((report.Key.Series.Present, report.Generation));
    }

    private async Task CloseSeriesAsync(CancellationToken cancellationToken)
    {
        _series++;
        var reports = _ofSeries.ToList();
        var series = reports[0].Key.Series;
        _ofSeries.Clear();
        foreach (var (before, after) in reports.Zip(reports.Skip(1)))
        {
            if (before.Key.Segment == after.Key.Segment)
                _inTwoFormats.Add((before.Key, after.Key));
            else if (before.Generation == after.Generation && before.Last is { } last && after.First is { } first && CandleRules.IsApart((double)last.Close, (double)first.Close, _spikeFactor))
                _remarks.Add(CatalogFindings.Of(after.Key.Text, CandleIssues.PriceSpike(series.Key.Symbol, series.Key.Bar, in last, in first)));
        }

        if (series.Generation is null && reports.Any(report => report.Last is not null))
            await CheckFactsAsync(series, reports, cancellationToken).ConfigureAwait(false);
    }

    // Read after the rows, as they are written before them: a writer at work makes no finding.
    private async Task CheckFactsAsync(CatalogSeries series, List<FileReport> reports, CancellationToken cancellationToken)
    {
        var (facts, item, finding) = await _reader.ReadFactsAsync(series, cancellationToken).ConfigureAwait(false);
        var key = CatalogKey.FactsOf(series).Text;
        if (item is null && finding is null)
            _remarks.Add(CatalogFindings.FactsMissing(key));
        if (facts is null)
            return;

        if (facts.Join is { } join)
            _joins.Add((series, join));
        foreach (var report in reports.Where(report => report.Last is not null))
        {
            if (report.Generation < facts.Number)
                _remarks.Add(CatalogFindings.Retiring(report.Key.Text, report.Generation, facts.Number));
            else if (report.Generation > facts.Number)
                _findings.Add(CatalogFindings.FactsBehind(key, report.Generation, facts.Number));
        }

        var newest = reports.Where(report => report.Generation == facts.Number).Max(report => report.Last?.OpenTime);
        if (facts.LastFinished is { } known && newest is { } held && known < UnixTime.ToMilliseconds(held))
            _findings.Add(CatalogFindings.FactsBehind(key, UnixTime.FromMilliseconds(known), held));
    }

    // A writer that converts has both for a moment, so they are looked for once more, when some time has passed.
    private async Task AddTwoFormatsAsync(CancellationToken cancellationToken)
    {
        if (_inTwoFormats.Count > 0)
            await Task.Delay(MomentOfAConversion, timeProvider, cancellationToken).ConfigureAwait(false);
        foreach (var (one, other) in _inTwoFormats)
        {
            if ((await _reader.ReadItemAsync(one.Text, cancellationToken).ConfigureAwait(false)).Item is not null
                && (await _reader.ReadItemAsync(other.Text, cancellationToken).ConfigureAwait(false)).Item is not null)
            {
                _findings.Add(CatalogFindings.TwoFormats(other.Text, one.Text));
            }
        }
    }

    // Two names that were fetched and joined since the walk began are none that has been lost, so what has come since is looked for.
    private async Task AddLostJoinsAsync(List<CatalogKey> walked, CancellationToken cancellationToken)
    {
        foreach (var (newer, join) in _joins)
        {
            var older = newer with { Key = newer.Key with { Symbol = join.Symbol } };
            if (_held.Contains((older, join.Generation)))
                continue;

            var seen = walked.Where(key => key.Series.Present == older).Select(key => key.Text).ToHashSet(StringComparer.Ordinal);
            if (!await HasOthersAsync(older, seen, cancellationToken).ConfigureAwait(false))
                _findings.Add(CatalogFindings.JoinLost(CatalogKey.FactsOf(newer).Text, newer, join));
        }
    }

    private async Task<bool> HasOthersAsync(CatalogSeries series, HashSet<string> seen, CancellationToken cancellationToken)
    {
        await foreach (var text in store.ListAsync(series.Root + "/", cancellationToken).ConfigureAwait(false))
        {
            if (CatalogKey.Parse(text).Kind == CatalogKind.Segment && !seen.Contains(text))
                return true;
        }

        return false;
    }

    private async Task AddStrangersAsync(CancellationToken cancellationToken)
    {
        if (store is not FileCacheStore files)
            return;

        await foreach (var stranger in files.ListStrangersAsync(cancellationToken).ConfigureAwait(false))
        {
            _files++;
            _findings.Add(stranger switch
            {
                { IsOrphan: true } => CatalogFindings.Orphan(stranger.Path),
                { IsFolder: true } when CacheKey.IsValid(stranger.Path) => CatalogFindings.FolderInPlace(stranger.Path),
                _ => CatalogFindings.Foreign(stranger.Path),
            });
        }
    }
}
