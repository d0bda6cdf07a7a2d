using OkxData.RateLimiting;

namespace OkxData.Http;

/// <summary>A GET endpoint of OKX: its path and what OKX allows on it.</summary>
/// <param name="Path">The path, such as <c>/api/v5/market/candles</c>.</param>
/// <param name="Quota">The requests that OKX allows, per address and scope.</param>
internal sealed record EndpointDefinition(string Path, RateLimitQuota Quota)
{
    /// <summary>The endpoint as messages and metrics name it.</summary>
    public string Name { get; } = "GET " + Path;
}
