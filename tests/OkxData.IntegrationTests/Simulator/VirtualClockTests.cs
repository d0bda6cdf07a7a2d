using NUnit.Framework;
using OkxData.Testing;

namespace OkxData.IntegrationTests.Simulator;

public sealed class VirtualClockTests
{
    private static readonly DateTimeOffset Start = new(2024, 6, 15, 14, 0, 0, TimeSpan.FromHours(2));

    private VirtualClock _clock = null!;

    [SetUp]
    public void MakeClock() => _clock = new VirtualClock(Start);

    [Test]
    public async Task AdvanceAsync_SeveralTimers_EachAtItsInstantInOrder()
    {
        var start = _clock.GetUtcNow();
        var fired = new List<(string Name, TimeSpan At)>();
        using var late = Timer("late", 3);
        using var early = Timer("early", 1);
        using var alsoEarly = Timer("also early", 1);
        using var beyond = Timer("beyond", 11);
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(10));

        Assert.That(fired, Is.EqualTo(new[] { ("early", TimeSpan.FromSeconds(1)), ("also early", TimeSpan.FromSeconds(1)), ("late", TimeSpan.FromSeconds(3)) }));
        Assert.That(_clock.GetUtcNow() - start, Is.EqualTo(TimeSpan.FromSeconds(10)));

        ITimer Timer(string name, int seconds) =>
            _clock.CreateTimer(_ => fired.Add((name, _clock.GetUtcNow() - start)), null, TimeSpan.FromSeconds(seconds), Timeout.InfiniteTimeSpan);
    }

    [Test]
    public async Task CreateTimer_WithAPeriod_AgainAndAgainUntilChangedOrDisposed()
    {
        var count = 0;
        var timer = _clock.CreateTimer(_ => count++, null, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(6));
        Assert.That(count, Is.EqualTo(3));

        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(6));
        Assert.That(count, Is.EqualTo(3));

        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await _clock.AdvanceAsync(TimeSpan.Zero);
        Assert.That(count, Is.EqualTo(4));

        timer.Change(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await timer.DisposeAsync();
        await _clock.AdvanceAsync(TimeSpan.FromSeconds(6));
        Assert.That(count, Is.EqualTo(4));
        Assert.That(timer.Change(TimeSpan.Zero, TimeSpan.Zero), Is.False);
    }

    [Test]
    public async Task AdvanceAsync_WaitsThatFollowWaits_AllWithinTheTime()
    {
        var waiting = WaitAsync();
        await _clock.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.That(await waiting, Is.EqualTo(_clock.GetUtcNow()));

        async Task<DateTimeOffset> WaitAsync()
        {
            for (var i = 0; i < 60; i++)
                await Task.Delay(TimeSpan.FromMinutes(1), _clock).ConfigureAwait(false);
            return _clock.GetUtcNow();
        }
    }

    [Test]
    public void AdvanceAsync_BackOrCancelled_Refused()
    {
        Assert.That(() => _clock.AdvanceAsync(TimeSpan.FromTicks(-1)), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => _clock.AdvanceAsync(TimeSpan.FromHours(1), new CancellationToken(true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_clock.GetUtcNow(), Is.EqualTo(Start).And.Property(nameof(DateTimeOffset.Offset)).EqualTo(TimeSpan.Zero));
    }
}
