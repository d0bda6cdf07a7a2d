using System.Globalization;
using System.IO.Compression;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace OkxData.Testing.Serving;

/// <summary>Puts a reply on the wire, compressed where the caller takes that.</summary>
internal sealed class ReplySender(SimulatorFaultOptions faults)
{
    private static readonly TimeSpan LongestFarewell = TimeSpan.FromSeconds(2);

    private const int DripPieces = 50;
    private const int SmallestToCompress = 1024;

    public async Task SendAsync(HttpContext context, Reply reply, CancellationToken cancellationToken)
    {
        switch (reply.Manner)
        {
            case SendingManner.Reset:
                context.Abort();
                return;
            case SendingManner.Close:
                await CloseAsync(context, cancellationToken).ConfigureAwait(false);
                return;
            case SendingManner.Never:
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken).ConfigureAwait(false);
                return;
            default:
                await AnswerAsync(context, reply, cancellationToken).ConfigureAwait(false);
                return;
        }
    }

    /// <summary>Ends our half and leaves the other to the caller: aborting at once would reset the connection after all.</summary>
    private static async Task CloseAsync(HttpContext context, CancellationToken cancellationToken)
    {
        context.Features.GetRequiredFeature<IConnectionSocketFeature>().Socket.Shutdown(SocketShutdown.Send);
        await Task.Delay(LongestFarewell, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        context.Abort();
    }

    private async Task AnswerAsync(HttpContext context, Reply reply, CancellationToken cancellationToken)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        response.ContentType = reply.ContentType;
        response.Headers.CacheControl = "no-store";
        if (reply.Date is { } date)
            response.Headers.Date = date.ToString("R", CultureInfo.InvariantCulture);
        if (reply.RetryAfter is { } wait)
            response.Headers.RetryAfter = Math.Ceiling(wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);

        switch (reply.Manner)
        {
            case SendingManner.Drip:
                await DripAsync(response, reply.Body, cancellationToken).ConfigureAwait(false);
                return;
            case SendingManner.CutShort:
                response.ContentLength = reply.Body.Length;
                await response.Body.WriteAsync(reply.Body[..(reply.Body.Length / 2)], cancellationToken).ConfigureAwait(false);
                await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
                context.Abort();
                return;
            case SendingManner.Padded:
                await PadAsync(context, reply.Body, cancellationToken).ConfigureAwait(false);
                return;
            default:
                var body = reply.Body.Length < SmallestToCompress ? reply.Body : Compress(context, reply.Body);
                response.ContentLength = body.Length;
                await response.Body.WriteAsync(body, cancellationToken).ConfigureAwait(false);
                return;
        }
    }

    private async Task DripAsync(HttpResponse response, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        response.ContentLength = body.Length;
        var piece = Math.Max(1, body.Length / DripPieces);
        var pause = faults.DripDuration / Math.Max(1, (body.Length + piece - 1) / piece);
        while (!body.IsEmpty)
        {
            var size = Math.Min(piece, body.Length);
            await response.Body.WriteAsync(body[..size], cancellationToken).ConfigureAwait(false);
            await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
            body = body[size..];
            await Task.Delay(pause, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task PadAsync(HttpContext context, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var encoding = EncodingFor(context);
        var stream = Wrap(context, encoding, context.Response.Body);
        var spaces = new byte[64 * 1024];
        spaces.AsSpan().Fill((byte)' ');
        for (var left = faults.OversizedBytes - body.Length; left > 0; left -= spaces.Length)
            await stream.WriteAsync(spaces.AsMemory(0, (int)Math.Min(left, spaces.Length)), cancellationToken).ConfigureAwait(false);

        await stream.WriteAsync(body, cancellationToken).ConfigureAwait(false);
        await stream.FlushAsync(cancellationToken).ConfigureAwait(false);
        if (encoding.Length > 0)
            await stream.DisposeAsync().ConfigureAwait(false);
    }

    private static ReadOnlyMemory<byte> Compress(HttpContext context, ReadOnlyMemory<byte> body)
    {
        var encoding = EncodingFor(context);
        if (encoding.Length == 0)
            return body;

        var buffer = new MemoryStream(body.Length / 2);
        using (var stream = Wrap(context, encoding, buffer))
            stream.Write(body.Span);
        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static Stream Wrap(HttpContext context, string encoding, Stream inner)
    {
        if (encoding.Length > 0)
            context.Response.Headers.ContentEncoding = encoding;
        return encoding switch
        {
            "br" => new BrotliStream(inner, CompressionLevel.Fastest, leaveOpen: true),
            "gzip" => new GZipStream(inner, CompressionLevel.Fastest, leaveOpen: true),
            _ => inner,
        };
    }

    private static string EncodingFor(HttpContext context)
    {
        var accepted = context.Request.Headers.AcceptEncoding.ToString();
        return accepted.Contains("gzip", StringComparison.OrdinalIgnoreCase) ? "gzip"
            : accepted.Contains("br", StringComparison.OrdinalIgnoreCase) ? "br"
            : "";
    }
}
