using System.Buffers;
using OkxData.Caching;

namespace OkxData.Candles.Codecs;

/// <summary>Candles as a JSON document, one candle a line; larger and slower than Parquet, and read by everything.</summary>
internal sealed class JsonCandleCodec : ICandleCodec
{
    public string Extension => ".json";

    public async ValueTask<ReadOnlyMemory<byte>> EncodeAsync(CandleSegment segment, CancellationToken cancellationToken)
    {
        if (SegmentCheck.FindFault(segment) is { } fault)
            throw new ArgumentException($"The segment of '{segment.Symbol}' cannot be stored: {fault}.", nameof(segment));

        var buffer = new ArrayBufferWriter<byte>(1024 + segment.Candles.Length * 96);
        JsonCandleWriter.Write(segment, buffer);
        var content = buffer.WrittenSpan.ToArray();
        JsonSeal.Apply(content);

        var read = await DecodeAsync(content, cancellationToken).ConfigureAwait(false);
        return SegmentCheck.AreEqual(segment, read)
            ? content
            : throw new InvalidDataException($"The JSON file of '{segment.Symbol}' does not read back as it was written; nothing is stored.");
    }

    public ValueTask<CandleSegment> DecodeAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (content.Length > CodecLimits.MaxBytes)
            throw new CorruptPayloadException($"The JSON file has {content.Length} bytes, {CodecLimits.MaxBytes} are allowed.");

        JsonSeal.Verify(content.Span);
        try
        {
            var segment = JsonCandleReader.Read(content.Span);
            return SegmentCheck.FindFault(segment) is { } fault
                ? throw new CorruptPayloadException($"The JSON file breaks a rule of candles: {fault}.")
                : ValueTask.FromResult(segment);
        }
        catch (Exception exception) when (exception is not (OperationCanceledException or OutOfMemoryException or CorruptPayloadException))
        {
            throw new CorruptPayloadException("The JSON file cannot be read, though its checksum is right.", exception);
        }
    }
}
