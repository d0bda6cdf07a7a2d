using OkxData.Errors;
using OkxData.RateLimiting;

namespace OkxData.Http;

/// <summary>The way to OKX: every request of the library goes through <see cref="SendAsync{T}"/>.</summary>
internal sealed class OkxTransport
{
    private readonly HttpClient _client;
    private readonly HttpSettings _settings;
    private readonly string _root;

    public OkxTransport(HttpClient client, HttpSettings settings)
    {
        _client = client;
        _settings = settings;
        _root = settings.BaseAddress.GetLeftPart(UriPartial.Path).TrimEnd('/');
    }

    /// <summary>The host that is called, with its port where that is not the usual one.</summary>
    public string Host => _settings.HostKey;

    /// <summary>How many tokens this client may hold at once on the endpoint.</summary>
    public int PermitsFor(EndpointDefinition endpoint) => endpoint.Quota.PermitsAt(_settings.Share);

    /// <exception cref="OkxException">OKX could not or would not answer.</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async Task<T> SendAsync<T>(OkxRequest<T> request, CancellationToken cancellationToken)
    {
        var call = new OkxCall<T>(request);
        using var message = new HttpRequestMessage(HttpMethod.Get, AddressOf(request));
        message.Options.Set(OkxCall.Key, call);
        try
        {
            // Headers only: the body is read inside the chain, where a timeout and a retry can see it.
            using var response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (HttpErrors.Map(exception, call, cancellationToken) is { } mapped)
        {
            throw mapped;
        }

        return call.TakeResult();
    }

    private Uri AddressOf<T>(OkxRequest<T> request) =>
        new(request.Query.Length == 0 ? _root + request.Endpoint.Path : $"{_root}{request.Endpoint.Path}?{request.Query}");
}
