using OkxData.Caching;

namespace OkxData.Candles.Archive;

/// <content>Reading: every payload is checked, and one that fails its check is put aside.</content>
internal sealed partial class CandleArchive
{
    private async ValueTask<StoredSegment> ReadSegmentAsync(SeriesKey key, string name, CancellationToken cancellationToken)
    {
        var (own, version, ownIsNewer) = await ReadFormatAsync(key, name, _codec, cancellationToken).ConfigureAwait(false);
        var (other, otherVersion, otherIsNewer) = await ReadFormatAsync(key, name, _otherCodec, cancellationToken).ConfigureAwait(false);
        var segment = own is null ? other : other is null ? own : SegmentMerge.Merge(own, other);
        return new StoredSegment(segment, version, otherVersion, ownIsNewer || otherIsNewer);
    }

    private async ValueTask<(CandleSegment? Segment, string? Version, bool IsNewer)> ReadFormatAsync(SeriesKey key, string name, ICandleCodec codec, CancellationToken cancellationToken)
    {
        var storeKey = SegmentKey(key, name, codec);
        if (await store.ReadAsync(storeKey, cancellationToken).ConfigureAwait(false) is not { } item)
            return default;

        try
        {
            var segment = await codec.DecodeAsync(item.Content, cancellationToken).ConfigureAwait(false);
            return segment.Symbol == key.Symbol && segment.Bar == key.Bar
                ? (segment, item.Version, false)
                : throw new CorruptPayloadException($"It holds {segment.Symbol} {segment.Bar} and stands in the place of {key}.");
        }
        catch (CorruptPayloadException exception) when (exception.IsNewerSchema)
        {
            CandleLog.NewerSchema(logger, storeKey, exception.Message);
            return (null, item.Version, true);
        }
        catch (CorruptPayloadException exception)
        {
            await PutAsideAsync(storeKey, item, exception, cancellationToken).ConfigureAwait(false);
            return default;
        }
    }

    private async ValueTask<(SeriesFacts? Facts, string? Version)> ReadFactsAsync(SeriesKey key, CancellationToken cancellationToken)
    {
        var storeKey = FactsKey(key);
        if (await store.ReadAsync(storeKey, cancellationToken).ConfigureAwait(false) is not { } item)
            return default;

        try
        {
            return (SeriesFactsCodec.Decode(item.Content.Span), item.Version);
        }
        catch (CorruptPayloadException exception)
        {
            await PutAsideAsync(storeKey, item, exception, cancellationToken).ConfigureAwait(false);
            return default;
        }
    }

    private async ValueTask PutAsideAsync(string storeKey, CacheItem item, CorruptPayloadException damage, CancellationToken cancellationToken)
    {
        CandleLog.Quarantined(logger, storeKey, damage.Message);
        await Quarantine.MoveAsync(store, storeKey, item, damage.Message, timeProvider, cancellationToken).ConfigureAwait(false);
    }

    private static WriteCondition ConditionOf(string? version) => version is null ? WriteCondition.Absent : WriteCondition.Matches(version);

    private string SegmentKey(SeriesKey key, string name, ICandleCodec codec) => $"{FolderOf(key)}/{name}{codec.Extension}";

    private string FactsKey(SeriesKey key) => $"{FolderOf(key)}/.series.json";

    private string FolderOf(SeriesKey key) => $"{environment}/candles/bar={Models.BarSizes.ToCode(key.Bar)}/symbol={key.Symbol}";
}
