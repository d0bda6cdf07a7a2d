namespace OkxData.Errors;

/// <summary>OKX does not answer, and has announced why: maintenance or a disruption is under way.</summary>
/// <remarks>Try again after <see cref="Until"/>; <c>Resilience.WaitForMaintenance</c> does so by itself.</remarks>
public sealed class OkxMaintenanceException : OkxTransportException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The failure of the call itself.</param>
    public OkxMaintenanceException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>What OKX calls it.</summary>
    public string Title { get; init; } = "";

    /// <summary>When OKX expects it to end, UTC; <see langword="null"/> where it names no end.</summary>
    public DateTimeOffset? Until { get; init; }
}
