namespace OkxData.Http;

/// <summary>How calls are repeated, timed out and given up.</summary>
/// <remarks>
/// The order is retry → circuit breaker → rate limit → attempt timeout → reply check → socket. Waiting for the rate limit
/// never counts toward a timeout, and every attempt takes a token of its own.
/// </remarks>
public sealed class ResilienceOptions
{
    /// <summary>How often a call that may heal is tried again.</summary>
    /// <value>The default is 4; 0 to 10 are allowed.</value>
    public int MaxRetries { get; set; } = 4;

    /// <summary>The first pause before a retry; it doubles each time, with jitter.</summary>
    /// <value>The default is 250 ms; 1 ms to 1 min are allowed, and no more than <see cref="MaxRetryDelay"/>.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause before a retry, unless OKX asks for a longer one with <c>Retry-After</c>.</summary>
    /// <value>The default is 8 s; 1 ms to 10 min are allowed.</value>
    /// <remarks>A longer wish is followed up to 60 s. Beyond that the call ends at once with what OKX said, and the wish in <see cref="Errors.OkxRateLimitException.RetryAfter"/>.</remarks>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long one attempt may take, from the send to the last byte of the body.</summary>
    /// <value>The default is 10 s; 10 ms to 10 min are allowed.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a host may give no answer that can be used, while requests to it are under way, before a call ends with that.</summary>
    /// <value>The default is 30 s; 2 s to 1 h are allowed.</value>
    /// <remarks>Where the cache holds something that may stand in, it is 2 s; see <see cref="StaleOnOutage"/>.</remarks>
    public TimeSpan GiveUpAfter { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a call that OKX does not answer is answered from the cache, where that holds something, marked <see cref="Models.DataOrigin.StaleCache"/>.</summary>
    /// <value>The default is <see langword="true"/>. The answer then comes within 3 s: nobody waits longer for OKX who has something to stand in.</value>
    public bool StaleOnOutage { get; set; } = true;

    /// <summary>How long a call waits for the end of maintenance that OKX has announced, in place of failing with <see cref="Errors.OkxMaintenanceException"/> or an older answer.</summary>
    /// <value>The default is zero: it does not wait. Up to 24 h are allowed.</value>
    public TimeSpan WaitForMaintenance { get; set; }

    /// <summary>The largest body that is read, after decompression, in bytes; a larger one is an <see cref="Errors.OkxPayloadException"/> and not asked for again.</summary>
    /// <value>The default is 16 MiB; 1 KiB to 1 GiB are allowed.</value>
    public int MaxResponseBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How long nothing is sent to an endpoint after its circuit breaker has opened, which it does when nine of ten calls to it in the last 30 s, and 20 at least, had no usable answer.</summary>
    /// <value>The default is 5 s; 500 ms to 1 h are allowed.</value>
    /// <remarks>Calls with retries left wait for its end.</remarks>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(5);
}
