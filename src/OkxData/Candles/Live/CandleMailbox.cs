using System.Text.Json;
using OkxData.Candles.Wire;
using OkxData.Errors;
using OkxData.Models;
using OkxData.Streaming;
using OkxData.Time;
using OkxData.Validation;

namespace OkxData.Candles.Live;

/// <summary>Keeps what the connection pushes until the reader comes for it: a few finished candles a symbol, and the newest forming one.</summary>
/// <remarks>
/// The connection never waits for the reader. What finds no room is let go, since history has it; so memory is bounded
/// however slow the reader is. Thread-safe.
/// </remarks>
internal sealed class CandleMailbox : IStreamListener
{
    /// <summary>How many finished candles of a symbol wait for the reader.</summary>
    public const int Room = 64;

    private readonly Lock _gate = new();
    private readonly Dictionary<StreamTopic, Slot> _slots = [];
    private readonly List<Slot> _filled = [];
    private readonly ServerClock _clock;
    private readonly WakeSignal _wake;
    private readonly LiveReport _report;
    private readonly BarGrid _grid;
    private readonly bool _wantsForming;
    private bool _isDisposed;
    private OkxStreamException? _rejection;

    public CandleMailbox(IReadOnlyList<StreamTopic> topics, BarSize bar, bool wantsForming, ServerClock clock, WakeSignal wake, LiveReport report)
    {
        (_clock, _wake, _report, _grid, _wantsForming) = (clock, wake, report, bar.ToGrid(), wantsForming);
        for (var i = 0; i < topics.Count; i++)
            _slots.Add(topics[i], new Slot(i, new SeriesKey(topics[i].Symbol, bar)));
    }

    /// <summary>Why OKX will not serve one of the topics.</summary>
    public OkxStreamException? Rejection
    {
        get
        {
            lock (_gate)
                return _rejection;
        }
    }

    /// <summary>Whether the client has been disposed.</summary>
    public bool IsDisposed
    {
        get
        {
            lock (_gate)
                return _isDisposed;
        }
    }

    /// <summary>Whether nothing more comes, for either reason.</summary>
    public bool IsOver => IsDisposed || Rejection is not null;

    /// <summary>Empties the mailbox, each symbol's finished candles first, in the order in which they came.</summary>
    /// <param name="rows">Receives the rows, each with the index of its symbol.</param>
    public void DrainTo(List<(int Index, Candle Row)> rows)
    {
        lock (_gate)
        {
            foreach (var slot in _filled)
                slot.DrainTo(rows);
            _filled.Clear();
        }
    }

    public void OnPush(StreamTopic topic, ReadOnlySpan<byte> data)
    {
        if (!_slots.TryGetValue(topic, out var slot))
            return;

        if (Read(slot.Key, data) is not { } page)
            return;

        var rows = page.Candles.Span;
        var isNews = false;
        lock (_gate)
        {
            for (var i = rows.Length - 1; i >= 0; i--)
                isNews |= Keep(slot, in rows[i]);
        }

        if (isNews)
            _wake.Set();
    }

    /// <remarks>Not needed: what the connection has missed shows in what it pushes next, or in that it pushes nothing.</remarks>
    public void OnSubscribed(StreamTopic topic)
    {
    }

    public void OnInterrupted(StreamTopic topic)
    {
        lock (_gate)
        {
            if (_slots.TryGetValue(topic, out var slot))
                slot.HasPushed = false;
        }
    }

    public void OnDisposed()
    {
        lock (_gate)
            _isDisposed = true;
        _wake.Set();
    }

    public void OnRejected(StreamTopic topic, OkxStreamException reason)
    {
        lock (_gate)
            _rejection ??= reason;
        _wake.Set();
    }

    private CandlePage? Read(SeriesKey key, ReadOnlySpan<byte> data)
    {
        try
        {
            var reader = new Utf8JsonReader(data);
            reader.Read();
            var page = CandlePageReader.Read(ref reader, key.IsDerivative);
            if (page.BrokenRows.Count > 0)
                _report.Findings(key, page.BrokenRows.Select(row => CandleIssues.BrokenRow(key.Symbol, key.Bar, row.Index, row.OpenTime, row.Reason)));
            return page;
        }
        catch (Exception exception) when (exception is JsonException or OkxPayloadException)
        {
            _report.PushUnreadable(key, exception);
            return null;
        }
    }

    private bool Keep(Slot slot, in Candle row)
    {
        if (!CandleRules.IsSound(in row, _grid, _report.FutureLimit))
        {
            var issues = new List<DataIssue>();
            CandleRules.Inspect(slot.Key.Symbol, slot.Key.Bar, in row, _report.FutureLimit, issues);
            _report.Findings(slot.Key, issues);
            return false;
        }

        var opening = CandleRows.OpenMilliseconds(in row);
        _clock.NotePush(opening, row.IsFinished, slot.HasPushed);
        slot.HasPushed = true;
        if (slot.IsEmpty)
            _filled.Add(slot);
        return slot.Keep(in row, _wantsForming);
    }

    private sealed class Slot(int index, SeriesKey key)
    {
        private readonly Queue<Candle> _finished = [];
        private Candle? _forming;
        private DateTimeOffset? _newestForming;

        public SeriesKey Key => key;

        /// <summary>Whether anything was pushed since the subscription; the first push may tell what has long been so.</summary>
        public bool HasPushed { get; set; }

        public bool IsEmpty => _finished.Count == 0 && _forming is null;

        /// <summary>Keeps a row that has room.</summary>
        /// <returns>Whether the reader can do something with it.</returns>
        public bool Keep(in Candle row, bool wantsForming)
        {
            if (!row.IsFinished)
            {
                if (_forming is { } held && (held.OpenTime > row.OpenTime || (held.OpenTime == row.OpenTime && held.Volume > row.Volume)))
                    return false;
                var isNews = wantsForming || row.OpenTime != _newestForming;
                (_forming, _newestForming) = (row, row.OpenTime);
                return isNews;
            }

            foreach (var known in _finished)
            {
                if (known.OpenTime == row.OpenTime && CandleRows.HaveSameFigures(in known, in row))
                    return false;
            }

            if (_finished.Count < Room)
                _finished.Enqueue(row);
            return true;
        }

        public void DrainTo(List<(int Index, Candle Row)> rows)
        {
            foreach (var row in _finished)
                rows.Add((index, row));
            if (_forming is { } forming)
                rows.Add((index, forming));
            _finished.Clear();
            _forming = null;
        }
    }
}
