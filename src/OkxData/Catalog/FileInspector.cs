using System.Text.Json.Serialization.Metadata;
using OkxData.Caching;
using OkxData.Candles;
using OkxData.Instruments;
using OkxData.Models;
using OkxData.Rankings;
using OkxData.Tickers;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Catalog;

/// <summary>Checks one file: its seal, its schema, what it says it is, and every rule for its content.</summary>
/// <param name="reader">Reads the files.</param>
/// <param name="listed">The keys that are inspected one by one, so that none is twice.</param>
/// <param name="timeProvider">Tells what lies in the future.</param>
internal sealed class FileInspector(CatalogReader reader, IReadOnlySet<string> listed, TimeProvider timeProvider)
{
    // One file that is wrong from end to end should not fill the memory with words.
    private const int MaxListed = 20;

    private readonly ValidationOptions _validation = new();

    public async Task<FileReport> InspectAsync(CatalogKey key, CancellationToken cancellationToken) => key.Kind switch
    {
        CatalogKind.Segment => await InspectSegmentAsync(key, cancellationToken).ConfigureAwait(false),
        CatalogKind.Facts => await InspectFactsAsync(key, cancellationToken).ConfigureAwait(false),
        _ => await InspectOtherAsync(key, cancellationToken).ConfigureAwait(false),
    };

    private async Task<FileReport> InspectSegmentAsync(CatalogKey listedKey, CancellationToken cancellationToken)
    {
        var (key, (segment, item, finding)) = listed.Contains(listedKey.In(listedKey.OtherFormat).Text)
            ? (listedKey, await reader.ReadSegmentAsync(listedKey, cancellationToken).ConfigureAwait(false))
            : await reader.FollowSegmentAsync(listedKey, cancellationToken).ConfigureAwait(false);
        var rows = segment?.Candles ?? default;
        var report = new FileReport(key)
        {
            SizeBytes = item?.Content.Length ?? 0,
            IsGone = item is null && finding is null,
            Rows = rows.Length,
            Generation = segment?.Generation ?? 1,
            First = rows.IsEmpty ? null : rows.Span[0],
            Last = rows.IsEmpty ? null : rows.Span[^1],
        };
        report.Find(finding);
        if (segment is not null)
            InspectContent(segment, report);
        return report;
    }

    private void InspectContent(CandleSegment segment, FileReport report)
    {
        var grid = segment.Bar.ToGrid();
        var rows = segment.Candles.Span;
        var unexplained = segment.Covered.Except(CandleRows.Openings(rows, grid)).Except(segment.Gaps.Select(gap => gap.Openings));
        if (!unexplained.IsEmpty)
            report.Find(CatalogFindings.Coverage(report.Key.Text, $"The bars of {unexplained[0].ToRange()} count as answered and have neither a candle nor a known gap."));

        var futureLimit = UnixTime.ToMilliseconds(timeProvider.GetUtcNow());
        var wrong = new List<DataIssue>();
        foreach (ref readonly var candle in rows)
        {
            if (!CandleRules.IsSound(in candle, grid, futureLimit))
                CandleRules.Inspect(segment.Symbol, segment.Bar, in candle, futureLimit, wrong);
        }

        Add(wrong, report.Key.Text, report.Find);
        Add(CandleSeriesRules.Inspect(segment.Symbol, segment.Bar, rows, _validation), report.Key.Text, report.Remark);
    }

    private static void Add(IReadOnlyList<DataIssue> issues, string key, Action<CatalogFinding> add)
    {
        foreach (var issue in issues.Take(MaxListed))
            add(CatalogFindings.Of(key, issue));
        if (issues.Count > MaxListed)
            add(CatalogFindings.More(key, issues.Count - MaxListed));
    }

    private async Task<FileReport> InspectFactsAsync(CatalogKey key, CancellationToken cancellationToken)
    {
        var (_, item, finding) = await reader.ReadFactsAsync(key.Text, cancellationToken).ConfigureAwait(false);
        var report = new FileReport(key) { SizeBytes = item?.Content.Length ?? 0, IsGone = item is null && finding is null };
        report.Find(finding);
        return report;
    }

    private async Task<FileReport> InspectOtherAsync(CatalogKey key, CancellationToken cancellationToken)
    {
        var (_, item, finding) = await reader.ReadItemAsync(key.Text, cancellationToken).ConfigureAwait(false);
        var report = new FileReport(key) { SizeBytes = item?.Content.Length ?? 0, IsGone = item is null && finding is null };
        report.Find(finding);
        if (item is null)
            return report;

        if (key.Kind == CatalogKind.Quarantined)
        {
            if (key.Text.EndsWith(".damaged", StringComparison.Ordinal))
                report.Remark(CatalogFindings.Quarantined(key.Text));
        }
        else
        {
            report.Find(key.Kind == CatalogKind.Document ? InspectDocument(key.Text, item.Content.Span) : InspectForeign(key.Text, item.Content.Span));
        }

        return report;
    }

    private static CatalogFinding? InspectDocument(string key, ReadOnlySpan<byte> content) => key.Split('/') switch
    {
        [_, "instruments", ..] => Check(key, content, InstrumentJsonContext.Default.List),
        [_, "tickers", ..] => Check(key, content, TickerJsonContext.Default.List),
        [_, "rankings", "categories", ..] => Check(key, content, RankingJsonContext.Default.CategoryMembers),
        _ => Check(key, content, RankingJsonContext.Default.RankingEvidence),
    };

    private static CatalogFinding? Check<T>(string key, ReadOnlySpan<byte> content, JsonTypeInfo<T> typeInfo)
    {
        try
        {
            new DocumentCodec<T>(typeInfo).Decode(key, content);
            return null;
        }
        catch (CorruptPayloadException damage)
        {
            return CatalogFindings.Of(key, damage);
        }
    }

    // A whole sealed file in a place that this release does not know is a later release's, or a neighbour's of ours.
    private static CatalogFinding? InspectForeign(string key, ReadOnlySpan<byte> content)
    {
        try
        {
            JsonSeal.Verify(content);
            return null;
        }
        catch (CorruptPayloadException)
        {
            return CatalogFindings.Foreign(key);
        }
    }
}
