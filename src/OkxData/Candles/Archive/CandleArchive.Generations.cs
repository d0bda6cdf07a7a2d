using System.Globalization;
using System.Runtime.CompilerServices;
using OkxData.Caching;
using OkxData.Candles.Codecs;
using OkxData.Errors;
using OkxData.Time;

namespace OkxData.Candles.Archive;

/// <content>Generations: a series that OKX has changed begins anew, and what was held stays beside it.</content>
/// <remarks>
/// Every segment names its generation, and the facts name the present one: a file of an earlier one that stands in the present
/// one's place is none of it, whoever wrote it and however late, and is moved by the next who comes upon it. So the one write
/// that begins a generation is that of the facts. Earlier ones stand under <c>.generation-1/all.parquet.kept</c> and so on, with an
/// ending that no reader of candles looks for.
/// </remarks>
internal sealed partial class CandleArchive
{
    public const string KeptFolder = ".generation-";
    public const string KeptEnding = ".kept";
    public const string KeptFacts = "series.json" + KeptEnding;
    public const string NextFacts = "next.json" + KeptEnding;

    /// <summary>What is held of the openings in a generation; <see langword="null"/> when there is no such generation.</summary>
    public async Task<ArchivedSeries?> LoadGenerationAsync(SeriesKey key, Interval openings, int generation, CancellationToken cancellationToken)
    {
        var present = await LoadAsync(key, openings, cancellationToken).ConfigureAwait(false);
        if (present.Facts.Number < generation || present is { FetchedAt: null, Facts: { Generation: null, LastFinished: null } })
            return null;
        if (present.Facts.Number == generation)
            return present;

        var (facts, _) = await ReadFactsAsync(KeptFactsKey(key, generation), cancellationToken).ConfigureAwait(false);
        var segments = new List<CandleSegment>();
        foreach (var (name, _) in SegmentLayout.Of(key.Bar, new Interval(key.Grid.Add(openings.Start, -1), key.Grid.Add(openings.End, 1))))
        {
            foreach (var codec in CandleCodecs.All)
            {
                if ((await ReadFileAsync(key, KeptKey(key, generation, name + codec.Extension), codec, cancellationToken).ConfigureAwait(false)).Segment is { } segment)
                    segments.Add(segment);
            }
        }

        return segments.Count == 0 && facts is null ? null : Compose(segments, facts ?? new SeriesFacts { Generation = generation }, areLost: facts is null) with { IsEarlier = true };
    }

    /// <summary>
    /// The openings from the first to the last candle of the present generation; of the one before it where that has only begun and has none yet. Empty when there are none.
    /// </summary>
    public async Task<Interval> HeldAsync(SeriesKey key, CancellationToken cancellationToken)
    {
        var (facts, _) = await CurrentFactsAsync(key, isLastRead: false, cancellationToken).ConfigureAwait(false);
        var covered = new List<Interval>();
        await foreach (var (name, _) in ListSegmentsAsync(key, cancellationToken).ConfigureAwait(false))
        {
            if ((await ReadSegmentAsync(key, name, facts.Number, cancellationToken).ConfigureAwait(false)).Segment is { Candles.IsEmpty: false } segment)
                covered.AddRange(CandleRows.Openings(segment.Candles.Span, key.Grid));
        }

        if (covered.Count == 0 && facts.Number > 1)
            covered.AddRange(await KeptOpeningsAsync(key, facts.Number - 1, cancellationToken).ConfigureAwait(false));
        return covered.Count == 0 ? default : new Interval(covered.Min(interval => interval.Start), covered.Max(interval => interval.End));
    }

    private async Task<List<Interval>> KeptOpeningsAsync(SeriesKey key, int generation, CancellationToken cancellationToken)
    {
        var openings = new List<Interval>();
        await foreach (var name in ListAsync(key, cancellationToken).ConfigureAwait(false))
        {
            if (KeptGenerationOf(name) != generation || !name.EndsWith(KeptEnding, StringComparison.Ordinal) || CandleCodecs.ForKey(name[..^KeptEnding.Length]) is not { } codec)
                continue;
            if (name.EndsWith(KeptFacts, StringComparison.Ordinal) || name.EndsWith(NextFacts, StringComparison.Ordinal))
                continue;
            if ((await ReadFileAsync(key, $"{FolderOf(key)}/{name}", codec, cancellationToken).ConfigureAwait(false)).Segment is { Candles.IsEmpty: false } segment)
                openings.AddRange(CandleRows.Openings(segment.Candles.Span, key.Grid));
        }

        return openings;
    }

