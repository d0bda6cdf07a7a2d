using OkxData.Caching;
using OkxData.Credentials;
using OkxData.Http;
using OkxData.Rankings;
using OkxData.RateLimiting;
using OkxData.Streaming;
using OkxData.Validation;

namespace OkxData;

/// <summary>Everything that can be set; one class a room. Nothing has to be.</summary>
public sealed class OkxMarketDataOptions
{
    /// <summary>Which of OKX's regions is called.</summary>
    /// <value>The default is <see cref="OkxEnvironment.Global"/>.</value>
    public OkxEnvironment Environment { get; set; } = OkxEnvironment.Global;

    /// <summary>How OKX's budgets are shared.</summary>
    public RateLimitingOptions RateLimiting { get; } = new();

    /// <summary>How calls are repeated, timed out and given up.</summary>
    public ResilienceOptions Resilience { get; } = new();

    /// <summary>Where and how data is kept.</summary>
    public CachingOptions Caching { get; } = new();

    /// <summary>What is done about findings in the data.</summary>
    public ValidationOptions Validation { get; } = new();

    /// <summary>Where market capitalisations come from, and how they are joined to OKX's instruments.</summary>
    public RankingsOptions Rankings { get; } = new();

    /// <summary>How live streams keep their connections.</summary>
    public StreamingOptions Streaming { get; } = new();

    /// <summary>The API keys of signed calls; market data needs none.</summary>
    public CredentialsOptions Credentials { get; } = new();
}
