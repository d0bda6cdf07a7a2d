namespace OkxData.Testing.Sockets;

/// <summary>Pushes the ticker.</summary>
internal sealed class TickerFeed(SocketTopic topic, PushDesk desk) : Feed(topic, desk.Faults.SeedOf(topic))
{
    private string? _last;

    /// <summary>The push before.</summary>
    public Frame? Old { get; set; }

    public override TimeSpan Interval => desk.Options.TickerInterval;

    public override void Greet(long now, SocketConnection subscriber) => Push(now, subscriber);

    public override void Beat(long now) => Push(now, null);

    private void Push(long now, SocketConnection? only)
    {
        var at = new DateTimeOffset(now, TimeSpan.Zero);
        if (desk.SymbolAt(Topic, at) is not { } symbol)
            return;

        var price = symbol.Series.ReadDay(at.ToUnixTimeMilliseconds())?.Last;
        if (only is null && price == _last && !desk.Options.PushUnchanged)
            return;

        _last = price;
        desk.Push(this, desk.Writer.Ticker(Topic, symbol, at), now, PushKind.Ticker, only);
    }
}
