using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OkxData.RateLimiting;
using OkxData.Streaming;

namespace OkxData.DependencyInjection;

/// <content>Live streams.</content>
internal static partial class Composition
{
    private static StreamHub HubOf(IServiceProvider provider, string name)
    {
        var options = OptionsOf(provider, name);
        return new StreamHub(
            new StreamSettings { BaseAddress = options.Environment.WebSocket, Options = options.Streaming, Share = options.RateLimiting.Share },
            provider.GetKeyedService<IWebSocketConnector>(name) ?? provider.GetService<IWebSocketConnector>() ?? new ClientWebSocketConnector(),
            provider.GetService<IRateLimiterFactory>() ?? ProcessRateLimiterFactory.Shared,
            ClockOf(provider, name),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<StreamHub>());
    }
}
