using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using OkxData.DependencyInjection;
using OkxData.Refresh;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Keeps a client's cache current while a host runs.</summary>
public static class OkxMarketDataBuilderRefreshExtensions
{
    /// <summary>Adds a hosted service that keeps chosen series current in the cache: what is behind when the host starts, then each bar shortly after it closes.</summary>
    /// <param name="builder">The client's builder.</param>
    /// <param name="configure">Chooses instruments, or how many of the largest assets, and bars; those of several calls are applied in order.</param>
    /// <returns>The builder.</returns>
    /// <remarks>
    /// It asks through the client itself, under the same limits, about once an instrument, bar and close, and what is held is not asked for again. What
    /// fails is tried again, from 30 s to 30 min apart, until it succeeds or the next close comes; an outage is logged when it begins and when it is over.
    /// Metrics <c>okxdata.refresh.series</c> and <c>okxdata.refresh.lag</c>. Options are checked when the host starts. With the cache off or offline it does nothing.
    /// </remarks>
    public static IOkxMarketDataBuilder AddCacheRefresh(this IOkxMarketDataBuilder builder, Action<CacheRefreshOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var (services, name) = (builder.Services, builder.Name);
        services.AddOptions<CacheRefreshOptions>(name).Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CacheRefreshOptions>, CacheRefreshOptionsRules>());
        if (!services.Any(service => service.ImplementationInstance is RefreshRegistration registration && registration.Name == name))
        {
            services.AddSingleton(new RefreshRegistration(name));
            services.AddSingleton<IHostedService>(provider => Composition.CacheRefreshOf(provider, name));
        }

        return builder;
    }

    /// <summary>Marks a client's refresh as registered, so that a second call adds only configuration.</summary>
    private sealed record RefreshRegistration(string Name);
}
