using OkxData.RateLimiting;

namespace OkxData.Testing;

/// <summary>The budgets of a simulator: how many requests each endpoint answers in any window.</summary>
public sealed class SimulatorLimitOptions
{
    /// <summary>Whether limits are enforced. Arrivals are recorded either way.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool Enabled { get; set; } = true;

    /// <summary>The budgets by path; a path without one is not limited. Those of <c>/api/v5/public/instruments</c> hold per <c>instType</c>.</summary>
    /// <value>The default is what OKX documents, and about what CoinGecko and CoinPaprika let callers without a key do.</value>
    public IDictionary<string, RateLimitQuota> Quotas { get; } = new Dictionary<string, RateLimitQuota>(StringComparer.Ordinal)
    {
        [SimulatorPaths.Candles] = new(40, TimeSpan.FromSeconds(2)),
        [SimulatorPaths.HistoryCandles] = new(20, TimeSpan.FromSeconds(2)),
        [SimulatorPaths.Tickers] = new(20, TimeSpan.FromSeconds(2)),
        [SimulatorPaths.Ticker] = new(20, TimeSpan.FromSeconds(2)),
        [SimulatorPaths.Instruments] = new(20, TimeSpan.FromSeconds(2)),
        [SimulatorPaths.Time] = new(10, TimeSpan.FromSeconds(2)),
        [SimulatorPaths.AccountConfig] = new(5, TimeSpan.FromSeconds(2)),
        [SimulatorPaths.Status] = new(1, TimeSpan.FromSeconds(5)),
        [SimulatorPaths.CoinGeckoMarkets] = new(15, TimeSpan.FromMinutes(1)),
        [SimulatorPaths.CoinPaprikaTickers] = new(10, TimeSpan.FromMinutes(1)),
    };

    /// <summary>Whether a refused request takes room in the window as well.</summary>
    /// <value>The default is <see langword="true"/>, the stricter reading; OKX does not say.</value>
    public bool CountRefused { get; set; } = true;

    /// <summary>Whether a refusal comes as HTTP 200 with the code in the body, as OKX's error table allows, and not as HTTP 429.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool RefuseInsideOk { get; set; }

    /// <summary>The <c>Retry-After</c> of a refusal, rounded up to seconds.</summary>
    /// <value>The default, <see langword="null"/>, sends none, as OKX does.</value>
    public TimeSpan? RetryAfter { get; set; }
}
