using System.IO.Hashing;
using System.Runtime.InteropServices;
using OkxData.Models;
using OkxData.Time;

namespace OkxData.Refresh;

/// <summary>When each series of a bar is due. Closes are Unix milliseconds.</summary>
internal sealed class RefreshSchedule(BarSize bar, TimeSpan delay, TimeSpan spread)
{
    private readonly BarGrid _grid = bar.ToGrid();
    private readonly long _delay = (long)delay.TotalMilliseconds;

    // A series must not become due after the next close.
    private readonly double _spread = Math.Min(spread.TotalMilliseconds, bar.ToGrid().ShortestStep / 4.0);

    /// <summary>The newest close whose round has begun.</summary>
    public long CloseAt(DateTimeOffset now) => _grid.Floor(UnixTime.ToMilliseconds(now) - _delay);

    /// <summary>The opening of the candle that ends with the close.</summary>
    public DateTimeOffset LastOpening(long close) => UnixTime.FromMilliseconds(_grid.Add(close, -1));

    /// <summary>When the round of the close after this one begins.</summary>
    public DateTimeOffset NextRound(long close) => UnixTime.FromMilliseconds(_grid.Add(close, 1) + _delay);

    /// <summary>The first opening of a series that reaches back so far.</summary>
    public DateTimeOffset FirstOpening(long close, TimeSpan history) => UnixTime.FromMilliseconds(_grid.Floor(close - (long)history.TotalMilliseconds));

    /// <summary>When a series is due after a close: always the same while after it, and a different one for each.</summary>
    public DateTimeOffset DueAt(long close, string symbol)
    {
        var part = (double)XxHash32.HashToUInt32(MemoryMarshal.AsBytes($"{symbol}/{bar.ToCode()}".AsSpan())) / uint.MaxValue;
        return UnixTime.FromMilliseconds(close + _delay + (long)(part * _spread));
    }
}
