using System.Net.WebSockets;
using System.Text.Json;
using OkxData.Streaming;

namespace OkxData.Tests.Streaming;

/// <summary>OKX's sockets in memory: acknowledges what it knows, refuses what it does not, answers pings; each habit can be switched.</summary>
internal sealed class FakeExchange : IWebSocketConnector
{
    private readonly List<FakeSocket> _sockets = [];
    private readonly Lock _lock = new();

    /// <summary>Symbols that are refused with 60018.</summary>
    public HashSet<string> Unknown { get; } = [];

    /// <summary>Symbols that are neither acknowledged nor refused.</summary>
    public HashSet<string> Ignored { get; } = [];

    /// <summary>Whether answers carry the id that they answer.</summary>
    public bool EchoesIds { get; set; } = true;

    /// <summary>Whether one unknown symbol refuses the whole message, with one error.</summary>
    public bool RefusesWholeMessages { get; set; }

    /// <summary>Whether pings are answered.</summary>
    public bool AnswersPings { get; set; } = true;

    /// <summary>Done instead of connecting, for the number of the try from 1.</summary>
    public Func<int, CancellationToken, Task>? OnConnect { get; set; }

    /// <summary>What new sockets do with messages, where set.</summary>
    public Action<FakeSocket, string>? Script { get; set; }

    public int Tries { get; private set; }

    public List<DateTimeOffset> TryTimes { get; } = [];

    public TimeProvider? Clock { get; set; }

    public IReadOnlyList<FakeSocket> Sockets
    {
        get
        {
            lock (_lock)
                return [.. _sockets];
        }
    }

    public async Task<WebSocket> ConnectAsync(Uri address, CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            Tries++;
            if (Clock is not null)
                TryTimes.Add(Clock.GetUtcNow());
        }

        if (OnConnect is { } act)
            await act(Tries, cancellationToken);
        var socket = new FakeSocket(address, Answer) { Script = Script };
        lock (_lock)
            _sockets.Add(socket);
        return socket;
    }

    public void Answer(FakeSocket socket, string message)
    {
        if (message == "ping")
        {
            if (AnswersPings)
                socket.Push("pong");
            return;
        }

        using var request = JsonDocument.Parse(message);
        var id = EchoesIds ? $"\"id\":\"{request.RootElement.GetProperty("id").GetString()}\"," : "";
        var word = request.RootElement.GetProperty("op").GetString();
        var arguments = request.RootElement.GetProperty("args").EnumerateArray().ToList();
        if (RefusesWholeMessages && arguments.Exists(argument => Unknown.Contains(SymbolOf(argument))))
        {
            socket.Push($"{{{id}\"event\":\"error\",\"code\":\"60018\",\"msg\":\"Invalid request: something in it doesn't exist.\"}}");
            return;
        }

        foreach (var argument in arguments)
        {
            var symbol = SymbolOf(argument);
            if (Ignored.Contains(symbol))
                continue;

            socket.Push(Unknown.Contains(symbol)
                ? $"{{{id}\"event\":\"error\",\"code\":\"60018\",\"msg\":\"Wrong URL or channel:{argument.GetProperty("channel").GetString()},instId:{symbol} doesn't exist.\",\"connId\":\"a4d3ae55\"}}"
                : $"{{{id}\"event\":\"{word}\",\"arg\":{argument.GetRawText()},\"connId\":\"a4d3ae55\"}}");
        }
    }

    private static string SymbolOf(JsonElement argument) => argument.GetProperty("instId").GetString()!;
}
