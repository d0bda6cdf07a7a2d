namespace OkxData.Errors;

/// <summary>The common base of everything that this library throws for reasons outside the program.</summary>
/// <remarks>Bad arguments are <see cref="ArgumentException"/>s and a caller's cancellation is an <see cref="OperationCanceledException"/>; neither is wrapped.</remarks>
public abstract class OkxException : Exception
{
    private protected OkxException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    /// <summary>The endpoint that was called, such as <c>GET /api/v5/market/candles</c>; <see langword="null"/> where none was.</summary>
    public string? Endpoint { get; init; }

    /// <summary>Whether the same call may succeed later without a change.</summary>
    public virtual bool IsTransient => false;
}
