using System.Buffers;
using System.Net;

namespace OkxData.Http;

/// <summary>An answer with its whole body, in a borrowed buffer that is given back on disposal.</summary>
internal sealed class Reply : IDisposable
{
    private const int FirstBuffer = 64 * 1024;

    private byte[] _buffer;
    private int _length;

    private Reply(HttpStatusCode status, TimeSpan? retryAfter) =>
        (Status, RetryAfter, _buffer) = ((int)status, retryAfter, ArrayPool<byte>.Shared.Rent(FirstBuffer));

    public int Status { get; }

    /// <summary>How long the server asks to wait, where it does.</summary>
    public TimeSpan? RetryAfter { get; }

    public ReadOnlySpan<byte> Body => _buffer.AsSpan(0, _length);

    /// <summary>Reads the body; <see langword="null"/> when it is larger than allowed, of which no more than that is read.</summary>
    public static async Task<Reply?> ReadAsync(HttpResponseMessage response, int maxBytes, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > maxBytes)
            return null;

        var reply = new Reply(response.StatusCode, RetryAfterOf(response, timeProvider));
        try
        {
            if (await reply.FillAsync(response.Content, maxBytes, cancellationToken).ConfigureAwait(false))
                return reply;
        }
        catch
        {
            reply.Dispose();
            throw;
        }

        reply.Dispose();
        return null;
    }

    public void Dispose()
    {
        var buffer = Interlocked.Exchange(ref _buffer, []);
        _length = 0;
        if (buffer.Length > 0)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    private async Task<bool> FillAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            while (true)
            {
                if (_length == _buffer.Length)
                    Grow();

                var read = await stream.ReadAsync(_buffer.AsMemory(_length), cancellationToken).ConfigureAwait(false);
                _length += read;
                if (read == 0 || _length > maxBytes)
                    return read == 0;
            }
        }
    }

    private void Grow()
    {
        var larger = ArrayPool<byte>.Shared.Rent(_length * 2);
        Body.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private static TimeSpan? RetryAfterOf(HttpResponseMessage response, TimeProvider timeProvider)
    {
        // A date is one of the server's clock, which this reply tells; ours may be minutes off.
        var header = response.Headers.RetryAfter;
        var wait = header?.Delta ?? (header?.Date - (response.Headers.Date ?? timeProvider.GetUtcNow()));
        return wait > TimeSpan.Zero ? wait : null;
    }
}
