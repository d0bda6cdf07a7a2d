namespace OkxData.Diagnostics;

/// <summary>The names under which the library reports its metrics.</summary>
public static class OkxDataDiagnostics
{
    /// <summary>The meter, <c>OkxData</c>.</summary>
    public const string MeterName = "OkxData";

    /// <summary>A histogram in seconds: one attempt of a request, from the send to the last byte; tags <c>endpoint</c> and <c>outcome</c>.</summary>
    public const string HttpRequestDuration = "okxdata.http.request.duration";

    /// <summary>A histogram in seconds: how long a request waited for the rate limit; tag <c>endpoint</c>.</summary>
    public const string RateLimitWaitDuration = "okxdata.ratelimit.wait.duration";
}
