using System.Diagnostics.CodeAnalysis;
using OkxData.Caching;

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
}
