using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using OkxData.Testing;

using NUnit.Framework;

namespace OkxData.IntegrationTests.Simulator;

/// <summary>A plain WebSocket client of a simulator, to see its frames without the library in between.</summary>
internal sealed class SocketClient : IDisposable
{
    public const string Public = SimulatorPaths.PublicSocket;
    public const string Business = SimulatorPaths.BusinessSocket;

    private readonly byte[] _buffer = new byte[4 << 20];

    private SocketClient(WebSocket socket) => Socket = socket;

    public WebSocket Socket { get; }

    public static async Task<SocketClient> ConnectAsync(OkxSimulator simulator, string path, SimulatorConnection connection)
    {
        var address = new Uri(simulator.WebSocketAddress, path);
        if (connection == SimulatorConnection.InMemory)
            return new SocketClient(await simulator.CreateSocketConnector().ConnectAsync(address));

        var socket = new ClientWebSocket();
        socket.Options.KeepAliveInterval = TimeSpan.Zero;
        try
        {
            await socket.ConnectAsync(address, CancellationToken.None);
            return new SocketClient(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public Task SendAsync(string text) => Socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    public Task AskAsync(string operation, params (string Channel, string Symbol)[] topics) => SendAsync(
        $$"""{"op":"{{operation}}","args":[{{string.Join(',', topics.Select(topic => $$"""{"channel":"{{topic.Channel}}","instId":"{{topic.Symbol}}"}"""))}}]}""");

    /// <summary>The next whole message; the close code and reason where that is a close.</summary>
    public async Task<string> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        var length = 0;
        while (true)
        {
            var result = await Socket.ReceiveAsync(_buffer.AsMemory(length), patience.Token);
            if (result.MessageType == WebSocketMessageType.Close)
                return $"close {(int?)Socket.CloseStatus}";

            length += result.Count;
            if (result.EndOfMessage)
                return Encoding.UTF8.GetString(_buffer, 0, length);
        }
    }

    /// <summary>Messages until the socket says nothing for as long as a ping takes; the pong is not among them.</summary>
    public async Task<List<string>> ReceiveAllAsync()
    {
        await SendAsync("ping");
        var messages = new List<string>();
        while (await ReceiveAsync() is var message && message != "pong")
            messages.Add(message);
        return messages;
    }

    /// <summary>The rows of the candle pushes among the messages.</summary>
    public static string[][] Rows(IEnumerable<string> messages) =>
        [.. messages.Where(message => message.Contains("\"data\"", StringComparison.Ordinal)).Select(message => Json(message).GetProperty("data")[0].EnumerateArray().Select(figure => figure.GetString()!).ToArray())];

    public static JsonElement Json(string message)
    {
        using var document = JsonDocument.Parse(message);
        return document.RootElement.Clone();
    }

    /// <summary>Reads until the connection breaks, and returns what was said before.</summary>
    public async Task<List<string>> ReceiveToTheEndAsync()
    {
        var messages = new List<string>();
        try
        {
            while (await ReceiveAsync() is var message)
            {
                messages.Add(message);
                if (message.StartsWith("close", StringComparison.Ordinal))
                    return messages;
            }
        }
        catch (WebSocketException)
        {
            messages.Add("broken");
        }

        return messages;
    }

    public void Dispose() => Socket.Dispose();
}
