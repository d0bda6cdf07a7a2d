namespace OkxData.Http;

/// <summary>Ends a call once its host has been silent for too long. Waiting for the rate limit is no silence.</summary>
internal sealed class Patience : IAsyncDisposable
{
    private static readonly TimeSpan ShortestLook = TimeSpan.FromMilliseconds(20);

    /// <summary>Looks that fail to come tell the pulse that the process stood still.</summary>
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(1);

    private readonly HostPulse _pulse;
    private readonly TimeSpan _limit;
    private readonly CancellationTokenSource _end;
    private readonly ITimer _timer;
    private int _isEnded;

    public Patience(HostPulse pulse, TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        _pulse = pulse;
        _limit = limit;
        _end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _timer = timeProvider.CreateTimer(static patience => ((Patience)patience!).Look(), this, LeftOf(pulse.SilentFor), Timeout.InfiniteTimeSpan);
    }

    /// <summary>Cancelled by the caller, or when patience ends.</summary>
    public CancellationToken Token => _end.Token;

    /// <summary>Whether patience, and not the caller, has ended the call.</summary>
    public bool HasEnded => Volatile.Read(ref _isEnded) != 0;

    public async ValueTask DisposeAsync()
    {
        // Waits for a look that is under way, so that it finds what it is to cancel.
        await _timer.DisposeAsync().ConfigureAwait(false);
        _end.Dispose();
    }

    private void Look()
    {
        var silence = _pulse.SilentFor;
        if (silence < _limit || silence is null)
        {
            _timer.Change(LeftOf(silence), Timeout.InfiniteTimeSpan);
            return;
        }

        Volatile.Write(ref _isEnded, 1);
        _end.Cancel();
    }

    private TimeSpan LeftOf(TimeSpan? silence)
    {
        var left = _limit - (silence ?? TimeSpan.Zero);
        return left < ShortestLook ? ShortestLook : left > LongestLook ? LongestLook : left;
    }
}
