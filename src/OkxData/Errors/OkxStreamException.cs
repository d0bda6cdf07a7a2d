namespace OkxData.Errors;

/// <summary>A live stream cannot be kept: OKX refused what was subscribed to. Lost connections are mended without it.</summary>
/// <remarks>Subscribe again once the cause, such as an unknown symbol, is mended.</remarks>
public sealed class OkxStreamException : OkxException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public OkxStreamException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>OKX's code, such as <c>60018</c>; <see langword="null"/> where it gave none.</summary>
    public string? Code { get; init; }

    /// <summary>What OKX said; <see langword="null"/> where it said nothing.</summary>
    public string? OkxMessage { get; init; }

    /// <summary>How often it was tried.</summary>
    public int Attempts { get; init; }

    /// <summary>The status that the connection was closed with, such as 4004; <see langword="null"/> where it was not closed, or without one.</summary>
    public int? CloseStatus { get; init; }
}
