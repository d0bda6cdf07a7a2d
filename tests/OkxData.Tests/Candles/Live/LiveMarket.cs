using System.Globalization;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using OkxData.Candles;
using OkxData.Candles.Live;
using OkxData.Candles.Wire;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Streaming;
using OkxData.Time;

namespace OkxData.Tests.Candles.Live;

/// <summary>An exchange in memory: what it pushes is up to the test, and its history is truthful.</summary>
internal sealed class LiveMarket
{
    public static readonly DateTimeOffset Begin = new(2026, 6, 15, 10, 0, 20, TimeSpan.Zero);

    private readonly List<(StreamTopic Topic, IStreamListener Listener)> _listeners = [];
    private readonly Lock _gate = new();
    private readonly TimeSpan _localError;
    private readonly CountingTime _clock;

    public LiveMarket(TimeSpan localError = default)
    {
        _localError = localError;
        Time = new FakeTimeProvider(Begin + localError);
        _clock = new CountingTime(Time);
    }

    public FakeTimeProvider Time { get; }

    /// <summary>The clock that streams are given.</summary>
    public TimeProvider Clock => _clock;

    /// <summary>The timers of streams that are in use.</summary>
    public int Timers => _clock.Timers;

    public long Now => (Time.GetUtcNow() - _localError).ToUnixTimeMilliseconds();

    public BarGrid Grid => BarSize.OneMinute.ToGrid();

    /// <summary>The bars that the exchange has no candle of.</summary>
    public HashSet<(string Symbol, long Opening)> Lacking { get; } = [];

    /// <summary>Bars before this one do not exist.</summary>
    public long FirstOpening { get; set; } = long.MinValue;

    /// <summary>How long after its close a candle is served.</summary>
    public TimeSpan RestLag { get; set; }

    /// <summary>Candles that history serves only so long after their close, when it has newer ones already.</summary>
    public Dictionary<(string Symbol, long Opening), TimeSpan> SlowInHistory { get; } = [];

    public bool RestHangs { get; set; }

    public OkxException? RestFailure { get; set; }

    public int MaxRows { get; set; } = 300;

    public List<(SeriesKey Key, Interval Openings, CandleSource Source)> Requests { get; } = [];

    public List<CandleBatchQuery> HistoryQueries { get; } = [];

    public int Listeners
    {
        get
        {
            lock (_gate)
                return _listeners.Count;
        }
    }

    public static Candle Candle(long opening, bool isFinished = true) => TestCandles.Candle(opening, isFinished);

    public long Opening(int barsFromBegin = 0) => Grid.Add(Grid.Floor(Begin.ToUnixTimeMilliseconds()), barsFromBegin);

    public bool Exists(string symbol, long opening) => opening >= FirstOpening && !Lacking.Contains((symbol, opening));

    public IAsyncDisposable Subscribe(IReadOnlyList<StreamTopic> topics, IStreamListener listener)
    {
        lock (_gate)
            _listeners.AddRange(topics.Select(topic => (topic, listener)));
        return new Subscription(this, listener);
    }

    public void Push(string symbol, in Candle row) => Push(symbol, Row(in row));

    public void Push(string symbol, string rows)
    {
        var data = Encoding.UTF8.GetBytes($"[{rows}]");
        foreach (var (topic, listener) in Heard(symbol))
            listener.OnPush(topic, data);
    }

    public void PushFinished(string symbol, long opening) => Push(symbol, Candle(opening));

    public void PushForming(string symbol, long opening, decimal volume = 1m) => Push(symbol, Candle(opening, isFinished: false) with { Volume = volume });

    public void Reject(string symbol, string code)
    {
        foreach (var (topic, listener) in Heard(symbol))
            listener.OnRejected(topic, new OkxStreamException($"OKX refused {symbol}") { Code = code });
    }

    public void End()
    {
        foreach (var listener in Heard(null).Select(one => one.Listener).Distinct())
            ((CandleMailbox)listener).OnDisposed();
    }

    public async Task<CandlePage> AskAsync(SeriesKey key, Interval openings, CandleSource source, CancellationToken cancellationToken)
    {
        lock (_gate)
            Requests.Add((key, openings, source));
        if (RestHangs)
            await Task.Delay(Timeout.InfiniteTimeSpan, Time, cancellationToken);
        if (RestFailure is not null)
            throw RestFailure;

        return new CandlePage { Candles = Rows(key.Symbol, openings).Reverse().Take(MaxRows).ToArray() };
    }

    public Task<CandleBatch> AskHistoryAsync(CandleBatchQuery query, CancellationToken cancellationToken)
    {
        HistoryQueries.Add(query);
        if (RestFailure is { } failure)
            return Task.FromResult(CandleBatch.Create([], query.Symbols.ToDictionary(symbol => symbol, _ => failure)));

        var openings = new Interval(query.From.ToUnixTimeMilliseconds(), query.To!.Value.ToUnixTimeMilliseconds());
        return Task.FromResult(CandleBatch.Create(query.Symbols.Select(symbol =>
            CandleSeries.Create(symbol, query.Bar, openings.ToRange(), Rows(symbol, openings)))));
    }

    private IEnumerable<Candle> Rows(string symbol, Interval openings)
    {
        var end = Math.Min(openings.End, Grid.Floor(Now - (long)RestLag.TotalMilliseconds));
        for (var opening = Grid.Ceiling(Math.Max(openings.Start, FirstOpening)); opening < end; opening = Grid.Add(opening, 1))
        {
            var isServed = !SlowInHistory.TryGetValue((symbol, opening), out var lag) || Now >= Grid.Add(opening, 1) + (long)lag.TotalMilliseconds;
            if (isServed && Exists(symbol, opening))
                yield return Candle(opening);
        }
    }

    private List<(StreamTopic Topic, IStreamListener Listener)> Heard(string? symbol)
    {
        lock (_gate)
            return [.. _listeners.Where(one => symbol is null || one.Topic.Symbol == symbol)];
    }

    private static string Row(in Candle row) => string.Create(CultureInfo.InvariantCulture,
        $"[\"{row.OpenTime.ToUnixTimeMilliseconds()}\",\"{row.Open}\",\"{row.High}\",\"{row.Low}\",\"{row.Close}\",\"{row.Volume}\",\"{row.QuoteVolume}\",\"{row.QuoteVolume}\",\"{(row.IsFinished ? 1 : 0)}\"]");

    private sealed class Subscription(LiveMarket market, IStreamListener listener) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            lock (market._gate)
                market._listeners.RemoveAll(one => one.Listener == listener);
            return ValueTask.CompletedTask;
        }
    }
}
