using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OkxData.Account;
using OkxData.Credentials;
using OkxData.Http;

namespace OkxData.DependencyInjection;

/// <content>Keys, and the host's clock by which they sign.</content>
internal static partial class Composition
{
    private static void AddKeys(IServiceCollection services, string name)
    {
        services.AddKeyedSingleton(name, (provider, _) => new ReloadedCredentials(
            provider.GetRequiredService<IOptionsMonitor<OkxMarketDataOptions>>(), name, KeyLoggerOf(provider)));
        services.AddKeyedSingleton(name, (provider, _) => KeyringOf(provider, name));
        services.AddKeyedSingleton(name, (provider, _) => new HostClock(
            OptionsOf(provider, name).Environment.Rest.Authority.ToLowerInvariant(),
            ClockOf(provider, name),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger(HttpLog.Category)));

        // The question what time it is is a call like any other; the transport that makes it is made with what asks it.
        services.AddKeyedSingleton(name, (provider, _) => new ClockSync(
            provider.GetRequiredKeyedService<HostClock>(name),
            () => provider.GetRequiredKeyedService<OkxTransport>(name),
            ClockOf(provider, name),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger(HttpLog.Category)));
    }

    private static KeyCheck KeyCheckOf(IServiceProvider provider, string name, OkxTransport transport)
    {
        var options = OptionsOf(provider, name);
        return new KeyCheck(transport, provider.GetRequiredKeyedService<ReloadedCredentials>(name).Read, options.Environment.IsDemo, options.Caching.Mode);
    }

    private static Keyring KeyringOf(IServiceProvider provider, string name)
    {
        var options = provider.GetRequiredKeyedService<ReloadedCredentials>(name);
        var sources = new CredentialSources(
            () => [.. provider.GetKeyedServices<IOkxCredentialProvider>(name), .. provider.GetServices<IOkxCredentialProvider>()],
            options.Read,
            new EnvironmentCredentials(Environment.GetEnvironmentVariable));
        return new Keyring(sources, options.Read, ClockOf(provider, name), KeyLoggerOf(provider));
    }

    private static ILogger KeyLoggerOf(IServiceProvider provider) => provider.GetRequiredService<ILoggerFactory>().CreateLogger(CredentialsLog.Category);
}
