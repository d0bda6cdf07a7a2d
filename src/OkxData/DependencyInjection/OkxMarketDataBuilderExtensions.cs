using System.Diagnostics.CodeAnalysis;
using OkxData.Caching;
using OkxData.Credentials;
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
