using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Http.Resilience;
using Microsoft.Extensions.Logging;
using OkxData.RateLimiting;
using Polly;

namespace OkxData.Http;

/// <summary>The way of a request, written once.</summary>
internal static class OkxHttpPipeline
{
    // Both candle budgets in flight at once are 60 requests.
    private const int ConnectionsPerHost = 64;

    private static readonly string UserAgent = $"OkxData/{typeof(OkxHttpPipeline).Assembly.GetName().Version?.ToString(3)}";

    /// <summary>Makes the named client the way to OKX. Call it once for a client, right after that was added.</summary>
    /// <remarks>Handlers that are added to the builder afterwards run inside ours, next to the socket; only the one that signs is inside them.</remarks>
    public static IHttpClientBuilder AddOkxHttpPipeline(
        this IHttpClientBuilder builder, Func<IServiceProvider, HttpSettings> settings, Func<IServiceProvider, TimeProvider> timeProvider)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(timeProvider);

        // Fixed with the first client: each endpoint's part of the chain is made with its first call, and options may change before that.
        builder.Services.AddKeyedSingleton(builder.Name, (services, _) => settings(services));
        HttpSettings SettingsOf(IServiceProvider services) => services.GetRequiredKeyedService<HttpSettings>(builder.Name);

        // A host's defaults were made for its own services: they would multiply attempts, or show its credentials to a stranger.
        builder.ConfigureAdditionalHttpMessageHandlers(static (handlers, _) => handlers.Clear());

        // Each request would write four lines; the handlers below log what matters.
        builder.RemoveAllLoggers();
        builder.ConfigureHttpClient((services, client) => Configure(client, SettingsOf(services)));

        // Outermost, so that whatever fails below is tried again, with a token of its own for every attempt.
        // The breaker is inside: a call that finds it open waits for its end as for any other failure. Each endpoint has one: where one is
        // down and another serves, a breaker for both lets through the ones that fail as often as not, and keeps the others waiting.
        builder.AddResilienceHandler("okx", (pipeline, context) =>
        {
            Prepare(pipeline, timeProvider(context.ServiceProvider));
            var resilience = new ResilienceStrategies(SettingsOf(context.ServiceProvider), context.InstanceName, pipeline.TimeProvider!, LoggerOf(context.ServiceProvider));
            resilience.AddRetry(pipeline);
            resilience.AddCircuitBreaker(pipeline);
        }).SelectPipelineBy(static _ => EndpointOf);

        // Inside retry, which repeats no call that met announced maintenance.
        builder.AddHttpMessageHandler(services => new MaintenanceHandler(SettingsOf(services).Announcements));

        // A signed call that OKX refuses for its key or its time goes out again from here, with a token of its own too.
        builder.AddHttpMessageHandler(services => new KeyHandler(SettingsOf(services)));

        // Inside retry, since OKX counts every attempt; outside the timeout, since waiting for a token is not a slow server.
        builder.AddHttpMessageHandler(services => new RateLimitedHandler(
            SettingsOf(services),
            services.GetService<IRateLimiterFactory>() ?? SettingsOf(services).Limiters,
            timeProvider(services),
            new HttpMetrics(services.GetRequiredService<IMeterFactory>()),
            LoggerOf(services)));

        // After the wait, so that it is the key whose turn it is now, and for every attempt.
        builder.AddHttpMessageHandler(services => new KeyChoiceHandler(SettingsOf(services)));

        // Around the reading of the body, so that a reply which drips is given up too.
        builder.AddResilienceHandler("okx-attempt", (pipeline, context) =>
        {
            Prepare(pipeline, timeProvider(context.ServiceProvider));
            pipeline.AddTimeout(new HttpTimeoutStrategyOptions { Timeout = SettingsOf(context.ServiceProvider).Resilience.AttemptTimeout });
        });

        // Innermost of ours: OKX says most of its errors in the body of a 200, and from here they are exceptions.
        builder.AddHttpMessageHandler(services => new EnvelopeHandler(SettingsOf(services), timeProvider(services)));

        builder.Services.TryAddSingleton<OwnedHandlers>();
        builder.ConfigurePrimaryHttpMessageHandler(services => services.GetRequiredService<OwnedHandlers>().Add(CreateSocketHandler(SettingsOf(services).BaseAddress)));

        // Around whatever has become of the socket's handler: a host's handlers and loggers are outside, and never see a key.
        builder.Services.PostConfigure<HttpClientFactoryOptions>(builder.Name, options => options.HttpMessageHandlerBuilderActions.Add(
            handlers =>
            {
                SendingHandler.SendOnlyWhatIsAsked(handlers.PrimaryHandler);
                handlers.PrimaryHandler = new SigningHandler(SettingsOf(handlers.Services), timeProvider(handlers.Services), handlers.PrimaryHandler);
            }));

        // Rotation would build a second chain, with another breaker, every two minutes; connections renew themselves.
        builder.SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        return builder;
    }

    private static SocketsHttpHandler CreateSocketHandler(Uri address) => new()
    {
        // A proxy that the environment names may be another machine, to which this one's loopback is its own.
        UseProxy = !address.IsLoopback,

        // They would tie calls together that have nothing to do with each other.
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Brotli,
        MaxConnectionsPerServer = ConnectionsPerHost,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),

        // Traces stay visible here; their ids and baggage are not sent to others.
        ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
    };

    private static void Configure(HttpClient client, HttpSettings settings)
    {
        client.BaseAddress = settings.BaseAddress;

        // It would count the wait for tokens and all attempts together; the attempt timeout stands in its place.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestVersion = HttpVersion.Version11;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact;
        client.DefaultRequestHeaders.Clear();
        client.DefaultRequestHeaders.Accept.ParseAdd("application/json");
        client.DefaultRequestHeaders.UserAgent.ParseAdd(UserAgent);
        foreach (var (name, value) in settings.Headers)
            client.DefaultRequestHeaders.Add(name, value);
        if (settings.IsDemo)
            client.DefaultRequestHeaders.Add("x-simulated-trading", "1");
    }

    // The library tries it out with a request of its own, which is none of a call.
    private static string EndpointOf(HttpRequestMessage request) => request.Options.TryGetValue(OkxCall.Key, out var call) ? call.Endpoint.Path : "";

    private static void Prepare(ResiliencePipelineBuilder<HttpResponseMessage> pipeline, TimeProvider timeProvider)
    {
        pipeline.TimeProvider = timeProvider;

        // Our own log and metrics tell the same once, in our words.
        pipeline.TelemetryListener = null;
    }

    private static ILogger LoggerOf(IServiceProvider services) => services.GetRequiredService<ILoggerFactory>().CreateLogger(HttpLog.Category);
}
