using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace OkxData.IntegrationTests.Adversary;

/// <summary>When a subscription is acknowledged.</summary>
public enum FakeAck
{
    BeforeData, AfterData, Twice, Never, Late,
}

/// <summary>How a server goes about what the facts leave open.</summary>
public sealed record FakeManner
{
    public bool EchoesId { get; init; } = true;

    public bool HasConnId { get; init; } = true;

    public FakeAck Ack { get; init; }

    /// <summary>Whether properties come in another order, with spaces and escapes.</summary>
    public bool IsOdd { get; init; }

    /// <summary>The bytes of a fragment of a message; 0 for whole messages.</summary>
    public int Fragment { get; init; }

    /// <summary>The bytes of one write; 0 for all at once.</summary>
    public int Write { get; init; }

    public bool Pongs { get; init; } = true;
}

/// <summary>One socket of a <see cref="FakeLive"/>.</summary>
internal sealed class FakeLiveSocket(FakeLive server, TcpClient client, string path)
{
    private readonly SemaphoreSlim _writing = new(1);
    private volatile bool _isOpen = true;

    public string Path => path;

    public bool IsOpen => _isOpen;

    /// <summary>Whether it no longer reads or writes, and tells nobody.</summary>
    public bool IsFrozen { get; set; }

    /// <summary>What is subscribed to: channel and symbol.</summary>
    public ConcurrentDictionary<(string Channel, string Symbol), bool> Topics { get; } = new();

    /// <summary>What the client sent, without its pings.</summary>
    public ConcurrentQueue<string> Messages { get; } = new();

    public async Task ServeAsync(CancellationToken cancellationToken)
    {
        using var socket = WebSocket.CreateFromStream(client.GetStream(), new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = Timeout.InfiniteTimeSpan });
        var buffer = new byte[1 << 20];
        try
        {
            while (true)
            {
                var message = await ReadAsync(socket, buffer, cancellationToken);
                if (message is null)
                    break;
                if (IsFrozen)
                    continue;
                if (message == "ping")
                {
                    if (server.Manner.Pongs)
                        await SendAsync("pong");
                    continue;
                }

                Messages.Enqueue(message);
                await AnswerAsync(message);
                server.Answered(this);
            }
        }
        catch (Exception exception) when (exception is WebSocketException or IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It is gone.
            return;
        }
        finally
        {
            _isOpen = false;
        }
    }

    /// <summary>Sends a text, in such pieces as the manner asks for.</summary>
    public async Task SendAsync(string text, int opcode = 1)
    {
        if (IsFrozen)
            return;

        var payload = Encoding.UTF8.GetBytes(text);
        using var bytes = new MemoryStream();
        var size = server.Manner.Fragment > 0 ? server.Manner.Fragment : Math.Max(1, payload.Length);
        for (var at = 0; at == 0 || at < payload.Length; at += size)
            WriteFrame(bytes, payload.AsSpan(at, Math.Min(size, payload.Length - at)), at == 0 ? opcode : 0, at + size >= payload.Length);
        await WriteAsync(bytes.ToArray());
    }

    public Task CloseAsync(int code) => WriteAsync([0x88, 2, (byte)(code >> 8), (byte)code]);

    public void Cut(bool resets)
    {
        // A socket that the client has just closed has none any more.
        if (resets && client.Client is { } raw)
            raw.LingerState = new LingerOption(true, 0);
        client.Close();
    }

    private async Task WriteAsync(byte[] bytes)
    {
        await _writing.WaitAsync();
        try
        {
            var size = server.Manner.Write > 0 ? server.Manner.Write : bytes.Length;
            for (var at = 0; at < bytes.Length; at += size)
                await client.GetStream().WriteAsync(bytes.AsMemory(at, Math.Min(size, bytes.Length - at)));
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // It is gone, and whoever reads from it finds out.
            return;
        }
        finally
        {
            _writing.Release();
        }
    }

    private static void WriteFrame(MemoryStream into, ReadOnlySpan<byte> payload, int opcode, bool isLast)
    {
        into.WriteByte((byte)((isLast ? 0x80 : 0) | opcode));
        if (payload.Length < 126)
        {
            into.WriteByte((byte)payload.Length);
        }
        else if (payload.Length <= ushort.MaxValue)
        {
            into.Write([126, (byte)(payload.Length >> 8), (byte)payload.Length]);
        }
        else
        {
            into.Write([127, 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length]);
        }

        into.Write(payload);
    }

    private static async Task<string?> ReadAsync(WebSocket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        for (var length = 0; ;)
        {
            var piece = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (piece.MessageType == WebSocketMessageType.Close)
                return null;
            length += piece.Count;
            if (piece.EndOfMessage)
                return Encoding.UTF8.GetString(buffer, 0, length);
        }
    }

    private async Task AnswerAsync(string message)
    {
        using var json = JsonDocument.Parse(message);
        var id = json.RootElement.TryGetProperty("id", out var given) ? given.GetString()! : "";
        var op = json.RootElement.GetProperty("op").GetString()!;
        foreach (var arg in json.RootElement.GetProperty("args").EnumerateArray())
        {
            var (channel, symbol) = (arg.GetProperty("channel").GetString()!, arg.GetProperty("instId").GetString()!);
            if (server.ErrorOf(this, channel, symbol) is { } code)
            {
                await SendAsync($$"""{{{IdOf(id)}}"event":"error","code":"{{code}}","msg":"Wrong URL or channel:{{channel}},instId:{{symbol}} doesn't exist."{{ConnId}} }""");
                continue;
            }

            if (op == "unsubscribe")
            {
                Topics.TryRemove((channel, symbol), out _);
                await SendAsync(AckOf(id, op, channel, symbol));
                continue;
            }

            Topics[(channel, symbol)] = true;
            var first = server.FirstDataOf(channel, symbol);
            if (server.Manner.Ack is FakeAck.BeforeData or FakeAck.Twice)
                await SendAsync(AckOf(id, op, channel, symbol));
            if (first is not null)
                await SendAsync(first);
            if (server.Manner.Ack is FakeAck.AfterData or FakeAck.Twice)
                await SendAsync(AckOf(id, op, channel, symbol));
            if (server.Manner.Ack == FakeAck.Late)
                _ = LateAsync(AckOf(id, op, channel, symbol));
        }
    }

    private async Task LateAsync(string ack)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(300), TimeProvider.System);
        await SendAsync(ack);
    }

    private string AckOf(string id, string op, string channel, string symbol) => server.Manner.IsOdd
        ? $$""" { "arg" : { "instId":"{{symbol}}" , "x":[{"data":[1]}], "ch\u0061nnel":"{{channel}}" }{{ConnId}}, "new":{"arg":{"channel":"other"} } , {{IdOf(id)}}"event":"{{op}}" } """
        : $$"""{{{IdOf(id)}}"event":"{{op}}","arg":{"channel":"{{channel}}","instId":"{{symbol}}"}{{ConnId}} }""";

    private string IdOf(string id) => server.Manner.EchoesId ? $"\"id\":\"{id}\"," : "";

    private string ConnId => server.Manner.HasConnId ? ",\"connId\":\"accb8e21\"" : "";
}
