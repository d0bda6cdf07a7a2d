using System.Buffers;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;

namespace OkxData.Streaming;

/// <summary>Puts the pieces of a socket's messages together, in one buffer that is used again and again.</summary>
/// <param name="socket">The socket; its owner's to dispose.</param>
/// <param name="received">Called for every piece, also of a message that is not complete yet.</param>
internal sealed class FrameReceiver(WebSocket socket, Action received) : IDisposable
{
    /// <summary>What is longer is read to its end and thrown away; OKX's longest frames have some 30 KB.</summary>
    public const int MostBytes = 1 << 20;

    private const int FirstBytes = 1 << 14;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBytes);

    /// <summary>Waits for a whole message.</summary>
    /// <returns>The message; it is valid until the next call.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<ReceivedFrame> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        var isOversized = false;
        while (true)
        {
            if (length == _buffer.Length)
                isOversized |= !TryGrow();
            if (isOversized)
                length = 0;

            var piece = await socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken).ConfigureAwait(false);
            received();
            if (piece.MessageType == WebSocketMessageType.Close)
                return new ReceivedFrame(ReceivedKind.Close, default);

            length += piece.Count;
            if (!piece.EndOfMessage)
                continue;

            var kind = isOversized ? ReceivedKind.Oversized : piece.MessageType == WebSocketMessageType.Binary ? ReceivedKind.Binary : ReceivedKind.Text;
            return new ReceivedFrame(kind, _buffer.AsMemory(0, length));
        }
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
    }

    private bool TryGrow()
    {
        if (_buffer.Length >= MostBytes)
            return false;

        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        _buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
        return true;
    }
}
