using OkxData.Testing.Market;
using OkxData.Testing.Series;

namespace OkxData.Testing.Sockets;

/// <summary>What feeds need: the data, and the way out with all that can happen on it.</summary>
internal sealed class PushDesk(SymbolBook symbols, DefectBook defects, SimulatorSocketOptions options, Timeline timeline, FrameWriter writer, PushFaults faults)
{
    private readonly PushTally _tally = new();

    public SimulatorSocketOptions Options => options;

    public Timeline Timeline => timeline;

    public FrameWriter Writer => writer;

    public PushFaults Faults => faults;

    public SimulatedPushCounts Counts => _tally.ToRecord();

    public ListedSymbol? SymbolAt(SocketTopic topic, DateTimeOffset at) =>
        symbols.Find(topic.Symbol) is { } symbol && symbol.IsListedAt(at) && !options.QuietSymbols.Contains(topic.Symbol) ? symbol : null;

    /// <summary>The row as REST has it, with the defects that concern pushes.</summary>
    public CandleRow? Served(CandleRow row, ListedSymbol symbol, SimulatedBar bar, long now) =>
        defects.Apply(row, symbol.Name, bar, CandleEndpoints.Stream, () => PreviousClose(symbol, bar, row, now)).FirstOrDefault();

    /// <summary>Pushes to all subscribers of the feed, or to one.</summary>
    public void Push(Feed feed, Frame frame, long now, PushKind kind, SocketConnection? only = null)
    {
        _tally.Due(kind);
        if (faults.IsLost(feed, now, kind))
        {
            _tally.Lost(kind);
            return;
        }

        var delay = faults.DelayOf(feed, now, kind);
        if (delay == TimeSpan.Zero && only is null)
        {
            Deliver(feed, feed.Subscribers, frame, now);
            return;
        }

        SocketConnection[] receivers = only is null ? [.. feed.Subscribers] : [only];
        if (delay == TimeSpan.Zero)
        {
            Deliver(feed, receivers, frame, now);
            return;
        }

        _tally.Delayed();
        timeline.Plan(now + delay.Ticks, later => Deliver(feed, receivers, frame, later));
    }

    private void Deliver(Feed feed, IReadOnlyList<SocketConnection> receivers, Frame frame, long now)
    {
        if (faults.JunkBefore(feed, now) is { } junk)
            SendJunk(receivers, junk, now);

        var isSplit = faults.IsSplit(feed, now);
        Send(receivers, frame, now, isSplit);
        if (faults.IsRepeated(feed, now))
        {
            _tally.Repeated();
            Send(receivers, frame, now, isSplit);
        }

        if (feed is not TickerFeed tickers)
            return;
        if (faults.IsFollowedByAnOldOne(feed, now) && tickers.Old is { } old)
            SendJunk(receivers, old, now);
        tickers.Old = frame;
    }

    private void SendJunk(IReadOnlyList<SocketConnection> receivers, Frame junk, long now)
    {
        _tally.Junk();
        Send(receivers, junk, now, isSplit: false);
    }

    private static void Send(IReadOnlyList<SocketConnection> receivers, Frame frame, long now, bool isSplit)
    {
        // By index: a list that is walked like this needs no enumerator for each push.
        for (var i = 0; i < receivers.Count; i++)
        {
            if (isSplit)
            {
                var middle = frame.Content.Length / 2;
                receivers[i].Send(frame with { Content = frame.Content[..middle], IsEnd = false }, now);
                receivers[i].Send(frame with { Content = frame.Content[middle..] }, now);
            }
            else
            {
                receivers[i].Send(frame, now);
            }
        }
    }

    private static string PreviousClose(ListedSymbol symbol, SimulatedBar bar, CandleRow row, long now) =>
        symbol.Series.ReadNewestFirst(bar, row.Opening, long.MinValue, now).FirstOrDefault(row).Close;
}
