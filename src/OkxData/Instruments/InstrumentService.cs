using Microsoft.Extensions.Logging;
using OkxData.Caching;
using OkxData.Http;
using OkxData.Models;

namespace OkxData.Instruments;

/// <summary>Lists instruments.</summary>
internal sealed class InstrumentService(OkxTransport transport, DocumentCache<IReadOnlyList<Instrument>> cache, DocumentTerms terms, ILogger<InstrumentService> logger)
{
    /// <summary>The instruments of a kind, in OKX's order; a row that cannot be read is left out and logged, and so is a list that is older than it should be.</summary>
    /// <exception cref="ArgumentException">The kind cannot be listed; thrown at the call, before anything is sent.</exception>
    /// <exception cref="Errors.OkxException">OKX could not or would not answer, and the cache holds nothing that may stand in.</exception>
    public Task<IReadOnlyList<Instrument>> GetAsync(InstrumentType type, CancellationToken cancellationToken) =>
        ValuesAsync(GetDatedAsync(type, hasStandIn: false, cancellationToken));

    /// <summary>The same, with where the list came from and when.</summary>
    /// <param name="type">The kind.</param>
    /// <param name="hasStandIn">Whether the caller can do without, so that it need not wait long for a host that does not answer.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    public Task<CachedDocument<IReadOnlyList<Instrument>>> GetDatedAsync(InstrumentType type, bool hasStandIn, CancellationToken cancellationToken)
    {
        var request = InstrumentEndpoints.List(type, nameof(type));
        return cache.GetAsync(terms.For(request.Query, request.Subject, (isHeld, token) => FetchAsync(request with { HasStandIn = isHeld || hasStandIn }, token)), cancellationToken);
    }

    private static async Task<IReadOnlyList<Instrument>> ValuesAsync(Task<CachedDocument<IReadOnlyList<Instrument>>> dated) =>
        new DatedList<Instrument>(await dated.ConfigureAwait(false));

    private async Task<IReadOnlyList<Instrument>> FetchAsync(OkxRequest<ReplyRows<Instrument>> request, CancellationToken cancellationToken)
    {
        var reply = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        logger.Summarize(request.Subject, reply);
        return reply.Rows;
    }
}
