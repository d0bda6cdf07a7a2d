using System.Net;
using OkxData.Credentials;
using OkxData.Errors;

namespace OkxData.Http;

/// <summary>Signs what is about to be sent, if it is to be signed, and takes key headers off everything else.</summary>
/// <remarks>
/// Next to the socket, inside all that a host may hang into the client: what it signs is what is sent, the time in it is that of
/// the send, and the headers are on the message for as long as the socket's handler has it. It replaces them on every attempt.
/// </remarks>
internal sealed class SigningHandler(HttpSettings settings, TimeProvider timeProvider, HttpMessageHandler socket) : DelegatingHandler(socket)
{
    public const string KeyHeader = "OK-ACCESS-KEY";
    public const string SignHeader = "OK-ACCESS-SIGN";
    public const string TimestampHeader = "OK-ACCESS-TIMESTAMP";
    public const string PassphraseHeader = "OK-ACCESS-PASSPHRASE";

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Strip(request);
        if (!request.Options.TryGetValue(OkxCall.Key, out var call) || call.SignedWith is not { } key)
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);

        // Once more than before the call: a host's handler may have sent it elsewhere.
        RefusePlainHttp(call, request.RequestUri!);
        RefusePlainProxy(call, request.RequestUri!);
        try
        {
            Sign(request, key.Credentials);
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            // The message lives on, in retries and in whatever a host hangs around the client.
            Strip(request);
        }
    }

    /// <exception cref="OkxCredentialException">The address is one that anyone on the way to it could listen to.</exception>
    public static void RefusePlainHttp(OkxCall call, Uri address)
    {
        var isThisMachine = address.Host == "localhost" || (IPAddress.TryParse(address.DnsSafeHost, out var ip) && IPAddress.IsLoopback(ip));
        if (address.Scheme != Uri.UriSchemeHttps && !isThisMachine)
            throw CredentialErrors.PlainHttp(call.Endpoint.Name, address.Host);
    }

    /// <summary>Also what stays on this machine by its address leaves it by a proxy, which takes it in plain text. Through HTTPS a proxy passes what it cannot read.</summary>
    private void RefusePlainProxy(OkxCall call, Uri address)
    {
        if (address.Scheme != Uri.UriSchemeHttps && SendingHandler.ProxyOf(InnerHandler!, address) is { } proxy)
            throw CredentialErrors.PlainProxy(call.Endpoint.Name, address.Host, proxy.Authority);
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
        foreach (var header in (string[])[KeyHeader, SignHeader, TimestampHeader, PassphraseHeader])
            request.Headers.Remove(header);
    }
}
