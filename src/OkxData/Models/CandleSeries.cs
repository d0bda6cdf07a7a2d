using System.Collections;
using OkxData.Time;

namespace OkxData.Models;

/// <summary>The candles of one instrument, oldest first, with the report of what was found and what was not.</summary>
/// <remarks>Immutable and thread-safe. A <see cref="Candle"/> is large: prefer <see cref="AsSpan"/> or <c>foreach</c> to the interface.</remarks>
public sealed partial class CandleSeries : IReadOnlyList<Candle>, IDatedAnswer
{
    private readonly ReadOnlyMemory<Candle> _candles;
    private string? _contentHash;

    internal CandleSeries(string symbol, BarSize bar, UtcRange range, ReadOnlyMemory<Candle> candles, CoverageReport coverage, DataOrigin origin, DateTimeOffset retrievedAt, int generation = 1)
    {
        Symbol = symbol;
        Bar = bar;
        Range = range;
        _candles = candles;
        Coverage = coverage;
        Origin = origin;
        RetrievedAt = retrievedAt;
        Generation = generation;
    }

    /// <summary>The instrument, as OKX writes it.</summary>
    public string Symbol { get; }

    /// <summary>The length of a candle.</summary>
    public BarSize Bar { get; }

    /// <summary>The range that was asked for: candles open at or after its start and before its end, UTC.</summary>
    public UtcRange Range { get; }

    /// <summary>What was found of the range, and what was not.</summary>
    public CoverageReport Coverage { get; }

    /// <summary>Where the candles came from.</summary>
    public DataOrigin Origin { get; }

    /// <summary>When the newest of the data was received from OKX, UTC.</summary>
    public DateTimeOffset RetrievedAt { get; }

    /// <summary>A hash of what the finished candles say, 32 hexadecimal digits: two series with the same symbol, bar and figures have the same, wherever they came from.</summary>
    /// <remarks>
    /// XxHash128 over UTF-8 lines that each end in a line feed: <c>symbol,bar</c> with OKX's word for the bar, such as <c>BTC-USDT,1Dutc</c>, then for each finished
    /// candle, oldest first, the opening time in Unix milliseconds, open, high, low, close, volume, quote volume and contracts, parted by commas, in plain
    /// decimal notation without trailing zeros, contracts empty where there are none. Computed at the first call.
    /// </remarks>
    public string ContentHash => _contentHash ??= CandleHash.Of(Symbol, Bar, AsSpan());

    /// <summary>Which of the series that were stored under this name one after the other it is; 1 is the first.</summary>
    /// <value>1 unless <c>AcceptHistoryAsync</c> has begun another, and always where nothing is cached.</value>
    /// <remarks>Candles of two generations are never in one series, save where <c>JoinHistoryAsync</c> was asked for that; the finding <c>candle.joined</c> says so.</remarks>
    public int Generation { get; }

    /// <summary>The number of candles.</summary>
    public int Count => _candles.Length;

    /// <summary>The candle at a position, the oldest at 0.</summary>
    /// <param name="index">The position.</param>
    public Candle this[int index] => _candles.Span[index];

    /// <summary>The candles without a copy.</summary>
    /// <returns>A view that is valid as long as the series.</returns>
    public ReadOnlySpan<Candle> AsSpan() => _candles.Span;

    /// <summary>The opening times, UTC, oldest first.</summary>
    /// <returns>A new array.</returns>
    public DateTimeOffset[] ToOpenTimes() => Select(static (in Candle candle) => candle.OpenTime);

    /// <summary>The opens as doubles, in quote currency, oldest first.</summary>
    /// <returns>A new array.</returns>
    public double[] ToOpens() => Select(static (in Candle candle) => (double)candle.Open);

    /// <summary>The highs as doubles, in quote currency, oldest first.</summary>
    /// <returns>A new array.</returns>
    public double[] ToHighs() => Select(static (in Candle candle) => (double)candle.High);

    /// <summary>The lows as doubles, in quote currency, oldest first.</summary>
    /// <returns>A new array.</returns>
    public double[] ToLows() => Select(static (in Candle candle) => (double)candle.Low);

    /// <summary>The closes as doubles, in quote currency, oldest first; for statistics, not for accounts.</summary>
    /// <returns>A new array.</returns>
    public double[] ToCloses() => Select(static (in Candle candle) => (double)candle.Close);

    /// <summary>The volumes as doubles, in base currency, oldest first.</summary>
    /// <returns>A new array.</returns>
    public double[] ToVolumes() => Select(static (in Candle candle) => (double)candle.Volume);

    /// <summary>Walks the candles, oldest first, without boxing.</summary>
    /// <returns>The enumerator.</returns>
    public Enumerator GetEnumerator() => new(_candles);

    IEnumerator<Candle> IEnumerable<Candle>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>A short line for people.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Symbol} {Bar.ToCode()} {Range}: {Coverage}";

    private T[] Select<T>(Selector<T> selector)
    {
        var result = new T[_candles.Length];
        var span = _candles.Span;
        for (var i = 0; i < span.Length; i++)
            result[i] = selector(in span[i]);
        return result;
    }

    private delegate T Selector<out T>(in Candle candle);

    /// <summary>Walks a series, oldest first.</summary>
    public struct Enumerator : IEnumerator<Candle>
    {
        private readonly ReadOnlyMemory<Candle> _candles;
        private int _index = -1;

        internal Enumerator(ReadOnlyMemory<Candle> candles) => _candles = candles;

        /// <summary>The candle at the current position.</summary>
        public readonly Candle Current => _candles.Span[_index];

        readonly object IEnumerator.Current => Current;

        /// <summary>Moves to the next candle.</summary>
        /// <returns><see langword="false"/> at the end.</returns>
        public bool MoveNext() => ++_index < _candles.Length;

        /// <summary>Moves back to before the first candle.</summary>
        public void Reset() => _index = -1;

        /// <summary>Does nothing; there is nothing to release.</summary>
        public readonly void Dispose()
        {
        }
    }
}
