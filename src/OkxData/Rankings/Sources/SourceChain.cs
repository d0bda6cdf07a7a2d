using Microsoft.Extensions.Logging;
using OkxData.Errors;

namespace OkxData.Rankings.Sources;

/// <summary>The sources in order; the first that answers counts.</summary>
internal sealed class SourceChain(IReadOnlyList<IMarketCapSource> sources, int count, ILogger logger)
{
    /// <summary>The listing of now.</summary>
    /// <exception cref="OkxException">No source answered; transient when one of them may answer later.</exception>
    public async Task<(MarketCapListing Listing, string Source)> LatestAsync(CancellationToken cancellationToken)
    {
        var failures = new List<(string Source, Exception Exception)>();
        foreach (var source in sources)
        {
            if (await TryAsync(source, null, failures, cancellationToken).ConfigureAwait(false) is { } listing)
            {
                if (failures.Count > 0)
                    logger.FellBack(source.Name, Describe(failures));
                return (listing, source.Name);
            }
        }

        throw NoAnswer(failures);
    }

    /// <summary>The newest listing at or before an instant that says itself what OKX listed then, and why there may be a newer one.</summary>
    public async Task<((MarketCapListing Listing, string Source)? Newest, OkxException? Failure)> OfThePastAsync(DateTimeOffset asOf, bool localOnly, CancellationToken cancellationToken)
    {
        (MarketCapListing Listing, string Source)? newest = null;
        var failures = new List<(string Source, Exception Exception)>();
        foreach (var source in sources.Where(source => !localOnly || source is DatedFilesSource))
        {
            var listing = await TryAsync(source, asOf, failures, cancellationToken).ConfigureAwait(false);
            if (listing is null)
                continue;
            if (listing.AsOf > asOf || listing.Ids != MarketCapIds.OkxCurrency)
                logger.PastListingRefused(source.Name, listing.AsOf.ToUniversalTime(), asOf);
            else if (newest is null || listing.AsOf > newest.Value.Listing.AsOf)
                newest = (listing, source.Name);
        }

        return (newest, failures is [var (_, exception), ..] ? exception as OkxException ?? NoAnswer(failures) : null);
    }

    private async Task<MarketCapListing?> TryAsync(
        IMarketCapSource source, DateTimeOffset? asOf, List<(string Source, Exception Exception)> failures, CancellationToken cancellationToken)
    {
        try
        {
            var listing = Sound(await source.GetListingAsync(asOf, count, cancellationToken).ConfigureAwait(false));
            return listing is null || listing.Entries.Any(entry => entry is { MarketCap: > 0, Price: > 0 })
                ? listing
                : throw new OkxPayloadException($"{source.Name} sent {listing.Entries.Count} assets and none with a market capitalisation and a price.");
        }
        catch (Exception exception) when (!(exception is OperationCanceledException && cancellationToken.IsCancellationRequested))
        {
            failures.Add((source.Name, exception));
            return null;
        }
    }

    /// <summary>Without what names no asset; a source of the user's may return anything.</summary>
    private static MarketCapListing? Sound(MarketCapListing? listing) => listing is null ? null : listing with
    {
        Entries =
        [
            .. listing.Entries.Where(entry => entry is not null && EntryRules.FaultOfNames(entry.Id, entry.Ticker) is null)
                .Select(entry => EntryRules.Judge(entry.Name is null ? entry with { Name = "" } : entry, null)),
        ],
    };

    private static OkxException NoAnswer(List<(string Source, Exception Exception)> failures)
    {
        var message = $"No market capitalisations could be fetched: {(failures.Count == 0 ? "no source has any" : Describe(failures))}. "
            + "Try again later, set Rankings.CoinGeckoDemoKey where the free budget is used up, or add a source of your own with AddMarketCapSource.";
        var cause = failures.Select(failure => failure.Exception).FirstOrDefault();
        return failures.TrueForAll(failure => failure.Exception is OkxException { IsTransient: false })
            ? new OkxPayloadException(message, cause)
            : new OkxTransportException(message, cause);
    }

    private static string Describe(List<(string Source, Exception Exception)> failures) =>
        string.Join("; ", failures.Select(failure => $"{failure.Source}: {failure.Exception.Message.TrimEnd('.')}"));
}
