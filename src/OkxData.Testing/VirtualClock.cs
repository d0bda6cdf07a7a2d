using OkxData.Testing.Virtual;

namespace OkxData.Testing;

/// <summary>A clock that stands still until a test lets time pass, and then goes from one timer to the next.</summary>
/// <remarks>
/// Give it to a simulator as <see cref="OkxSimulatorOptions.Clock"/> and connect the client in memory: after each instant, time
/// waits until the client has dealt with what happened then. Hours of pushes pass in seconds. Thread-safe, save that one
/// caller at a time lets time pass.
/// </remarks>
public sealed class VirtualClock : TimeProvider
{
    private static readonly TimeSpan Calm = TimeSpan.FromMicroseconds(200);

    private readonly Lock _gate = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> _timers = new();
    private volatile IVirtualWorld[] _worlds = [];
    private readonly DateTimeOffset _start;
    private long _elapsed;
    private long _order;
    private long _activity;

    /// <summary>Makes a clock that stands.</summary>
    /// <param name="start">The instant that it shows, any offset is accepted.</param>
    public VirtualClock(DateTimeOffset start) => _start = start.ToUniversalTime();

    /// <summary>How long, in real time, a client that does not take its pushes, or a request that is not answered, holds time up.</summary>
    /// <value>The default is one second.</value>
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc />
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _start.AddTicks(Interlocked.Read(ref _elapsed));

    /// <inheritdoc />
    public override long GetTimestamp() => Interlocked.Read(ref _elapsed);

    /// <inheritdoc />
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentNullException.ThrowIfNull(callback);
        var timer = new VirtualTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Lets time pass.</summary>
    /// <param name="by">How much, zero or more; with zero, what is due now still happens.</param>
    /// <param name="cancellationToken">Stops it where it is.</param>
    /// <returns>When the time has passed and the simulators that live by this clock are quiet.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public Task AdvanceAsync(TimeSpan by, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);

        // Away from a caller's synchronization context, which would keep what follows a timer from following it at once.
        return Task.Run(() => PassAsync(GetTimestamp() + by.Ticks, cancellationToken), cancellationToken);
    }

    internal void Attach(IVirtualWorld world)
    {
        lock (_gate)
            _worlds = [.. _worlds, world];
    }

    internal void Detach(IVirtualWorld world)
    {
        lock (_gate)
            _worlds = [.. _worlds.Where(other => other != world)];
    }

    /// <summary>Plans a timer, in place of what was planned for it before.</summary>
    internal void Plan(VirtualTimer timer, TimeSpan dueTime)
    {
        lock (_gate)
        {
            var order = ++_order;
            timer.Place = order;
            _timers.Enqueue(timer, (_elapsed + Math.Max(0, dueTime.Ticks), order));
        }
    }

    /// <summary>Takes a timer's plan away.</summary>
    internal void Cancel(VirtualTimer timer)
    {
        lock (_gate)
            timer.Place = 0;
    }

    private async Task PassAsync(long end, CancellationToken cancellationToken)
    {
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            await SettleAsync(cancellationToken).ConfigureAwait(false);
        }
        while (FireNext(end));

        Interlocked.Exchange(ref _elapsed, end);
    }

    /// <summary>Goes to the next instant for which anything is planned, and does all of it.</summary>
    private bool FireNext(long end)
    {
        long instant;
        lock (_gate)
        {
            DropStale();
            if (!_timers.TryPeek(out _, out var next) || next.Due > end)
                return false;

            instant = Math.Max(next.Due, _elapsed);
            Interlocked.Exchange(ref _elapsed, instant);
        }

        while (TakeDue(instant) is { } timer)
            timer.Fire();
        return true;
    }

    private VirtualTimer? TakeDue(long instant)
    {
        lock (_gate)
        {
            DropStale();
            if (!_timers.TryPeek(out var timer, out var next) || next.Due > instant)
                return null;

            _timers.Dequeue();
            timer.Place = 0;
            return timer;
        }
    }

    // A timer that was changed or disposed leaves its old place behind.
    private void DropStale()
    {
        while (_timers.TryPeek(out var timer, out var next) && timer.Place != next.Order)
            _timers.Dequeue();
    }

    private async ValueTask SettleAsync(CancellationToken cancellationToken)
    {
        var begun = System.GetTimestamp();
        var calmSince = begun;
        for (var round = 0; ; round++)
        {
            var (isQuiet, activity) = Look();
            if (!isQuiet || activity != _activity)
                calmSince = System.GetTimestamp();
            var isCalm = System.GetElapsedTime(calmSince) >= Calm || (round == 0 && activity == _activity);
            _activity = activity;
            if (isQuiet && isCalm && (ThreadPool.PendingWorkItemCount == 0 || round > 20))
                return;
            if (System.GetElapsedTime(begun) > Patience)
            {
                Abandon();
                return;
            }

            cancellationToken.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private (bool IsQuiet, long Activity) Look()
    {
        // Not under the lock: worlds have locks of their own, within which they plan timers.
        var (isQuiet, activity) = (true, 0L);
        foreach (var world in _worlds)
        {
            isQuiet &= world.IsQuiet;
            activity += world.Activity;
        }

        return (isQuiet, activity);
    }

    private void Abandon()
    {
        foreach (var world in _worlds)
            world.Abandon();
    }
}
