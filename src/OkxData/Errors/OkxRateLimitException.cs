namespace OkxData.Errors;

/// <summary>OKX refused the request because too many were sent (HTTP 429 or code 50011).</summary>
/// <remarks>Wait; other programs behind the same address count too.</remarks>
public sealed class OkxRateLimitException : OkxApiException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public OkxRateLimitException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>How long OKX asked to wait, where it said so.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Always <see langword="true"/>.</summary>
    public override bool IsTransient => true;
}
