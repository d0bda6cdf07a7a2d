using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OkxData.Refresh;

namespace OkxData.DependencyInjection;

/// <content>The hosted service that keeps series current.</content>
internal static partial class Composition
{
    public static CacheRefreshService CacheRefreshOf(IServiceProvider provider, string name) => new(
        () => provider.GetRequiredKeyedService<IOkxMarketClient>(name),
        provider.GetRequiredService<IOptionsMonitor<CacheRefreshOptions>>().Get(name),
        OptionsOf(provider, name).Caching.Mode,
        ClockOf(provider, name),
        new RefreshMetrics(provider.GetRequiredService<IMeterFactory>()),
        provider.GetRequiredService<ILoggerFactory>().CreateLogger<CacheRefreshService>());
}
