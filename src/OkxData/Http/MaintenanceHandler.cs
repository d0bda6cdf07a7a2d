using OkxData.Errors;

namespace OkxData.Http;

/// <summary>Says why OKX does not answer, where OKX has announced it. Inside retry, which does not repeat what is known to last.</summary>
internal sealed class MaintenanceHandler(Func<IMaintenanceSource?> source) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        catch (OkxException failure) when (MayBeMaintenance(failure) && !OkxCall.Of(request).IsProbe && source() is { } announcements)
        {
            if (await announcements.FindAsync(cancellationToken).ConfigureAwait(false) is { } maintenance)
                throw HttpErrors.Maintenance(OkxCall.Of(request), maintenance, failure);
            throw;
        }
    }

    private static bool MayBeMaintenance(OkxException failure) => failure
        is OkxTransportException { HttpStatus: 503 } and not OkxMaintenanceException
        or OkxApiException { Code: OkxErrorCodes.Unavailable }
        or OkxApiException { HttpStatus: 503 };
}
