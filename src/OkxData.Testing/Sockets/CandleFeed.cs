using OkxData.Testing.Series;

namespace OkxData.Testing.Sockets;

/// <summary>Pushes the forming candle, the closed one for the last time, and then the next.</summary>
internal sealed class CandleFeed : Feed
{
    private readonly PushDesk _desk;
    private readonly SimulatedBar _bar;
    private long _opening;
    private CandleRow? _last;
    private ICandleSeries? _series;
    private ICandleReader? _reader;

    public CandleFeed(SocketTopic topic, SimulatedBar bar, PushDesk desk, long now)
        : base(topic, desk.Faults.SeedOf(topic))
    {
        (_bar, _desk) = (bar, desk);
        _opening = bar.Floor(Milliseconds(now));
        PlanConfirmation();
    }

    public override TimeSpan Interval => _desk.Options.CandleInterval;

    private long Close => _bar.Add(_opening, 1);

    public override void Greet(long now, SocketConnection subscriber)
    {
        if (Milliseconds(now) < Close && RowAt(Milliseconds(now)) is { } row)
            _desk.Push(this, _desk.Writer.Candles(Topic, row), now, PushKind.Forming, subscriber);
    }

    public override void Beat(long now)
    {
        // From the close to its confirmation nothing is said.
        if (Milliseconds(now) >= Close || RowAt(Milliseconds(now)) is not { } row)
            return;
        if (row == _last && !_desk.Options.PushUnchanged)
            return;

        _last = row;
        _desk.Push(this, _desk.Writer.Candles(Topic, row), now, PushKind.Forming);
    }

    private static long Milliseconds(long ticks) => (ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMillisecond;

    private CandleRow? RowAt(long now)
    {
        if (_desk.SymbolAt(Topic, DateTimeOffset.FromUnixTimeMilliseconds(now)) is not { } symbol)
            return null;

        // A name that was given to another asset has another series.
        if (_reader is null || _series != symbol.Series)
            (_series, _reader) = (symbol.Series, symbol.Series.CreateReader());
        return _reader.Read(_bar, _opening, now) is { } row ? _desk.Served(row, symbol, _bar, now) : null;
    }

    private void PlanConfirmation()
    {
        var due = DateTime.UnixEpoch.Ticks + Close * TimeSpan.TicksPerMillisecond + _desk.Options.ConfirmDelay.Ticks;
        _desk.Timeline.Plan(due, Confirm);
    }

    private void Confirm(long now)
    {
        if (Subscribers.Count == 0)
            return;

        if (RowAt(Milliseconds(now)) is { } row)
            _desk.Push(this, _desk.Writer.Candles(Topic, row), now, PushKind.Confirming);
        _opening = Close;
        _last = null;
        PlanConfirmation();
        if (_desk.Options.PushUnchanged)
            Beat(now);
    }
}
