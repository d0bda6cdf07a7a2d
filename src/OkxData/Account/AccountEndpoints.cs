using OkxData.Http;
using OkxData.RateLimiting;

namespace OkxData.Account;

/// <summary>GET /api/v5/account/config: 5 requests in 2 s per account, signed; counted here per address, which is never more.</summary>
/// <remarks>https://www.okx.com/docs-v5/en/#trading-account-rest-api-get-account-configuration</remarks>
internal static class AccountEndpoints
{
    public static readonly EndpointDefinition Configuration = new("/api/v5/account/config", new RateLimitQuota(5, TimeSpan.FromSeconds(2))) { IsSigned = true };
}
