namespace OkxData.Errors;

/// <summary>OKX answered with JSON that is not of the documented shape.</summary>
/// <remarks>Report it to this library: OKX has changed something.</remarks>
public sealed class OkxPayloadException : OkxException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public OkxPayloadException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Where in the reply, such as <c>data[3]</c>.</summary>
    public string Path { get; init; } = "";
}
