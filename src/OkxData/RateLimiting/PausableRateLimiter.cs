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

    /// <summary>OKX refused a request for coming too often: grants nothing for at least this long, and then comes back gently.</summary>
    /// <param name="duration">How long, from now.</param>
    /// <remarks>
    /// What this does by itself is <see cref="Pause"/>. The library's own limiters also allow fewer tokens than OKX documents from then on,
    /// and again more as long as that is not refused.
    /// </remarks>
    public virtual void PauseAfterRefusal(TimeSpan duration) => Pause(duration);

    /// <summary>Waits for one token, which is granted only while fewer than <paramref name="limit"/> tokens of the bucket are out.</summary>
    /// <param name="limit">The tokens that may be out, this one included; from 1 up to the bucket's own number, which it means when larger.</param>
    /// <param name="cancellationToken">Gives up the place in the queue at once.</param>
    /// <returns>The lease of one token; not acquired only when the limiter is disposed or refuses to queue.</returns>
    /// <remarks>
    /// This is how clients with different shares use one bucket. Waiters with the same limit are served in order; one that is
    /// held back by its own limit does not hold back others with a higher one.
    /// </remarks>
    public abstract ValueTask<RateLimitLease> AcquireBelowAsync(int limit, CancellationToken cancellationToken = default);
}
