namespace OkxData.Http;

/// <summary>Who answers at an endpoint, and how its replies are to be read.</summary>
/// <param name="Name">The name in messages.</param>
/// <param name="AddressOption">The option that says where it is, for advice.</param>
/// <param name="LowerUsage">What to do about too many requests, for advice.</param>
internal sealed record HttpService(string Name, string AddressOption, string LowerUsage)
{
    public static HttpService Okx { get; } = new("OKX", "the environment's REST address", "lower RateLimiting.Share when other programs call OKX from the same address");

    /// <summary>Whether replies come in OKX's envelope; else the body is the data, and errors are told by the HTTP status.</summary>
    public bool HasEnvelope => ReferenceEquals(this, Okx);
}
