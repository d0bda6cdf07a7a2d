using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OkxData;
using OkxData.DependencyInjection;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds OKX market data to a host.</summary>
public static class OkxMarketDataServiceCollectionExtensions
{
    /// <summary>Adds <see cref="IOkxMarketClient"/>, with defaults that work.</summary>
    /// <param name="services">The services.</param>
    /// <returns>A builder for all that can be added to it. A second call adds nothing and returns the same kind of builder.</returns>
    public static IOkxMarketDataBuilder AddOkxMarketData(this IServiceCollection services) => services.AddOkxMarketData("", static _ => { });

    /// <summary>Adds <see cref="IOkxMarketClient"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets options; those of several calls are applied in order.</param>
    /// <returns>A builder for all that can be added to it.</returns>
    public static IOkxMarketDataBuilder AddOkxMarketData(this IServiceCollection services, Action<OkxMarketDataOptions> configure) =>
        services.AddOkxMarketData("", configure);

    /// <summary>Adds <see cref="IOkxMarketClient"/>, with options from configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section that holds the options; <c>Environment</c> is a name, or a section of <c>Name</c>, <c>Rest</c> and <c>WebSocket</c>. A key that is not known is an error.</param>
    /// <returns>A builder for all that can be added to it.</returns>
    public static IOkxMarketDataBuilder AddOkxMarketData(this IServiceCollection services, IConfigurationSection section) =>
        services.AddOkxMarketData("", section);

    /// <summary>Adds a named client: a keyed <see cref="IOkxMarketClient"/> with options of its own.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the service's key; empty for the client that is registered without a key, too.</param>
    /// <param name="section">The section that holds the options.</param>
    /// <returns>A builder for all that can be added to it.</returns>
    public static IOkxMarketDataBuilder AddOkxMarketData(this IServiceCollection services, string name, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);

        // Keys follow a reload; all else is read once.
        services.AddSingleton<IOptionsChangeTokenSource<OkxMarketDataOptions>>(new ConfigurationChangeTokenSource<OkxMarketDataOptions>(name, section));
        return services.AddOkxMarketData(name, options => OptionsBinding.Bind(options, section));
    }

    /// <summary>Adds a named client: a keyed <see cref="IOkxMarketClient"/> with options of its own.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name, which is the service's key; empty for the client that is registered without a key, too.</param>
    /// <param name="configure">Sets options; those of several calls are applied in order.</param>
    /// <returns>A builder for all that can be added to it.</returns>
    public static IOkxMarketDataBuilder AddOkxMarketData(this IServiceCollection services, string name, Action<OkxMarketDataOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(configure);

        services.AddOptions<OkxMarketDataOptions>(name).Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<OkxMarketDataOptions>, OptionsValidator>());
        var client = services.AddHttpClient(Composition.HttpClientName(name));
        if (!services.Any(service => service.ImplementationInstance is ClientRegistration registration && registration.Name == name))
        {
            services.AddSingleton(new ClientRegistration(name));
            Composition.AddClient(services, name, client);
        }

        return new OkxMarketDataBuilder(name, services, client);
    }

    /// <summary>Marks a client as registered, so that a second call with its name adds only configuration.</summary>
    private sealed record ClientRegistration(string Name);

    private sealed record OkxMarketDataBuilder(string Name, IServiceCollection Services, IHttpClientBuilder HttpClient) : IOkxMarketDataBuilder;
}
