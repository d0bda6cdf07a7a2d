using Microsoft.Extensions.Logging;
using OkxData.Caching;
using OkxData.Http;
using OkxData.Instruments;
using OkxData.Tickers;

namespace OkxData.Tests;

/// <summary>Services whose cache is off, for tests of everything else about them.</summary>
internal static class UncachedServices
{
    private static readonly DocumentTerms Terms = new("test", TimeSpan.FromHours(1), TimeSpan.FromHours(1));

    public static InstrumentService Instruments(OkxTransport transport, ILogger<InstrumentService> logger) =>
        new(transport, new(NullCacheStore.Instance, InstrumentJsonContext.Default.List, CacheMode.Off, TimeProvider.System, logger), Terms, logger);

    public static TickerService Tickers(OkxTransport transport, ILogger<TickerService> logger) =>
        new(transport, new(NullCacheStore.Instance, TickerJsonContext.Default.List, CacheMode.Off, TimeProvider.System, logger), Terms, logger);
}
