namespace OkxData.Errors;

/// <summary>No key will do for a signed call: none is set, one is set in part, OKX rejects it, or it may do more than read.</summary>
/// <remarks>Mend the keys; the message names the key by its last four characters and says what is wrong. <see cref="OkxApiException.Code"/> is empty where it was not OKX that said no.</remarks>
public sealed class OkxCredentialException : OkxApiException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public OkxCredentialException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The end of the key that it is about, such as <c>…1a2b</c>; <see langword="null"/> where it is about none or about several.</summary>
    public string? KeyHint { get; init; }

    /// <summary>How long until a rejected key is tried again; <see langword="null"/> where waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
