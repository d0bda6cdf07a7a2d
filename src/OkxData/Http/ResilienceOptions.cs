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
    /// <value>The default is 250 ms.</value>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The longest pause before a retry, unless OKX asks for a longer one.</summary>
    /// <value>The default is 8 s.</value>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(8);

    /// <summary>How long one attempt may take, from the send to the last byte of the body.</summary>
    /// <value>The default is 10 s.</value>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>The largest body that is read, after decompression, in bytes.</summary>
    /// <value>The default is 16 MiB.</value>
    public int MaxResponseBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How long nothing is sent after the circuit breaker has opened.</summary>
    /// <value>The default is 5 s.</value>
    public TimeSpan BreakDuration { get; set; } = TimeSpan.FromSeconds(5);
}
