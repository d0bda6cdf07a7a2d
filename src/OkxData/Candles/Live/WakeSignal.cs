using System.Threading.Channels;

namespace OkxData.Candles.Live;

/// <summary>Wakes one waiter: when something has happened, or at a set time, whichever is first. Many wakes before a wait are one.</summary>
internal sealed class WakeSignal : IAsyncDisposable
{
    private readonly Channel<bool> _wakes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly ITimer _timer;

    public WakeSignal(TimeProvider timeProvider) =>
        _timer = timeProvider.CreateTimer(static state => ((WakeSignal)state!).Set(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    public void Set() => _wakes.Writer.TryWrite(true);

    public async ValueTask WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        _timer.Change(atMost > TimeSpan.Zero ? atMost : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        await _wakes.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();
}
