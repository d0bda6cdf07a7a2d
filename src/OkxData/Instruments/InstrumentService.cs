using Microsoft.Extensions.Logging;
using OkxData.Http;
using OkxData.Models;

namespace OkxData.Instruments;

/// <summary>Lists instruments.</summary>
internal sealed class InstrumentService(OkxTransport transport, ILogger<InstrumentService> logger)
{
    /// <summary>The instruments of a kind, in OKX's order; a row that cannot be read is left out and logged.</summary>
    /// <exception cref="ArgumentException">The kind cannot be listed; thrown at the call, before anything is sent.</exception>
    /// <exception cref="Errors.OkxException">OKX could not or would not answer.</exception>
    public Task<IReadOnlyList<Instrument>> GetAsync(InstrumentType type, CancellationToken cancellationToken) =>
        SendAsync(InstrumentEndpoints.List(type, nameof(type)), cancellationToken);

    private async Task<IReadOnlyList<Instrument>> SendAsync(OkxRequest<ReplyRows<Instrument>> request, CancellationToken cancellationToken)
    {
        var reply = await transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
        logger.Summarize(request.Subject, reply);
        return reply.Rows;
    }
}