    /// <summary>Begins the next generation: what is held is kept aside, and the series begins anew with what has arrived.</summary>
    /// <returns>Whether it was begun; not, where another writer has begun one meanwhile.</returns>
    /// <exception cref="OkxCacheException">The store cannot be written, or holds files that this version cannot read; nothing has changed.</exception>
    public async Task<bool> BeginGenerationAsync(GenerationStart start, CancellationToken cancellationToken)
    {
        var key = start.Addition.Key;
        for (var attempt = 0; attempt < MaxWriteAttempts; attempt++)
        {
            var (stored, version) = await ReadFactsAsync(key, cancellationToken).ConfigureAwait(false);
            var ending = stored ?? await RecoverFactsAsync(key, cancellationToken).ConfigureAwait(false);
            if (ending.Number + 1 != start.Addition.Generation)
                return false;

            var next = new SeriesFacts
            {
                Generation = start.Addition.Generation,
                GenerationSince = start.Addition.ReceivedAt,
                GenerationReason = start.Reason,
                Begins = start.Begins ?? ending.Begins,
                Retiring = ending.Number,
                Join = start.KeepsJoin ? ending.Join : null,
            };
            await KeepAllAsync(key, ending, next, cancellationToken).ConfigureAwait(false);
            var write = await store.TryWriteAsync(FactsKey(key), SeriesFactsCodec.Encode(next), ConditionOf(version), cancellationToken).ConfigureAwait(false);
            if (write.IsConflict)
                continue;
            if (!write.IsWritten)
                throw CannotKeep(key, FactsKey(key));

            CandleLog.GenerationBegun(logger, key.ToString(), next.Number, start.Reason, ending.Number);
            await RetireAsync(key, next, write.Version, cancellationToken).ConfigureAwait(false);
            await AddAsync(start.Addition, cancellationToken).ConfigureAwait(false);
            return true;
        }

        CandleLog.ArchiveOvertaken(logger, FactsKey(key), MaxWriteAttempts);
        return false;
    }

    /// <summary>Puts copies of everything that ends where they stay, before it does.</summary>
    private async Task KeepAllAsync(SeriesKey key, SeriesFacts ending, SeriesFacts next, CancellationToken cancellationToken)
    {
        await foreach (var (name, codec) in ListSegmentsAsync(key, cancellationToken).ConfigureAwait(false))
        {
            var file = await ReadFileAsync(key, SegmentKey(key, name, codec), codec, cancellationToken).ConfigureAwait(false);
            if (file.IsLeftAlone || (file is { Segment: { } segment, Item: { } item } && !await KeepAsync(key, name + codec.Extension, codec, segment, item, cancellationToken).ConfigureAwait(false)))
                throw CannotKeep(key, SegmentKey(key, name, codec));
        }

        // The facts of what begins stand there, too: should theirs be lost, its rows would be taken for older than they are.
        foreach (var (keptKey, facts) in new[] { (KeptFactsKey(key, ending.Number), ending), (NextFactsKey(key, ending.Number), next) })
        {
            if (!(await store.TryWriteAsync(keptKey, SeriesFactsCodec.Encode(facts), WriteCondition.Any, cancellationToken).ConfigureAwait(false)).IsWritten)
                throw CannotKeep(key, keptKey);
        }
    }

    /// <summary>Keeps a file of a generation that ends, as it is; together with what is kept of it already.</summary>
    private async ValueTask<bool> KeepAsync(SeriesKey key, string fileName, ICandleCodec codec, CandleSegment segment, CacheItem item, CancellationToken cancellationToken)
    {
        var keptKey = KeptKey(key, segment.Generation, fileName);
        for (var attempt = 0; attempt < MaxWriteAttempts; attempt++)
        {
            var kept = await ReadFileAsync(key, keptKey, codec, cancellationToken).ConfigureAwait(false);
            if (kept.IsLeftAlone)
                return false;

            var merged = SegmentMerge.Merge(kept.Segment, segment);
            if (kept.Segment is { } held && merged.HoldsSameAs(held))
                return true;

            var content = kept.Segment is null ? item.Content : await codec.EncodeAsync(merged, cancellationToken).ConfigureAwait(false);
            var write = await store.TryWriteAsync(keptKey, content, ConditionOf(kept.Version), cancellationToken).ConfigureAwait(false);
            if (!write.IsConflict)
                return write.IsWritten;
        }

        return false;
    }

    private async ValueTask<bool> RetireFileAsync(SeriesKey key, string fileName, ICandleCodec codec, CandleSegment segment, CacheItem item, CancellationToken cancellationToken) =>
        await KeepAsync(key, fileName, codec, segment, item, cancellationToken).ConfigureAwait(false)
        && await store.RemoveAsync($"{FolderOf(key)}/{fileName}", WriteCondition.Matches(item.Version), cancellationToken).ConfigureAwait(false);

