using OkxData.Testing.Market;
using OkxData.Testing.Series;

namespace OkxData.Testing.Sockets;

/// <summary>What feeds need: the data, and the way out.</summary>
internal sealed class PushDesk(SymbolBook symbols, DefectBook defects, SimulatorSocketOptions options, Timeline timeline, FrameWriter writer)
{
    private long _sent;

    public SimulatorSocketOptions Options => options;

    public long Sent => Interlocked.Read(ref _sent);

    public Timeline Timeline => timeline;

    public FrameWriter Writer => writer;

    public ListedSymbol? SymbolAt(SocketTopic topic, DateTimeOffset at) =>
        symbols.Find(topic.Symbol) is { } symbol && symbol.IsListedAt(at) && !options.QuietSymbols.Contains(topic.Symbol) ? symbol : null;

    /// <summary>The row as REST has it at that instant; <see langword="null"/> where there is none.</summary>
    public CandleRow? RowAt(SocketTopic topic, SimulatedBar bar, long opening, long now)
    {
        if (SymbolAt(topic, DateTimeOffset.FromUnixTimeMilliseconds(now)) is not { } symbol)
            return null;
        if (symbol.Series.ReadNewestFirst(bar, opening + 1, opening - 1, now).FirstOrDefault() is not { } row)
            return null;

        return defects.Apply(row, symbol.Name, bar, CandleEndpoints.Stream, () => PreviousClose(symbol, bar, row, now)).FirstOrDefault();
    }

    public void Push(Feed feed, Frame frame, long now, PushKind kind, SocketConnection? only = null)
    {
        if (only is not null)
        {
            Send(only, frame, now);
            return;
        }

        foreach (var subscriber in feed.Subscribers)
            Send(subscriber, frame, now);
    }

    private void Send(SocketConnection connection, Frame frame, long now)
    {
        Interlocked.Increment(ref _sent);
        connection.LastActive = now;
        connection.Send(frame);
    }

    private static string PreviousClose(ListedSymbol symbol, SimulatedBar bar, CandleRow row, long now) =>
        symbol.Series.ReadNewestFirst(bar, row.Opening, long.MinValue, now).FirstOrDefault(row).Close;
}
