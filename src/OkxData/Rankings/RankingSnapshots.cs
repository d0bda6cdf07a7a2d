using System.Globalization;
using OkxData.Caching;

namespace OkxData.Rankings;

/// <summary>The evidence behind every ranking ever fetched, by its time. Nothing is replaced or removed, however many fall on one day: each was an answer.</summary>
internal sealed class RankingSnapshots(DocumentStore<RankingEvidence> documents, string folder)
{
    private const string TimeFormat = "yyyy-MM-dd/HHmmssfff";
    private const string Extension = ".json";

    private readonly string _prefix = $"{folder}/snapshots/";

    public ValueTask AddAsync(DateTimeOffset fetchedAt, RankingEvidence evidence, CancellationToken cancellationToken) =>
        documents.AddAsync(KeyOf(fetchedAt), fetchedAt, evidence, cancellationToken);

    /// <summary>The newest evidence at or before an instant.</summary>
    public async Task<(RankingEvidence Evidence, DateTimeOffset FetchedAt)?> FindAsync(DateTimeOffset asOf, CancellationToken cancellationToken)
    {
        // Nearly always there is one of the same month, and years of keys need not be listed.
        foreach (var part in (string[])["yyyy-MM-", "yyyy-", ""])
        {
            var within = part.Length == 0 ? "" : asOf.UtcDateTime.ToString(part, CultureInfo.InvariantCulture);
            var times = await TimesAsync(within, cancellationToken).ConfigureAwait(false);
            foreach (var time in times.Where(time => time <= asOf).OrderDescending())
            {
                // One that is damaged is put aside, and the one before it answers.
                var stored = await documents.ReadAsync(KeyOf(time), cancellationToken).ConfigureAwait(false);
                if (stored.Value is { } evidence && stored.FetchedAt <= asOf)
                    return (evidence, stored.FetchedAt);
            }
        }

        return null;
    }

    /// <summary>When the oldest is of; <see langword="null"/> when there is none.</summary>
    public async Task<DateTimeOffset?> OldestAsync(CancellationToken cancellationToken)
    {
        var times = await TimesAsync("", cancellationToken).ConfigureAwait(false);
        return times.Count == 0 ? null : times.Min();
    }

    private async Task<List<DateTimeOffset>> TimesAsync(string within, CancellationToken cancellationToken)
    {
        var times = new List<DateTimeOffset>();
        await foreach (var key in documents.ListAsync(_prefix + within, cancellationToken).ConfigureAwait(false))
        {
            if (key.EndsWith(Extension, StringComparison.Ordinal) && DateTimeOffset.TryParseExact(
                key.AsSpan(_prefix.Length, key.Length - _prefix.Length - Extension.Length), TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            {
                times.Add(time);
            }
        }

        return times;
    }

    private string KeyOf(DateTimeOffset time) => _prefix + time.ToUniversalTime().ToString(TimeFormat, CultureInfo.InvariantCulture) + Extension;
}
