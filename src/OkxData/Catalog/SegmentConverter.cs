using OkxData.Caching;
using OkxData.Candles;
using OkxData.Candles.Archive;

namespace OkxData.Catalog;

/// <summary>Puts segments into one format: what is held is published in it first, and only then removed in the other.</summary>
/// <remarks>
/// Both steps name the version that they stand on, so rows that another writer adds between them are seen and taken along. A kill
/// between the two leaves both files, which readers join and the next conversion mends.
/// </remarks>
internal sealed class SegmentConverter(ICacheStore store, CandleFormat format, TimeProvider timeProvider)
{
    private const int MaxAttempts = 20;

    private readonly CatalogReader _reader = new(store);
    private readonly CandleFormat _other = format == CandleFormat.Parquet ? CandleFormat.Json : CandleFormat.Parquet;

    /// <summary>Converts a segment.</summary>
    /// <returns>Whether there was something to convert, and why it was left where it was.</returns>
    public async Task<(bool IsConverted, CatalogFinding? LeftAlone)> ConvertAsync(CatalogKey key, CancellationToken cancellationToken)
    {
        var (target, source) = (key.In(format), key.In(_other));
        var isConverted = false;
        for (var attempt = 0; attempt < MaxAttempts; attempt++)
        {
            var old = await _reader.ReadSegmentAsync(source, cancellationToken).ConfigureAwait(false);
            if (old.Value is null)
                return (isConverted, old.Finding);
            var present = await _reader.ReadSegmentAsync(target, cancellationToken).ConfigureAwait(false);
            if (present.Finding is not null)
                return (false, present.Finding);

            if (await PublishAsync(target, present, old.Value, cancellationToken).ConfigureAwait(false))
            {
                isConverted = true;
                if (await store.RemoveAsync(source.Text, WriteCondition.Matches(old.Item!.Version), cancellationToken).ConfigureAwait(false))
                    return (true, null);
            }

            await Backoff.WaitAsync(attempt, timeProvider, cancellationToken).ConfigureAwait(false);
        }

        return (false, CatalogFindings.TwoFormats(source.Text, target.Text));
    }

    private async Task<bool> PublishAsync(CatalogKey target, CatalogRead<CandleSegment> present, CandleSegment arriving, CancellationToken cancellationToken)
    {
        if (present.Value is { } other && other.Generation != arriving.Generation)
            return false;

        var merged = SegmentMerge.Merge(present.Value, arriving);
        if (present.Value is { } held && merged.HoldsSameAs(held))
            return true;

        var content = await target.Codec.EncodeAsync(merged, cancellationToken).ConfigureAwait(false);
        var condition = present.Item is { } item ? WriteCondition.Matches(item.Version) : WriteCondition.Absent;
        return await store.WriteAsync(target.Text, content, condition, cancellationToken).ConfigureAwait(false) is not null;
    }
}
