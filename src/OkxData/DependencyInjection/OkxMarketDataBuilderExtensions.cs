using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using OkxData.Caching;
using OkxData.Credentials;
using OkxData.DependencyInjection;
using OkxData.Rankings;
using OkxData.Streaming;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>What can be added to a client.</summary>
public static class OkxMarketDataBuilderExtensions
{
    /// <summary>Keeps the client's data in a store of this type instead of in files.</summary>
    /// <typeparam name="TStore">The store; a singleton that the container makes.</typeparam>
    /// <param name="builder">The client's builder.</param>
    /// <returns>The builder.</returns>
    public static IOkxMarketDataBuilder AddCacheStore<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TStore>(this IOkxMarketDataBuilder builder)
        where TStore : class, ICacheStore
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton<ICacheStore, TStore>(builder.Name);
        return builder;
    }

    /// <summary>Keeps the client's data in this store instead of in files.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="store">The store; its owner disposes it.</param>
    /// <returns>The builder.</returns>
    public static IOkxMarketDataBuilder AddCacheStore(this IOkxMarketDataBuilder builder, ICacheStore store)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(store);
        builder.Services.AddKeyedSingleton(builder.Name, store);
        return builder;
    }

    /// <summary>Asks a source of this type for market capitalisations, before CoinGecko and CoinPaprika; several are asked in the order in which they were added.</summary>
    /// <typeparam name="TSource">The source; a singleton that the container makes.</typeparam>
    /// <param name="builder">The client's builder.</param>
    /// <returns>The builder.</returns>
    public static IOkxMarketDataBuilder AddMarketCapSource<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TSource>(this IOkxMarketDataBuilder builder)
        where TSource : class, IMarketCapSource
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton<IMarketCapSource, TSource>(builder.Name);
        return builder;
    }

    /// <summary>Asks this source for market capitalisations, before CoinGecko and CoinPaprika.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="source">The source; its owner disposes it.</param>
    /// <returns>The builder.</returns>
    public static IOkxMarketDataBuilder AddMarketCapSource(this IOkxMarketDataBuilder builder, IMarketCapSource source)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(source);
        builder.Services.AddKeyedSingleton(builder.Name, source);
        return builder;
    }

    /// <summary>Takes the keys of signed calls from a provider of this type, before the options and the environment variables; several are asked in the order in which they were added.</summary>
    /// <typeparam name="TProvider">The provider; a singleton that the container makes.</typeparam>
    /// <param name="builder">The client's builder.</param>
    /// <returns>The builder.</returns>
    public static IOkxMarketDataBuilder AddCredentialProvider<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TProvider>(this IOkxMarketDataBuilder builder)
        where TProvider : class, IOkxCredentialProvider
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton<IOkxCredentialProvider, TProvider>(builder.Name);
        return builder;
    }

    /// <summary>Takes the keys of signed calls from this provider, before the options and the environment variables.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="provider">The provider; its owner disposes it.</param>
    /// <returns>The builder.</returns>
    public static IOkxMarketDataBuilder AddCredentialProvider(this IOkxMarketDataBuilder builder, IOkxCredentialProvider provider)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(provider);
        builder.Services.AddKeyedSingleton(builder.Name, provider);
        return builder;
    }

    /// <summary>Adds a check of this client to the host's health checks. It judges by what the client met lately, and sends no request.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="name">The check's name; <see langword="null"/> for <c>OkxData</c>, or <c>OkxData:</c> and the client's name.</param>
    /// <param name="tags">Tags to choose checks by.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// Healthy: OKX answers, or nothing was asked yet. Degraded: calls are answered from the cache, maintenance is announced, OKX is silent, live
    /// streams are not served, or calls wait long for the rate limit. Unhealthy: calls fail with nothing to stand in. The description says why.
    /// </remarks>
    public static IOkxMarketDataBuilder AddHealthCheck(this IOkxMarketDataBuilder builder, string? name = null, params IEnumerable<string> tags)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(tags);
        builder.Services.AddHealthChecks().Add(new HealthCheckRegistration(
            name ?? Composition.HttpClientName(builder.Name), provider => Composition.HealthCheckOf(provider, builder.Name), HealthStatus.Unhealthy, tags));
        return builder;
    }

    /// <summary>Opens the sockets of live streams with a connector of this type, such as one that goes through a proxy.</summary>
    /// <typeparam name="TConnector">The connector; a singleton that the container makes.</typeparam>
    /// <param name="builder">The client's builder.</param>
    /// <returns>The builder.</returns>
    public static IOkxMarketDataBuilder AddWebSocketConnector<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] TConnector>(this IOkxMarketDataBuilder builder)
        where TConnector : class, IWebSocketConnector
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddKeyedSingleton<IWebSocketConnector, TConnector>(builder.Name);
        return builder;
    }

    /// <summary>Opens the sockets of live streams with this connector.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="connector">The connector; its owner disposes it.</param>
    /// <returns>The builder.</returns>
    public static IOkxMarketDataBuilder AddWebSocketConnector(this IOkxMarketDataBuilder builder, IWebSocketConnector connector)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(connector);
        builder.Services.AddKeyedSingleton(builder.Name, connector);
        return builder;
    }
}
