using OkxData.Testing.Virtual;

namespace OkxData.Testing;

/// <summary>A clock that stands still until a test lets time pass, and then goes from one timer to the next.</summary>
/// <remarks>
/// Give it to a simulator as <see cref="OkxSimulatorOptions.Clock"/> and connect the client in memory: after each instant, time
/// waits until the client has taken what it was sent and the thread pool has come to rest. Hours of pushes pass in seconds.
/// Whatever else keeps the pool busy slows it down. Thread-safe, save that one caller at a time lets time pass.
/// </remarks>
public sealed class VirtualClock : TimeProvider
{
    // Threads of the pool that never rest, such as those of a test runner; learnt once, and negative until then.
    private static int FewestAtWork = -1;

    private readonly Lock _gate = new();
    private readonly PriorityQueue<VirtualTimer, (long Due, long Order)> _timers = new();
    private volatile IVirtualWorld[] _worlds = [];
    private readonly DateTimeOffset _start;
    private long _elapsed;
    private long _order;
    private int _othersAtWork = Math.Max(0, Volatile.Read(ref FewestAtWork));

    /// <summary>Makes a clock that stands.</summary>
    /// <param name="start">The instant that it shows, any offset is accepted.</param>
    public VirtualClock(DateTimeOffset start) => _start = start.ToUniversalTime();

    /// <summary>How long, in real time, time waits at one instant for a client that does not take its pushes or a thread pool that does not rest.</summary>
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

        // On a thread of its own: there no synchronization context keeps what follows a timer from following it at once, and
        // the thread pool, whose rest it waits for, is not kept busy by the waiting.
        var end = GetTimestamp() + by.Ticks;
        return Task.Factory.StartNew(() => Pass(end, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
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

    private void Pass(long end, CancellationToken cancellationToken)
    {
        do
        {
            cancellationToken.ThrowIfCancellationRequested();
            Settle(cancellationToken);
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

    /// <summary>Waits until the simulators are quiet and the thread pool, on which their clients work, has nothing to do.</summary>
    private void Settle(CancellationToken cancellationToken)
    {
        long? begun = null;
        var spin = new SpinWait();
        for (var fewest = int.MaxValue; ;)
        {
            var atWork = ThreadsAtWork();
            fewest = Math.Min(fewest, atWork);
            if (atWork <= _othersAtWork && ThreadPool.PendingWorkItemCount == 0 && Array.TrueForAll(_worlds, static world => world.IsQuiet))
            {
                _othersAtWork = atWork;
                return;
            }

            begun ??= System.GetTimestamp();
            if (System.GetElapsedTime(begun.Value) > Patience)
            {
                // Somebody else keeps threads of the pool at work, or a client does not take what it was sent: neither holds time up again.
                _othersAtWork = fewest;
                if (FewestAtWork < 0 || fewest < FewestAtWork)
                    Volatile.Write(ref FewestAtWork, fewest);
                foreach (var world in _worlds)
                    world.Abandon();
                return;
            }

            cancellationToken.ThrowIfCancellationRequested();
            spin.SpinOnce(sleep1Threshold: -1);
        }
    }

    private static int ThreadsAtWork()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var free, out _);
        return most - free;
    }
}
