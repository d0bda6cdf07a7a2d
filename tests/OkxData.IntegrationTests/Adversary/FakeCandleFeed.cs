using System.Globalization;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>How candles are pushed.</summary>
public sealed record FakeFeedManner
{
    /// <summary>Whether the last push of a bar comes in one array with the first of the next.</summary>
    public bool JoinsNext { get; init; }

    public bool NeverConfirms { get; init; }

    /// <summary>Whether the last push comes again, with other figures.</summary>
    public bool ConfirmsTwice { get; init; }

    /// <summary>After how many pushes the sockets are cut; 0 for never.</summary>
    public int CutEvery { get; init; }

    /// <summary>How many bars the requests lag behind the sockets.</summary>
    public int RestLag { get; init; }

    /// <summary>Of how many requests one is answered.</summary>
    public int RestAnswersOneOf { get; init; } = 1;
}

/// <summary>Minute candles of a <see cref="FakeLive"/>, whose time is that of its rows alone.</summary>
internal sealed class FakeCandleFeed
{
    public const string Channel = "candle1m";
    private const long Minute = 60_000;

    private readonly FakeLive _server;
    private readonly FakeFeedManner _manner;
    private readonly FakeMarket _market = new();
    private readonly long _start;
    private int _pushes;
    private int _requests;
    private int _head;
    private volatile bool _isLingering;

    public FakeCandleFeed(FakeLive server, FakeFeedManner manner, DateTimeOffset start)
    {
        (_server, _manner, _start) = (server, manner, start.ToUnixTimeMilliseconds());
        server.Rest = Answer;
        server.FirstDataOf = (channel, symbol) => channel == Channel ? Text(symbol, RowOf(symbol, _head)) : null;
    }

    public async Task PushAsync(IReadOnlyList<string> symbols, int bars, Func<TimeSpan> pause)
    {
        for (var bar = 0; bar < bars; bar++)
        {
            foreach (var symbol in symbols)
                await PushAsync(symbol, RowOf(symbol, bar));
            await Task.Delay(pause(), TimeProvider.System);
            Volatile.Write(ref _head, bar + 1);
            foreach (var symbol in symbols)
            {
                var finished = RowOf(symbol, bar);
                if (_manner.NeverConfirms)
                    await PushAsync(symbol, RowOf(symbol, bar + 1));
                else if (_manner.JoinsNext)
                    await PushAsync(symbol, RowOf(symbol, bar + 1), finished);
                else
                    await PushAsync(symbol, finished);
                if (_manner.ConfirmsTwice)
                    await PushAsync(symbol, [.. finished[..4], "100.01", .. finished[5..]]);
            }
        }
    }

    /// <summary>Goes on with the bar that forms, so that nobody need guess what time it is.</summary>
    public async Task LingerAsync(IReadOnlyList<string> symbols)
    {
        _isLingering = true;
        foreach (var symbol in symbols)
            await PushAsync(symbol, RowOf(symbol, Volatile.Read(ref _head)));
        await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
    }

    public decimal CloseOf(string symbol, DateTimeOffset open) =>
        decimal.Parse(_market.Row(symbol, "1m", open.ToUnixTimeMilliseconds(), long.MaxValue)[4], CultureInfo.InvariantCulture);

    private long Now => _start + (Volatile.Read(ref _head) * Minute) + 30_000;

    private string[] RowOf(string symbol, int bar) => _market.Row(symbol, "1m", _start + (bar * Minute), Now);

    private string Text(string symbol, params IEnumerable<string[]> rows)
    {
        var texts = rows.Select(row => "[\"" + string.Join("\",\"", row) + "\"]");
        return _server.Manner.IsOdd ? FakeLive.OddPush(Channel, symbol, texts) : FakeLive.Push(Channel, symbol, texts);
    }

    private async Task PushAsync(string symbol, params IEnumerable<string[]> rows)
    {
        var cuts = _manner.CutEvery > 0 && ++_pushes % _manner.CutEvery == 0;
        foreach (var socket in _server.Open.Where(socket => socket.Topics.ContainsKey((Channel, symbol))))
        {
            if (cuts)
                socket.Cut(resets: _pushes % 2 == 0);
            else
                await socket.SendAsync(Text(symbol, rows));
        }
    }

    private (int Status, string Body) Answer(string target)
    {
        if (!target.StartsWith(FakeOkx.Recent, StringComparison.Ordinal) && !target.StartsWith(FakeOkx.History, StringComparison.Ordinal))
            return (200, """{"code":"0","msg":"","data":[]}""");
        if (Interlocked.Increment(ref _requests) % _manner.RestAnswersOneOf != 0)
            return _requests % 2 == 0 ? (503, "") : (429, """{"msg":"Too Many Requests","code":"50011"}""");

        var fields = target.Split('?', 2)[^1].Split('&').Select(field => field.Split('=')).ToDictionary(field => field[0], field => Uri.UnescapeDataString(field[^1]));
        long Number(string name, long otherwise) => fields.TryGetValue(name, out var text) ? long.Parse(text, CultureInfo.InvariantCulture) : otherwise;
        var now = Now - (_isLingering ? 0 : _manner.RestLag * Minute);
        var isHistory = target.StartsWith(FakeOkx.History, StringComparison.Ordinal);
        var rows = _market.Openings(fields["instId"], "1m", Number("before", long.MinValue), Number("after", long.MaxValue), now)
            .Where(open => !isHistory || open + Minute <= now)
            .Take((int)Math.Min(300, Number("limit", 100)))
            .Select(open => "[\"" + string.Join("\",\"", _market.Row(fields["instId"], "1m", open, now)) + "\"]");
        return (200, $$"""{"code":"0","msg":"","data":[{{string.Join(',', rows)}}]}""");
    }
}
