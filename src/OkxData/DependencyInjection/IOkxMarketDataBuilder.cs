namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What <c>AddOkxMarketData</c> returns: the place to add a store, a simulator or handlers of your own.</summary>
public interface IOkxMarketDataBuilder
{
    /// <summary>The name of the client; empty for the one that has none.</summary>
    string Name { get; }

    /// <summary>The services being registered.</summary>
    IServiceCollection Services { get; }

    /// <summary>The client that calls OKX; handlers added here run inside ours, next to the socket, and never see an API key: only the signing is inside them.</summary>
    IHttpClientBuilder HttpClient { get; }
}
