using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OkxData.Caching;
using OkxData.Http;
using OkxData.Instruments;
using OkxData.Rankings;
using OkxData.Rankings.Building;
using OkxData.Rankings.Sources;
using OkxData.Tickers;

namespace OkxData.DependencyInjection;

/// <content>Rankings: clients of their own for hosts that are not OKX's, and the room on top of them.</content>
internal static partial class Composition
{
    private const string CoinGeckoAddress = "https://api.coingecko.com";
    private const string CoinGeckoProAddress = "https://pro-api.coingecko.com";
    private const int KeylessRequests = 8;
    private const int DemoRequests = 25;
    private const int ProRequests = 200;

    // There is another source to ask, so nobody waits for one that has enough of us.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private static void AddMarketCapClients(IServiceCollection services, string name)
    {
        services.AddHttpClient(CoinGeckoClient(name)).AddOkxHttpPipeline(provider => CoinGeckoSettings(OptionsOf(provider, name)) with { Limiters = LimitersOf(provider, OptionsOf(provider, name)) }, provider => ClockOf(provider, name));
        services.AddHttpClient(CoinPaprikaClient(name)).AddOkxHttpPipeline(provider => CoinPaprikaSettings(OptionsOf(provider, name)) with { Limiters = LimitersOf(provider, OptionsOf(provider, name)) }, provider => ClockOf(provider, name));
    }

    private static RankingService RankingsOf(IServiceProvider provider, string name, ICacheStore store, InstrumentService instruments, TickerService tickers)
    {
        var options = OptionsOf(provider, name);
        var clock = ClockOf(provider, name);
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger<RankingService>();
        var coinGecko = CoinGeckoOf(provider, name, options, clock, logger);
        var sources = new SourceChain(SourcesOf(provider, name, options, coinGecko, clock, logger), options.Rankings.AssetCount, clock, logger);
        var folder = $"{options.Environment.Name}/rankings";
        var categories = new CategoryBook(
            coinGecko,
            [.. options.Rankings.CoinGeckoCategories.Keys],
            new DocumentCache<CategoryMembers>(store, RankingJsonContext.Default.CategoryMembers, options.Caching.Mode, clock, logger),
            $"{folder}/categories",
            clock,
            logger);
        return new RankingService(
            new EvidenceCollector(sources, instruments, tickers, categories, trustsCategories: !options.Environment.IsDemo),
            sources,
            new DocumentCache<RankingEvidence>(store, RankingJsonContext.Default.RankingEvidence, options.Caching.Mode, clock, logger),
            new RankingSnapshots(new DocumentStore<RankingEvidence>(store, RankingJsonContext.Default.RankingEvidence, clock, logger), folder),
            new DocumentTerms(folder, options.Caching.RankingsTtl, MaxStaleOf(options, options.Caching.MaxStale), options.Caching.RefreshInBackground),
            RankingTerms.Of(options.Rankings),
            options.Caching.Mode,
            clock,
            logger);
    }

    private static CoinGeckoSource CoinGeckoOf(IServiceProvider provider, string name, OkxMarketDataOptions options, TimeProvider clock, ILogger logger)
    {
        var requestsPerMinute = options.Rankings.CoinGeckoRequestsPerMinute
            ?? (options.Rankings.CoinGeckoProKey is not null ? ProRequests : options.Rankings.CoinGeckoDemoKey is not null ? DemoRequests : KeylessRequests);
        return new CoinGeckoSource(TransportOf(provider, name, CoinGeckoClient(name), CoinGeckoSettings(options)), requestsPerMinute, clock, logger);
    }

    private static List<IMarketCapSource> SourcesOf(IServiceProvider provider, string name, OkxMarketDataOptions options, CoinGeckoSource coinGecko, TimeProvider clock, ILogger logger)
    {
        List<IMarketCapSource> sources =
        [
            .. provider.GetKeyedServices<IMarketCapSource>(name),
            coinGecko,
            new CoinPaprikaSource(TransportOf(provider, name, CoinPaprikaClient(name), CoinPaprikaSettings(options)), clock, logger),
        ];
        if (options.Rankings.DatedFilesDirectory is { } directory)
            sources.Add(new DatedFilesSource(directory));
        return sources;
    }

    private static HttpSettings CoinGeckoSettings(OkxMarketDataOptions options)
    {
        var (header, key) = options.Rankings.CoinGeckoProKey is { } pro ? ("x-cg-pro-api-key", pro) : ("x-cg-demo-api-key", options.Rankings.CoinGeckoDemoKey);
        var address = options.Rankings.CoinGeckoBaseAddress ?? new Uri(options.Rankings.CoinGeckoProKey is null ? CoinGeckoAddress : CoinGeckoProAddress);
        return SettingsFor(address, options) with { Headers = key is null ? new Dictionary<string, string>() : new Dictionary<string, string> { [header] = key } };
    }

    private static HttpSettings CoinPaprikaSettings(OkxMarketDataOptions options) => SettingsFor(options.Rankings.CoinPaprikaBaseAddress, options);

    private static HttpSettings SettingsFor(Uri address, OkxMarketDataOptions options) =>
        new() { BaseAddress = address, Resilience = options.Resilience, Share = 1, LongestRetryAfter = LongestWait };

    private static string CoinGeckoClient(string name) => HttpClientName(name) + "/CoinGecko";

    private static string CoinPaprikaClient(string name) => HttpClientName(name) + "/CoinPaprika";
}
