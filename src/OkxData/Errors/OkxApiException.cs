namespace OkxData.Errors;

/// <summary>OKX answered, and said no.</summary>
/// <remarks>Fix the request; <see cref="Code"/> says what is wrong with it.</remarks>
public class OkxApiException : OkxException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public OkxApiException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>OKX's error code, such as <c>51001</c>.</summary>
    public required string Code { get; init; }

    /// <summary>What OKX said, word for word.</summary>
    public string OkxMessage { get; init; } = "";

    /// <summary>The HTTP status; OKX sends many errors with 200.</summary>
    public int HttpStatus { get; init; }

    /// <summary>Whether the code is one that heals by itself.</summary>
    public override bool IsTransient => OkxErrorCodes.IsTransient(Code);
}
