namespace OkxData.Testing.Virtual;

/// <summary>A timer of a <see cref="VirtualClock"/>; its callback runs on the thread that lets time pass.</summary>
internal sealed class VirtualTimer(VirtualClock clock, TimerCallback callback, object? state) : ITimer
{
    private TimeSpan _period;
    private bool _isDisposed;

    /// <summary>Its place in the clock's order, by which a plan that no longer holds is told; 0 where there is none. Guarded by the clock.</summary>
    public long Place { get; set; }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        if (_isDisposed)
            return false;

        _period = period;
        if (dueTime == Timeout.InfiniteTimeSpan)
            clock.Cancel(this);
        else
            clock.Plan(this, dueTime);
        return true;
    }

    public void Fire()
    {
        if (_isDisposed)
            return;
        if (_period > TimeSpan.Zero)
            clock.Plan(this, _period);
        callback(state);
    }

    public void Dispose()
    {
        _isDisposed = true;
        clock.Cancel(this);
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