    /// <summary>Moves what is left of an earlier generation in the present one's place; interrupted, it is done again by the next who reads.</summary>
    private async ValueTask<SeriesFacts> RetireAsync(SeriesKey key, SeriesFacts facts, string? version, CancellationToken cancellationToken)
    {
        var isDone = true;
        await foreach (var (name, _) in ListSegmentsAsync(key, cancellationToken).ConfigureAwait(false))
            isDone &= !(await ReadSegmentAsync(key, name, facts.Number, cancellationToken).ConfigureAwait(false)).IsLeftAlone;

        var retired = facts with { Retiring = null };
        if (isDone)
            await store.TryWriteAsync(FactsKey(key), SeriesFactsCodec.Encode(retired), ConditionOf(version), cancellationToken).ConfigureAwait(false);
        return retired;
    }

    private async ValueTask<(SeriesFacts Facts, bool AreLost)> CurrentFactsAsync(SeriesKey key, bool isLastRead, CancellationToken cancellationToken)
    {
        var (facts, version) = await ReadFactsAsync(key, cancellationToken).ConfigureAwait(false);
        if (facts is null || isLastRead)
        {
            // A file of facts that is older than the segments was put there by hand.
            var recovered = await RecoverFactsAsync(key, cancellationToken).ConfigureAwait(false);
            return facts is null || facts.Number < recovered.Number ? (recovered, true) : (facts, false);
        }

        return (facts.Retiring is null ? facts : await RetireAsync(key, facts, version, cancellationToken).ConfigureAwait(false), false);
    }

    /// <summary>What the segments and the earlier generations tell of a series whose facts are lost.</summary>
    private async ValueTask<SeriesFacts> RecoverFactsAsync(SeriesKey key, CancellationToken cancellationToken)
    {
        var (present, kept) = (0, 0);
        await foreach (var name in ListAsync(key, cancellationToken).ConfigureAwait(false))
        {
            if (KeptGenerationOf(name) is { } generation)
                kept = Math.Max(kept, generation);
            else if (IsSegment(name) && CandleCodecs.ForKey(name) is { } codec)
                present = Math.Max(present, (await ReadFileAsync(key, $"{FolderOf(key)}/{name}", codec, cancellationToken).ConfigureAwait(false)).Segment?.Generation ?? 0);
        }

        var number = present > 0 ? present : kept + 1;
        if (number == 1)
            return SeriesFacts.None;
        var (facts, _) = await ReadFactsAsync(NextFactsKey(key, number - 1), cancellationToken).ConfigureAwait(false);
        return facts?.Number == number ? facts : new SeriesFacts { Generation = number };
    }

    private async IAsyncEnumerable<(string Name, ICandleCodec Codec)> ListSegmentsAsync(SeriesKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var name in ListAsync(key, cancellationToken).ConfigureAwait(false))
        {
            if (IsSegment(name))
                names.Add(name);
        }

        foreach (var name in names)
        {
            if (CandleCodecs.ForKey(name) is { } codec)
                yield return (name[..^codec.Extension.Length], codec);
        }
    }

    /// <summary>The keys of a series, without the folder that they share.</summary>
    private async IAsyncEnumerable<string> ListAsync(SeriesKey key, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = FolderOf(key) + "/";
        await foreach (var storeKey in store.ListAsync(folder, cancellationToken).ConfigureAwait(false))
            yield return storeKey[folder.Length..];
    }

    private static bool IsSegment(string name) => !name.StartsWith('.') && !name.Contains('/', StringComparison.Ordinal);

    private static int? KeptGenerationOf(string name)
    {
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && name.StartsWith(KeptFolder, StringComparison.Ordinal)
            && int.TryParse(name.AsSpan(KeptFolder.Length, slash - KeptFolder.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var generation) ? generation : null;
    }

    private static OkxCacheException CannotKeep(SeriesKey key, string place) =>
        new($"No new generation of {key} was begun, since '{place}' could not be kept or written; what is stored is as it was. See the log for the reason.") { Location = place };

    private string KeptKey(SeriesKey key, int generation, string fileName) => string.Create(CultureInfo.InvariantCulture, $"{FolderOf(key)}/{KeptFolder}{generation}/{fileName}{KeptEnding}");

    private string KeptFactsKey(SeriesKey key, int generation) => string.Create(CultureInfo.InvariantCulture, $"{FolderOf(key)}/{KeptFolder}{generation}/{KeptFacts}");

    private string NextFactsKey(SeriesKey key, int generation) => string.Create(CultureInfo.InvariantCulture, $"{FolderOf(key)}/{KeptFolder}{generation}/{NextFacts}");
}
