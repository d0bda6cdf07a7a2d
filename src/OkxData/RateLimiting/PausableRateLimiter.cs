using System.Threading.RateLimiting;

namespace OkxData.RateLimiting;

/// <summary>A rate limiter that can be told to hold everybody back for a while, as after a refusal.</summary>
/// <remarks>
/// A lease covers one send on the wire. It is disposed when the answer has been read or has failed, and only then does
/// the token's way back begin: the request reached OKX some time between those two instants. Thread-safe.
/// </remarks>
public abstract class PausableRateLimiter : RateLimiter
{
    /// <summary>Grants nothing for at least this long; a longer pause that is under way is kept.</summary>
    /// <param name="duration">How long, from now.</param>
    public abstract void Pause(TimeSpan duration);
}
