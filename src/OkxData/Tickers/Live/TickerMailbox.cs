using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Streaming;
using OkxData.Time;

namespace OkxData.Tickers.Live;

/// <summary>Stands between the connection and one reader: keeps the newest row of each symbol, and gives them in the order in which they became new.</summary>
internal sealed class TickerMailbox : IStreamListener
{
    private readonly Dictionary<string, TickerSlot> _slots;
    private readonly TickerSignals _signals;
    private readonly PushedTimes _times;
    private readonly TickerWire _wire = new();

    // A symbol stands in it once, however often it is pushed, so none keeps another waiting.
    private readonly Channel<TickerSlot> _ready = Channel.CreateUnbounded<TickerSlot>(new UnboundedChannelOptions { SingleReader = true });
    private Exception? _end;

    public TickerMailbox(IEnumerable<string> symbols, PushedTimes times, TickerSignals signals)
    {
        _slots = symbols.ToDictionary(symbol => symbol, symbol => new TickerSlot(symbol), StringComparer.Ordinal);
        _times = times;
        _signals = signals;
    }

    /// <summary>Waits until there is something to take.</summary>
    /// <exception cref="OkxStreamException">OKX refused a symbol.</exception>
    /// <exception cref="ObjectDisposedException">The client is disposed.</exception>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WaitAsync()
    {
        await _ready.Reader.WaitToReadAsync().ConfigureAwait(false);
        ThrowIfEnded();
    }

    /// <summary>Takes the next ticker, made of the newest row of its symbol; rows that break a rule are left out and counted.</summary>
    public bool TryTake([NotNullWhen(true)] out Ticker? ticker)
    {
        ThrowIfEnded();
        while (_ready.Reader.TryRead(out var slot))
        {
            var row = slot.Take(out var milliseconds);
            ticker = _wire.ReadPushed(row, slot.Symbol, slot.Type, out var refusal);
            slot.Settle(ticker, milliseconds);
            if (ticker is not null)
                return true;

            _signals.LeftOut(refusal!);
        }

        ticker = null;
        return false;
    }

    /// <summary>Whether the ticker that was taken last may be given on. Its time is told apart here where OKX must be asked for its own.</summary>
    public async ValueTask<bool> IsCredibleAsync(Ticker taken, CancellationToken cancellationToken)
    {
        var milliseconds = UnixTime.ToMilliseconds(taken.Timestamp);
        if (!await _times.RefutesAsync(milliseconds, cancellationToken).ConfigureAwait(false))
            return true;

        _slots[taken.Symbol].Withdraw();
        _signals.OfTheFuture(taken.Symbol, milliseconds);
        return false;
    }

    /// <summary>Ends the stream for its reader, who hears of it at once.</summary>
    public void End(Exception reason)
    {
        Interlocked.CompareExchange(ref _end, reason, null);
        _ready.Writer.TryComplete();
    }

    public void OnPush(StreamTopic topic, ReadOnlySpan<byte> data)
    {
        var row = PushedRow.Newest(data, out var milliseconds);
        if (row.IsEmpty)
        {
            _signals.WithoutTime(topic.Symbol);
            return;
        }

        if (_times.Refutes(milliseconds))
        {
            _signals.OfTheFuture(topic.Symbol, milliseconds);
            return;
        }

        var slot = _slots[topic.Symbol];
        var offer = slot.Offer(row, milliseconds);
        if (offer == TickerOffer.Old && _times.Refutes(slot.NewestTime))
        {
            // It was let through while OKX's time was not known.
            slot.Forget();
            offer = slot.Offer(row, milliseconds);
        }

        switch (offer)
        {
            case TickerOffer.First:
                _ready.Writer.TryWrite(slot);
                break;
            case TickerOffer.Replaced:
                _signals.Conflated();
                break;
        }
    }

    public void OnSubscribed(StreamTopic topic)
    {
        // OKX pushes the latest ticker with every subscription, and that says it all.
    }

    public void OnInterrupted(StreamTopic topic)
    {
        // A ticker is as of its timestamp; what was missed is of no interest once there is a newer one.
    }

    public void OnRejected(StreamTopic topic, OkxStreamException reason) => End(reason);

    public void OnDisposed() => End(new ObjectDisposedException("OkxMarketClient", "The client was disposed while its stream was read."));

    private void ThrowIfEnded()
    {
        if (Volatile.Read(ref _end) is { } end)
            throw end;
    }
}
