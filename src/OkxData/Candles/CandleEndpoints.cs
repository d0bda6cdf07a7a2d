using OkxData.Http;

namespace OkxData.Candles;

/// <summary>The two endpoints that serve candles. Their budgets are separate.</summary>
internal static class CandleEndpoints
{
    /// <summary>The most rows that either endpoint gives for one request.</summary>
    public const int PageSize = 300;

    /// <summary>How many of the newest bars are planned on <see cref="Recent"/>, which serves 1,440: the rest is room for bars that close while a page waits.</summary>
    public const int RecentBars = 1_420;

    /// <summary>How long after its close a bar may be absent from <see cref="History"/> without that meaning anything.</summary>
    public static readonly TimeSpan HistoryLag = TimeSpan.FromHours(1);

    /// <summary>The newest 1,440 rows of a bar, the forming one included; older ranges are answered with nothing, not with an error.</summary>
    public static readonly EndpointDefinition Recent = new("/api/v5/market/candles", new(40, TimeSpan.FromSeconds(2)));

    /// <summary>All rows.</summary>
    public static readonly EndpointDefinition History = new("/api/v5/market/history-candles", new(20, TimeSpan.FromSeconds(2)));

    public static EndpointDefinition Of(CandleSource source) => source == CandleSource.Recent ? Recent : History;
}
