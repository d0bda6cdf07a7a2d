using OkxData.Caching;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Catalog;

/// <summary>Walks over all files of a cache, and over what they say of each other. One walk, one instance.</summary>
internal sealed class CatalogVerifier(ICacheStore store, TimeProvider timeProvider)
{
    private readonly CatalogReader _reader = new(store);
    private readonly List<CatalogFinding> _findings = [];
    private readonly List<CatalogFinding> _remarks = [];
    private readonly List<FileReport> _ofSeries = [];
    private int _files;
    private int _series;
    private long _candles;
    private long _bytes;

    public async Task<CatalogVerification> RunAsync(IProgress<CatalogProgress>? progress, CancellationToken cancellationToken)
    {
        var keys = await FindKeysAsync(cancellationToken).ConfigureAwait(false);
        var inspector = new FileInspector(_reader, timeProvider);
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
        if (report.Key.Kind == CatalogKind.Segment)
            _ofSeries.Add(report);
    }

    private async Task CloseSeriesAsync(CancellationToken cancellationToken)
    {
        _series++;
        var series = _ofSeries[0].Key.Series;
        foreach (var (before, after) in _ofSeries.Zip(_ofSeries.Skip(1)))
        {
            if (before.Key.Segment == after.Key.Segment)
                await AddTwoFormatsAsync(before.Key, after.Key, cancellationToken).ConfigureAwait(false);
            else if (before.Last is { } last && after.First is { } first && CandleRules.IsApart((double)last.Close, (double)first.Close, new ValidationOptions().PriceSpikeFactor))
                _remarks.Add(CatalogFindings.Of(after.Key.Text, CandleIssues.PriceSpike(series.Key.Symbol, series.Key.Bar, in last, in first)));
        }

        var newest = _ofSeries.Max(report => report.Last?.OpenTime);
        _ofSeries.Clear();
        if (series.Generation is null && newest is { } held)
            await CheckFactsAsync(series, held, cancellationToken).ConfigureAwait(false);
    }

    // Read after the rows, as they are written before them: a writer at work makes no finding.
    private async Task CheckFactsAsync(CatalogSeries series, DateTimeOffset newest, CancellationToken cancellationToken)
    {
        var (facts, item, finding) = await _reader.ReadFactsAsync(series, cancellationToken).ConfigureAwait(false);
        var key = CatalogKey.FactsOf(series).Text;
        if (item is null && finding is null)
            _remarks.Add(CatalogFindings.FactsMissing(key));
        if (facts?.LastFinished is { } known && known < UnixTime.ToMilliseconds(newest))
            _findings.Add(CatalogFindings.FactsBehind(key, UnixTime.FromMilliseconds(known), newest));
    }

    // A writer that converts has both for a moment, so they are looked for once more.
    private async Task AddTwoFormatsAsync(CatalogKey one, CatalogKey other, CancellationToken cancellationToken)
    {
        if ((await _reader.ReadItemAsync(one.Text, cancellationToken).ConfigureAwait(false)).Item is not null
            && (await _reader.ReadItemAsync(other.Text, cancellationToken).ConfigureAwait(false)).Item is not null)
        {
            _findings.Add(CatalogFindings.TwoFormats(other.Text, one.Text));
        }
    }

    private async Task AddStrangersAsync(CancellationToken cancellationToken)
    {
        if (store is not FileCacheStore files)
            return;

        await foreach (var stranger in files.ListStrangersAsync(cancellationToken).ConfigureAwait(false))
        {
            _files++;
            _findings.Add(stranger.IsOrphan ? CatalogFindings.Orphan(stranger.Path) : CatalogFindings.Foreign(stranger.Path));
        }
    }
}
