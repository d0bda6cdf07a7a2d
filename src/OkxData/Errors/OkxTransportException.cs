namespace OkxData.Errors;

/// <summary>OKX gave no usable answer: a failed name lookup or handshake, a broken connection, a timeout, a status of 5xx, or a body that is not whole.</summary>
/// <remarks>Try again later; the library already has, within its limits.</remarks>
public class OkxTransportException : OkxException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public OkxTransportException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The HTTP status, where an answer came at all.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>Always <see langword="true"/>.</summary>
    public override bool IsTransient => true;
}
