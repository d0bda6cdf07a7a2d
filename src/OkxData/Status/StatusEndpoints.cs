using OkxData.Http;
using OkxData.Models;
using OkxData.RateLimiting;

namespace OkxData.Status;

/// <summary>GET /api/v5/system/status: one request in 5 s, no paging.</summary>
/// <remarks>https://www.okx.com/docs-v5/en/#status-get-status</remarks>
internal static class StatusEndpoints
{
    public static readonly EndpointDefinition Status = new("/api/v5/system/status", new RateLimitQuota(1, TimeSpan.FromSeconds(5)));

    /// <summary>Asks for what is scheduled or under way, which is what OKX tells when no state is named.</summary>
    public static OkxRequest<ReplyRows<StatusWire>> Announced { get; } = new()
    {
        Endpoint = Status,
        Query = "",
        Subject = "the system's status",
        ReadData = static (ref reader) => StatusWire.ReadRows(ref reader),
    };
}
