using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OkxData.Caching;
using OkxData.Candles;
using OkxData.Candles.Archive;
using OkxData.Candles.History;
using OkxData.Credentials;
using OkxData.Http;
using OkxData.Instruments;
using OkxData.RateLimiting;
using OkxData.Status;
using OkxData.Tickers;
using OkxData.Tickers.Live;

namespace OkxData.DependencyInjection;

/// <summary>Puts a client together from its rooms. Nothing here decides anything.</summary>
internal static partial class Composition
{
    public static string HttpClientName(string name) => name.Length == 0 ? "OkxData" : $"OkxData:{name}";

    public static void AddClient(IServiceCollection services, string name, IHttpClientBuilder client)
    {
        client.AddOkxHttpPipeline(provider => SettingsOf(provider, name), provider => ClockOf(provider, name));
        AddMarketCapClients(services, name);
        services.AddKeyedSingleton(name, (_, _) => new OkxTransports());
        services.AddKeyedSingleton(name, (provider, _) => TransportOf(provider, name, HttpClientName(name), SettingsOf(provider, name)));
        services.AddKeyedSingleton(name, (provider, _) => StatusOf(provider, name));
        AddKeys(services, name);
        services.AddKeyedSingleton<IOkxMarketClient>(name, (provider, _) => Compose(provider, name));
        if (name.Length == 0)
            services.AddSingleton(provider => provider.GetRequiredKeyedService<IOkxMarketClient>(name));
    }

    private static OkxMarketClient Compose(IServiceProvider provider, string name)
    {
        // Reading the options validates them, also where no host starts and ValidateOnStart does nothing.
        var options = OptionsOf(provider, name);
        var clock = ClockOf(provider, name);
        var logs = provider.GetRequiredService<ILoggerFactory>();
        var transport = provider.GetRequiredKeyedService<OkxTransport>(name);
        var store = new GuardedCacheStore(StoreOf(provider, name, options, clock, logs), logs.CreateLogger<GuardedCacheStore>());
        var archive = options.Caching.Mode == CacheMode.Off ? null : new CandleArchive(
            store, options.Environment.Name, options.Caching.CandleFormat, clock, logs.CreateLogger<CandleArchive>());
        var instruments = new InstrumentService(
            transport,
            new(store, InstrumentJsonContext.Default.List, options.Caching.Mode, clock, logs.CreateLogger<InstrumentService>()),
            new($"{options.Environment.Name}/instruments", options.Caching.InstrumentsTtl, MaxStaleOf(options, options.Caching.MaxStale), options.Caching.RefreshInBackground),
            logs.CreateLogger<InstrumentService>());
        var tickers = new TickerService(
            transport,
            new(store, TickerJsonContext.Default.List, options.Caching.Mode, clock, logs.CreateLogger<TickerService>()),
            new($"{options.Environment.Name}/tickers", options.Caching.TickersTtl, MaxStaleOf(options, options.Caching.MaxStaleTickers), options.Caching.RefreshInBackground),
            logs.CreateLogger<TickerService>());
        var fetcher = new PageFetcher(transport);
        var candles = new CandleService(fetcher, archive, options.Caching, options.Validation, options.Resilience.StaleOnOutage, clock, provider.GetRequiredService<IMeterFactory>(), logs.CreateLogger<CandleService>());
        var hub = HubOf(provider, name);
        return new OkxMarketClient(
            instruments,
            tickers,
            candles,
            new CandleHistory(candles, archive, options.Caching.Mode, clock),
            provider.GetRequiredKeyedService<StatusService>(name),
            RankingsOf(provider, name, store, instruments, tickers),
            CandleStreamsOf(provider, name, hub, candles, fetcher, archive),
            new TickerStreamService(hub, options.Caching.Mode, PushedTimesOf(provider, name), new TickerSignals(provider.GetRequiredService<IMeterFactory>(), clock, logs.CreateLogger<TickerStreamService>())),
            hub,
            KeyCheckOf(provider, name, transport),
            provider.GetRequiredKeyedService<OkxTransports>(name));
    }

    private static PushedTimes PushedTimesOf(IServiceProvider provider, string name) => new(
        provider.GetRequiredKeyedService<HostClock>(name), provider.GetRequiredKeyedService<ClockSync>(name).EnsureAsync, ClockOf(provider, name));

    private static OkxTransport TransportOf(IServiceProvider provider, string name, string httpClient, HttpSettings settings) =>
        provider.GetRequiredKeyedService<OkxTransports>(name).Add(
            new OkxTransport(provider.GetRequiredService<IHttpClientFactory>().CreateClient(httpClient), settings, ClockOf(provider, name)));

    private static OkxMarketDataOptions OptionsOf(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsMonitor<OkxMarketDataOptions>>().Get(name);

    private static HttpSettings SettingsOf(IServiceProvider provider, string name)
    {
        var options = OptionsOf(provider, name);
        return new HttpSettings
        {
            BaseAddress = options.Environment.Rest,
            IsDemo = options.Environment.IsDemo,
            Resilience = options.Resilience,
            Share = options.RateLimiting.Share,
            Limiters = LimitersOf(provider, options),
            Announcements = () => provider.GetKeyedService<StatusService>(name),
            Keyring = provider.GetRequiredKeyedService<Keyring>(name),
            Clock = provider.GetRequiredKeyedService<HostClock>(name),
            ClockSync = provider.GetRequiredKeyedService<ClockSync>(name),
        };
    }

    // Asked for with every check, so it reads no options: those may be half-way through a change.
    public static OkxHealthCheck HealthCheckOf(IServiceProvider provider, string name) => new(
        provider.GetRequiredKeyedService<OkxTransport>(name), provider.GetRequiredKeyedService<StatusService>(name),
        ((OkxMarketClient)provider.GetRequiredKeyedService<IOkxMarketClient>(name)).Streams, ClockOf(provider, name));

    private static StatusService StatusOf(IServiceProvider provider, string name)
    {
        var options = OptionsOf(provider, name);
        return new StatusService(
            provider.GetRequiredKeyedService<OkxTransport>(name), options.Environment.IsDemo, options.Caching.Mode, ClockOf(provider, name),
            provider.GetRequiredService<ILoggerFactory>().CreateLogger<StatusService>());
    }

    private static TimeSpan MaxStaleOf(OkxMarketDataOptions options, TimeSpan maxStale) => options.Resilience.StaleOnOutage ? maxStale : TimeSpan.Zero;

    private static MachineRateLimiterFactory LimitersOf(IServiceProvider provider, OkxMarketDataOptions options) =>
        new(options.RateLimiting, options.Resilience.AttemptTimeout, provider.GetRequiredService<ILoggerFactory>().CreateLogger<MachineRateLimiterFactory>());

    private static TimeProvider ClockOf(IServiceProvider provider, string name) =>
        provider.GetKeyedService<TimeProvider>(name) ?? provider.GetService<TimeProvider>() ?? TimeProvider.System;

    private static ICacheStore StoreOf(IServiceProvider provider, string name, OkxMarketDataOptions options, TimeProvider clock, ILoggerFactory logs) =>
        provider.GetKeyedService<ICacheStore>(name)
        ?? new FileCacheStore(options.Caching.Directory ?? DefaultCacheDirectory.Resolve(), logs.CreateLogger<FileCacheStore>(), clock);
}
