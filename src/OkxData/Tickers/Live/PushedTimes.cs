using OkxData.Http;
using OkxData.Time;

namespace OkxData.Tickers.Live;

/// <summary>Tells which times of pushes cannot be: a ticker that claims to be of the year 2100 would keep out all that come after it.</summary>
/// <remarks>
/// A time is refuted only by what OKX has said of its own clock, never by ours alone, which may be hours off; where OKX has not told the
/// time and a push is ahead of ours, OKX is asked. Thread-safe; those who ask at once wait for the same answer.
/// </remarks>
/// <param name="clock">OKX's clock, as far as it is known.</param>
/// <param name="ask">Asks OKX for its time where that is not known; does not throw where no answer comes, and shares the answer among those who ask at once.</param>
/// <param name="timeProvider">Our clock.</param>
internal sealed class PushedTimes(HostClock clock, Func<CancellationToken, Task> ask, TimeProvider timeProvider)
{
    /// <summary>Far more than clocks and networks differ by, and little to wait for until a wrong time is past.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(10);

    /// <summary>A stream is not to wait for an answer with every push where none comes.</summary>
    private static readonly TimeSpan BetweenQuestions = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _asked;

    /// <summary>Whether the time is known to be wrong; asks nobody.</summary>
    public bool Refutes(long milliseconds) =>
        IsAheadOf(milliseconds, timeProvider.GetUtcNow()) && clock.IsFresh && IsAheadOf(milliseconds, clock.Now);

    /// <summary>Whether the time is wrong; asks OKX what time it is where that must be known.</summary>
    public async ValueTask<bool> RefutesAsync(long milliseconds, CancellationToken cancellationToken)
    {
        if (!IsAheadOf(milliseconds, timeProvider.GetUtcNow()))
            return false;

        if (!clock.IsFresh && MayAsk())
        {
            // Several streams may ask at once, and share the answer.
            await ask(cancellationToken).ConfigureAwait(false);
            lock (_lock)
                _asked = timeProvider.GetTimestamp();
        }

        return Refutes(milliseconds);
    }

    private static bool IsAheadOf(long milliseconds, DateTimeOffset now) => milliseconds - UnixTime.ToMilliseconds(now) > Tolerance.TotalMilliseconds;

    private bool MayAsk()
    {
        lock (_lock)
            return _asked is not { } asked || timeProvider.GetElapsedTime(asked) >= BetweenQuestions;
    }
}
