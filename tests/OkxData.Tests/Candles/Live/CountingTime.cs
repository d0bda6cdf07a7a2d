namespace OkxData.Tests.Candles.Live;

/// <summary>A clock that counts the timers that are in use.</summary>
internal sealed class CountingTime(TimeProvider inner) : TimeProvider
{
    private int _timers;

    public int Timers => Volatile.Read(ref _timers);

    public override TimeZoneInfo LocalTimeZone => inner.LocalTimeZone;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp() => inner.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _timers);
        return new Counted(this, inner.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class Counted(CountingTime owner, ITimer timer) : ITimer
    {
        private int _isDisposed;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            timer.Dispose();
            Leave();
        }

        public async ValueTask DisposeAsync()
        {
            await timer.DisposeAsync();
            Leave();
        }

        private void Leave()
        {
            if (Interlocked.Exchange(ref _isDisposed, 1) == 0)
                Interlocked.Decrement(ref owner._timers);
        }
    }
}
