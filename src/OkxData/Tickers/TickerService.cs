using Microsoft.Extensions.Logging;
using OkxData.Http;
using OkxData.Models;

namespace OkxData.Tickers;

/// <summary>Gets the latest prices.</summary>
internal sealed class TickerService(OkxTransport transport, ILogger<TickerService> logger)
{
    /// <summary>The tickers of a kind, in OKX's order; those of margin are those of spot. A row that cannot be used is left out and logged.</summary>
    /// <exception cref="ArgumentException">The kind cannot be listed; thrown at the call, before anything is sent.</exception>
    /// <exception cref="Errors.OkxException">OKX could not or would not answer.</exception>
    public Task<IReadOnlyList<Ticker>> GetAsync(InstrumentType type, CancellationToken cancellationToken) =>
        SendAsync(TickerEndpoints.List(type, nameof(type)), cancellationToken);

    private async Task<IReadOnlyList<Ticker>> SendAsync(OkxRequest<ReplyRows<Ticker>> request, CancellationToken cancellationToken)
    {
        var reply = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        logger.Summarize(request.Subject, reply);
        return reply.Rows;
    }
}
