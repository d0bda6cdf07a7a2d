namespace OkxData.Http;

/// <summary>Takes the key of an attempt of a signed call; <see cref="SigningHandler"/> uses it.</summary>
/// <remarks>Inside the wait for a token: a key that others have found to be rejected meanwhile is not tried again.</remarks>
internal sealed class KeyChoiceHandler(HttpSettings settings) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var call = OkxCall.Of(request);
        call.SignedWith = null;
        if (call.Endpoint.IsSigned)
        {
            call.SignedWith = await settings.Keyring!.TakeAsync(call.Endpoint.Name, null, cancellationToken).ConfigureAwait(false);
            call.OnSigned(call.SignedWith.Credentials.KeyHint);
        }

        return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
    }
}
