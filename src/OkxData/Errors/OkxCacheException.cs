using OkxData.Time;

namespace OkxData.Errors;

/// <summary>The cache cannot answer: it is unreadable, or in offline mode it does not hold what was asked.</summary>
/// <remarks>Repair or delete what <see cref="Location"/> names, or go online.</remarks>
public sealed class OkxCacheException : OkxException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="message">What happened and what to do.</param>
    /// <param name="innerException">The cause, if another exception was.</param>
    public OkxCacheException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }

    /// <summary>The key or path concerned.</summary>
    public string Location { get; init; } = "";

    /// <summary>The opening times of the candles that were asked for and are not held, oldest first; start inclusive, end exclusive, UTC. Empty for other failures.</summary>
    public IReadOnlyList<UtcRange> Missing { get; init; } = [];
}
