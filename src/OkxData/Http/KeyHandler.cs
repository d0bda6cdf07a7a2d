using OkxData.Credentials;
using OkxData.Errors;

namespace OkxData.Http;

/// <summary>Sends a signed call again where OKX refused the key or the time: with the next key, or by the host's clock.</summary>
/// <remarks>
/// Outside the rate limit, so that each of these sends takes a token of its own; inside retry, which knows nothing of keys. Calls that
/// are not signed pass.
/// </remarks>
internal sealed class KeyHandler(HttpSettings settings) : DelegatingHandler
{
    // A provider may come up with a new key each time; somewhere a call ends.
    private const int MostKeys = 16;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = OkxCall.Of(request);
        if (!call.Endpoint.IsSigned)
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

        var keyring = settings.Keyring ?? throw new InvalidOperationException($"{call.Endpoint.Name} is to be signed, and this client has no keys.");
        SigningHandler.RefusePlainHttp(call, request.RequestUri!);
        await keyring.TakeAsync(call.Endpoint.Name, null, cancellationToken).ConfigureAwait(false);
        if (settings.ClockSync is { } clockSync)
            await clockSync.EnsureAsync(cancellationToken).ConfigureAwait(false);
        return await SendAsync(request, call, keyring, cancellationToken).ConfigureAwait(false);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, OkxCall call, Keyring keyring, CancellationToken cancellationToken)
    {
        var isResynced = settings.ClockSync is null;
        for (var rejections = 0; ;)
        {
            try
            {
                var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
                if (call.SignedWith is { } accepted)
                    keyring.Accept(accepted);
                return response;
            }
            catch (OkxApiException exception) when (call.SignedWith is { } key && CanMend(exception, isResynced, rejections))
            {
                if (KeyFaults.Of(exception.Code) == KeyFault.Clock)
                {
                    isResynced = true;
                    await settings.ClockSync!.ResyncAsync(key.TakenAt, cancellationToken).ConfigureAwait(false);
                    continue;
                }

                rejections++;
                keyring.Reject(key, exception.Code, HttpErrors.AdviceForKey(exception.Code, settings));

                // Says so where no key is left.
                await keyring.TakeAsync(call.Endpoint.Name, exception, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool CanMend(OkxApiException exception, bool isResynced, int rejections) => KeyFaults.Of(exception.Code) switch
    {
        KeyFault.Clock => !isResynced,
        KeyFault.Key => rejections < MostKeys,
        _ => false,
    };
}
