using OkxData.Caching;
using OkxData.Candles.Codecs;

namespace OkxData.Candles.Archive;

/// <content>Reading: every payload is checked, and one that fails its check is put aside.</content>
internal sealed partial class CandleArchive
{
    /// <summary>What stands under one key: its segment where it can be read, and whether it may not be replaced.</summary>
    private readonly record struct StoredFile(CandleSegment? Segment, CacheItem? Item, bool IsLeftAlone)
    {
        public string? Version => Item?.Version;
    }

    /// <summary>Reads a segment of a generation; files of an earlier one that stand in its place are moved to where they belong.</summary>
    private async ValueTask<StoredSegment> ReadSegmentAsync(SeriesKey key, string name, int generation, CancellationToken cancellationToken)
    {
        var own = await ReadPresentAsync(key, name, _codec, generation, cancellationToken).ConfigureAwait(false);
        var other = await ReadPresentAsync(key, name, _otherCodec, generation, cancellationToken).ConfigureAwait(false);
        return new StoredSegment(Join(own.Segment, other.Segment), own.Version, other.Version, own.IsLeftAlone || other.IsLeftAlone);
    }

    private async ValueTask<StoredFile> ReadPresentAsync(SeriesKey key, string name, ICandleCodec codec, int generation, CancellationToken cancellationToken)
    {
        var file = await ReadFileAsync(key, SegmentKey(key, name, codec), codec, cancellationToken).ConfigureAwait(false);
        if (file is not { Segment: { } segment, Item: { } item } || segment.Generation >= generation)
            return file;

        return await RetireFileAsync(key, name + codec.Extension, codec, segment, item, cancellationToken).ConfigureAwait(false)
            ? default
            : file with { Segment = null, IsLeftAlone = true };
    }

    private static CandleSegment? Join(CandleSegment? one, CandleSegment? other)
    {
        if (one is null || other is null)
            return one ?? other;
        return one.Generation == other.Generation ? SegmentMerge.Merge(one, other) : one.Generation > other.Generation ? one : other;
    }

    private async ValueTask<StoredFile> ReadFileAsync(SeriesKey key, string storeKey, ICandleCodec codec, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(storeKey, cancellationToken).ConfigureAwait(false) is not { } item)
            return default;

        try
        {
            var segment = await codec.DecodeAsync(item.Content, cancellationToken).ConfigureAwait(false);
            return segment.Symbol == key.Symbol && segment.Bar == key.Bar
                ? new StoredFile(segment, item, false)
                : throw new CorruptPayloadException($"It holds {segment.Symbol} {segment.Bar} and stands in the place of {key}.");
        }
        catch (CorruptPayloadException exception) when (exception.IsNewerSchema)
        {
            if (store.Occupy(storeKey, item.Version))
                CandleLog.NewerSchema(logger, storeKey, exception.Message);
            return new StoredFile(null, item, true);
        }
        catch (CorruptPayloadException exception)
        {
            await PutAsideAsync(storeKey, item, exception, cancellationToken).ConfigureAwait(false);
            return default;
        }
    }

    private ValueTask<(SeriesFacts? Facts, string? Version)> ReadFactsAsync(SeriesKey key, CancellationToken cancellationToken) =>
        ReadFactsAsync(FactsKey(key), cancellationToken);

    private async ValueTask<(SeriesFacts? Facts, string? Version)> ReadFactsAsync(string storeKey, CancellationToken cancellationToken)
    {
        if (await store.ReadAsync(storeKey, cancellationToken).ConfigureAwait(false) is not { } item)
            return default;

        try
        {
            return (SeriesFactsCodec.Decode(item.Content.Span), item.Version);
        }
        catch (CorruptPayloadException exception) when (exception.IsNewerSchema)
        {
            if (store.Occupy(storeKey, item.Version))
                CandleLog.NewerSchema(logger, storeKey, exception.Message);
            return default;
        }
        catch (CorruptPayloadException exception)
        {
            await PutAsideAsync(storeKey, item, exception, cancellationToken).ConfigureAwait(false);
            return default;
        }
    }

    private async ValueTask PutAsideAsync(string storeKey, CacheItem item, CorruptPayloadException damage, CancellationToken cancellationToken)
    {
        var outcome = await Quarantine.MoveAsync(store, storeKey, item, damage.Message, timeProvider, cancellationToken).ConfigureAwait(false);
        if (outcome is QuarantineOutcome.Moved or QuarantineOutcome.Replaced)
            CandleLog.Quarantined(logger, storeKey, damage.Message);
        else if (outcome == QuarantineOutcome.Stuck)
            CandleLog.Damaged(logger, storeKey, damage.Message);
    }

    private static WriteCondition ConditionOf(string? version) => version is null ? WriteCondition.Absent : WriteCondition.Matches(version);

    private string SegmentKey(SeriesKey key, string name, ICandleCodec codec) => $"{FolderOf(key)}/{name}{codec.Extension}";

    private string FactsKey(SeriesKey key) => $"{FolderOf(key)}/.series.json";

    private string FolderOf(SeriesKey key) => $"{environment}/candles/bar={Models.BarSizes.ToCode(key.Bar)}/symbol={key.Symbol}";
}
