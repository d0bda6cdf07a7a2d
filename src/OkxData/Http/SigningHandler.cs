using OkxData.Credentials;

namespace OkxData.Http;

/// <summary>Signs an attempt with the key whose turn it is, and takes key headers off everything else.</summary>
/// <remarks>Inside the wait for a token, since OKX refuses a signature that is 30 s old, and once for every attempt.</remarks>
internal sealed class SigningHandler(HttpSettings settings, TimeProvider timeProvider) : DelegatingHandler
{
    public const string KeyHeader = "OK-ACCESS-KEY";
    public const string SignHeader = "OK-ACCESS-SIGN";
    public const string TimestampHeader = "OK-ACCESS-TIMESTAMP";
    public const string PassphraseHeader = "OK-ACCESS-PASSPHRASE";

    private static readonly string[] Headers = [KeyHeader, SignHeader, TimestampHeader, PassphraseHeader];

    /// <summary>Whether a header is one of those that tell a key.</summary>
    public static bool IsSecret(string header) => Headers.Contains(header, StringComparer.OrdinalIgnoreCase);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Strip(request);
        var call = OkxCall.Of(request);
        call.SignedWith = null;
        if (!call.Endpoint.IsSigned)
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

        call.SignedWith = await settings.Keyring!.TakeAsync(call.Endpoint.Name, null, cancellationToken).ConfigureAwait(false);
        call.OnSigned(call.SignedWith.Credentials.KeyHint);
        try
        {
            Sign(request, call.SignedWith.Credentials);
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The message lives on, in retries and in whatever a host hangs around the client.
            Strip(request);
        }
    }

    private void Sign(HttpRequestMessage request, OkxCredentials credentials)
    {
        var timestamp = RequestSigner.Timestamp(settings.Clock?.Now ?? timeProvider.GetUtcNow());
        var headers = request.Headers;
        headers.TryAddWithoutValidation(KeyHeader, credentials.RevealKey());
        headers.TryAddWithoutValidation(SignHeader, credentials.Sign(RequestSigner.TextOfGet(timestamp, request.RequestUri!.PathAndQuery)));
        headers.TryAddWithoutValidation(TimestampHeader, timestamp);
        headers.TryAddWithoutValidation(PassphraseHeader, credentials.RevealPassphrase());
    }

    private static void Strip(HttpRequestMessage request)
    {
        foreach (var header in Headers)
            request.Headers.Remove(header);
    }
}
