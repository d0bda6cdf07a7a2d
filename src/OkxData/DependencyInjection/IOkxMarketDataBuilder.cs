namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What <c>AddOkxMarketData</c> returns: the place to add a store, a simulator or handlers of your own.</summary>
public interface IOkxMarketDataBuilder
{
    /// <summary>The name of the client; empty for the one that has none.</summary>
    string Name { get; }

    /// <summary>The services being registered.</summary>
    IServiceCollection Services { get; }

    /// <summary>The client that calls OKX; handlers added here run inside ours, next to the socket, and never see an API key: only the signing is inside them.</summary>
    /// <remarks>
    /// Let a primary handler of your own, one with a proxy for example, be a new <see cref="System.Net.Http.SocketsHttpHandler"/>. Redirects and silent second tries, which OKX
    /// counts and the rate limit would not, are turned off in it; in an <see cref="System.Net.Http.HttpClientHandler"/> only the redirects can be, and any other must see to it itself.
    /// </remarks>
    IHttpClientBuilder HttpClient { get; }
}
