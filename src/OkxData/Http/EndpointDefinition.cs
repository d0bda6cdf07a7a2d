using OkxData.RateLimiting;

namespace OkxData.Http;

/// <summary>A GET endpoint: its path and what its service allows on it.</summary>
/// <param name="Path">The path, such as <c>/api/v5/market/candles</c>.</param>
/// <param name="Quota">The requests that are allowed, per address and scope.</param>
internal sealed record EndpointDefinition(string Path, RateLimitQuota Quota)
{
    /// <summary>The endpoint as messages and metrics name it.</summary>
    public string Name { get; } = "GET " + Path;

    /// <summary>What its requests are counted under; the path, save where a part of them has a budget of its own.</summary>
    public string Bucket { get; init; } = Path;

    /// <summary>Who answers there.</summary>
    public HttpService Service { get; init; } = HttpService.Okx;

    /// <summary>Whether calls carry a key and are signed with it; all others never do.</summary>
    public bool IsSigned { get; init; }
}
