using OkxData.Models;

namespace OkxData.Errors;

/// <summary>The data is well-formed and breaks a rule whose policy is to throw.</summary>
/// <remarks>Judge the data; <see cref="Report"/> lists every finding.</remarks>
public sealed class OkxValidationException : OkxException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public OkxValidationException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>Every finding, oldest first.</summary>
    public IReadOnlyList<DataIssue> Report { get; init; } = [];
}
