using Microsoft.Extensions.Logging;
using OkxData.Errors;

namespace OkxData.Rankings.Sources;

/// <summary>The sources in order; the first that answers counts.</summary>
internal sealed class SourceChain(IReadOnlyList<IMarketCapSource> sources, int count, TimeProvider timeProvider, ILogger logger)
{
    /// <summary>How long a source may be silent before the next is asked beside it, where a ranking is held that is to be had soon.</summary>
    private static readonly TimeSpan HeadStart = TimeSpan.FromSeconds(0.5);

    /// <summary>The listing of now.</summary>
    /// <param name="hasStandIn">Whether an older ranking is held, so that no host that does not answer is waited for long.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="OkxException">No source answered; transient when one of them may answer later.</exception>
    public async Task<(MarketCapListing Listing, string Source)> LatestAsync(bool hasStandIn, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asked = new List<(string Source, Task<Attempt> Attempt)>();
        try
        {
            foreach (var source in sources)
            {
                var attempt = TryAsync(source, null, hasStandIn, stop.Token);
                asked.Add((source.Name, attempt));
                var patience = hasStandIn ? HeadStart : Timeout.InfiniteTimeSpan;
                await ((Task)attempt).WaitAsync(patience, timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                cancellationToken.ThrowIfCancellationRequested();
                if (attempt is { IsCompletedSuccessfully: true, Result.Listing: not null })
                    break;
            }

            return await FirstAsync(asked, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
        }
    }

    /// <summary>The newest listing at or before an instant that says itself what OKX listed then, and why there may be a newer one.</summary>
    public async Task<((MarketCapListing Listing, string Source)? Newest, OkxException? Failure)> OfThePastAsync(DateTimeOffset asOf, bool localOnly, CancellationToken cancellationToken)
    {
        (MarketCapListing Listing, string Source)? newest = null;
        var failures = new List<(string Source, Exception Exception)>();
        foreach (var source in sources.Where(source => !localOnly || source is DatedFilesSource))
        {
            var (listing, failure) = await TryAsync(source, asOf, hasStandIn: false, cancellationToken).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            if (failure is not null)
                failures.Add((source.Name, failure));
            if (listing is null)
                continue;
            if (listing.AsOf > asOf || listing.Ids != MarketCapIds.OkxCurrency)
                logger.PastListingRefused(source.Name, listing.AsOf.ToUniversalTime(), asOf);
            else if (newest is null || listing.AsOf > newest.Value.Listing.AsOf)
                newest = (listing, source.Name);
        }

        return (newest, failures is [var (_, exception), ..] ? exception as OkxException ?? NoAnswer(failures) : null);
    }

    /// <summary>The listing of the first source, in their order, that has one.</summary>
    private async Task<(MarketCapListing Listing, string Source)> FirstAsync(List<(string Source, Task<Attempt> Attempt)> asked, CancellationToken cancellationToken)
    {
        var failures = new List<(string Source, Exception Exception)>();
        foreach (var (source, attempt) in asked)
        {
            var (listing, failure) = await attempt.WaitAsync(cancellationToken).ConfigureAwait(false);
            if (failure is not null)
                failures.Add((source, failure));
            if (listing is null)
                continue;

            if (failures.Count > 0)
                logger.FellBack(source, Describe(failures));
            return (listing, source);
        }

        throw NoAnswer(failures);
    }

    /// <summary>Asks one source; never throws, so that one which nobody waits for any longer leaves nothing behind.</summary>
    private async Task<Attempt> TryAsync(IMarketCapSource source, DateTimeOffset? asOf, bool hasStandIn, CancellationToken cancellationToken)
    {
        try
        {
            var listing = Sound(asOf is null && source is IRemoteSource remote
                ? await remote.GetLatestAsync(count, hasStandIn, cancellationToken).ConfigureAwait(false)
                : await source.GetListingAsync(asOf, count, cancellationToken).ConfigureAwait(false));
            return listing is null || listing.Entries.Any(entry => entry is { MarketCap: > 0, Price: > 0 })
                ? new Attempt(listing, null)
                : new Attempt(null, new OkxPayloadException($"{source.Name} sent {listing.Entries.Count} assets and none with a market capitalisation and a price."));
        }
        catch (Exception exception)
        {
            return new Attempt(null, exception);
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

    /// <param name="Listing">What the source has; <see langword="null"/> where it has nothing, or has failed.</param>
    /// <param name="Failure">Why it failed.</param>
    private sealed record Attempt(MarketCapListing? Listing, Exception? Failure);
}
