using OkxData.Testing.Virtual;

namespace OkxData.Testing.Serving;

/// <summary>The body of a reply in memory, in the reply's manner. The exchange is busy until it was read or thrown away.</summary>
internal sealed class ReplyStream(Reply reply, SimulatorFaultOptions faults, TimeProvider clock, Bustle bustle, CancellationToken requestToken) : Stream
{
    private const int DripPieces = 50;

    private readonly int _end = reply.Manner == SendingManner.CutShort ? reply.Body.Length / 2 : reply.Body.Length;
    private long _padding = reply.Manner == SendingManner.Padded ? Math.Max(0, faults.OversizedBytes - reply.Body.Length) : 0;
    private int _position;
    private int _isOver;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (reply.Manner != SendingManner.Drip || _position >= _end)
            return Read(buffer.Span);

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(requestToken, cancellationToken);
        await bustle.WaitAsync(Task.Delay(faults.DripDuration / DripPieces, clock, ending.Token)).ConfigureAwait(false);
        var piece = Math.Max(1, _end / DripPieces);
        return Read(buffer.Span[..Math.Min(piece, buffer.Length)]);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
            return 0;

        if (_padding > 0)
        {
            var spaces = (int)Math.Min(_padding, buffer.Length);
            buffer[..spaces].Fill((byte)' ');
            _padding -= spaces;
            return spaces;
        }

        var count = Math.Min(_end - _position, buffer.Length);
        reply.Body.Span.Slice(_position, count).CopyTo(buffer);
        _position += count;
        if (count > 0)
            return count;

        Finish();
        return reply.Manner == SendingManner.CutShort
            ? throw new HttpIOException(HttpRequestError.ResponseEnded, "The simulator has ended the connection.")
            : 0;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        Finish();
        base.Dispose(disposing);
    }

    private void Finish()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
            bustle.Leave();
    }
}
