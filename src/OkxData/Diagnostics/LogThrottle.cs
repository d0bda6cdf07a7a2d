namespace OkxData.Diagnostics;

/// <summary>Lets one line through in a while, and counts those it holds back: a peer that floods must not flood the log.</summary>
internal sealed class LogThrottle(TimeProvider timeProvider)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private long? _last;
    private long _held;

    /// <summary>Whether a line may be written now.</summary>
    /// <param name="count">How many events the line speaks for: this one, and those held back since the last line.</param>
    public bool Allows(out long count)
    {
        lock (_lock)
        {
            count = ++_held;
            if (_last is { } last && timeProvider.GetElapsedTime(last) < Quiet)
                return false;

            (_last, _held) = (timeProvider.GetTimestamp(), 0);
            return true;
        }
    }
}
