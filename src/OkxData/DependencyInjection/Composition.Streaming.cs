using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OkxData.Candles;
using OkxData.Candles.Archive;
using OkxData.Candles.History;
using OkxData.Candles.Live;
using OkxData.RateLimiting;
using OkxData.Streaming;
using OkxData.Validation;

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
            provider.GetService<IRateLimiterFactory>() ?? LimitersOf(provider, options),
            ClockOf(provider, name),
            provider.GetRequiredService<IMeterFactory>(),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<StreamHub>());
    }

    private static CandleStreamService CandleStreamsOf(IServiceProvider provider, string name, StreamHub hub, CandleService candles, PageFetcher fetcher, CandleArchive? archive)
    {
        var options = OptionsOf(provider, name);
        var clock = ClockOf(provider, name);
        var meters = provider.GetRequiredService<IMeterFactory>();
        var metrics = new LiveMetrics(meters);
        var findings = new ValidationMetrics(meters);
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger<CandleStreamService>();
        var parts = new StreamParts
        {
            Subscribe = hub.Subscribe,
            Ask = (key, openings, source, token) => fetcher.FetchAsync(key, openings, isLeading: false, source, hasStandIn: false, metrics.Asked, token),
            AskHistory = candles.GetCurrentAsync,
            Archive = archive,
            Options = options.Streaming,
            ReportFor = bar => new LiveReport(bar, metrics, findings, clock, logger),
            TimeProvider = clock,
        };
        return new CandleStreamService(parts, options.Caching.Mode);
    }
}
