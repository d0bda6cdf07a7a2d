using OkxData.Instruments;
using OkxData.Models;

namespace OkxData.Tickers.Live;

/// <summary>The newest row of one symbol, as OKX sent it, until the reader takes it. The rows' buffers are used again and again.</summary>
/// <remarks>One thread offers and another takes.</remarks>
internal sealed class TickerSlot(string symbol)
{
    private readonly Lock _lock = new();
    private Buffer _newest = new();
    private Buffer _taken = new();
    private bool _isWaiting;
    private long _newestTime = long.MinValue;
    private long _givenTime = long.MinValue;
    private long _givenBefore = long.MinValue;

    public string Symbol { get; } = symbol;

    public InstrumentType Type { get; } = Symbols.TypeOf(symbol);

    /// <summary>The time of the newest row that was kept.</summary>
    public long NewestTime
    {
        get
        {
            lock (_lock)
                return _newestTime;
        }
    }

    /// <summary>Keeps a row unless a later one, or the same one, is known.</summary>
    public TickerOffer Offer(ReadOnlySpan<byte> row, long milliseconds)
    {
        lock (_lock)
        {
            if (milliseconds < _newestTime || (milliseconds == _newestTime && row.SequenceEqual((_isWaiting ? _newest : _taken).Row)))
                return TickerOffer.Old;

            var wasWaiting = _isWaiting;
            _newest.Fill(row);
            (_newestTime, _isWaiting) = (milliseconds, true);
            return wasWaiting ? TickerOffer.Replaced : TickerOffer.First;
        }
    }

    /// <summary>The newest row and its time; it is valid until the next call.</summary>
    public ReadOnlySpan<byte> Take(out long milliseconds)
    {
        lock (_lock)
        {
            milliseconds = _newestTime;
            (_newest, _taken, _isWaiting) = (_taken, _newest, false);
            return _taken.Row;
        }
    }

    /// <summary>What was taken has been given to the reader, or was of no use: a row without use must not keep out what is older than it claims to be.</summary>
    public void Settle(Ticker? given, long milliseconds)
    {
        lock (_lock)
        {
            if (given is not null)
                (_givenBefore, _givenTime) = (_givenTime, milliseconds);
            else if (!_isWaiting)
                _newestTime = _givenTime;
        }
    }

    /// <summary>What was settled as given last was not given after all.</summary>
    public void Withdraw()
    {
        lock (_lock)
        {
            _givenTime = _givenBefore;
            if (!_isWaiting)
                _newestTime = _givenTime;
        }
    }

    /// <summary>What was kept and given is no measure for what comes: its time was wrong.</summary>
    public void Forget()
    {
        lock (_lock)
            _newestTime = _givenTime = _givenBefore = long.MinValue;
    }

    private sealed class Buffer
    {
        private byte[] _bytes = [];
        private int _length;

        public ReadOnlySpan<byte> Row => _bytes.AsSpan(0, _length);

        public void Fill(ReadOnlySpan<byte> row)
        {
            if (_bytes.Length < row.Length)
                _bytes = new byte[Math.Max(row.Length, _bytes.Length * 2)];
            row.CopyTo(_bytes);
            _length = row.Length;
        }
    }
}
