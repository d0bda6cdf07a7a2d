using OkxData.Caching;

namespace OkxData.Candles;

/// <summary>Turns a segment into bytes and back; what comes back is equal to the digit.</summary>
internal interface ICandleCodec
{
    /// <summary>The ending of a key that holds this format, with its dot.</summary>
    string Extension { get; }

    /// <summary>The bytes, with their own checksum inside, after the encoder has read them back and compared.</summary>
    ValueTask<ReadOnlyMemory<byte>> EncodeAsync(CandleSegment segment, CancellationToken cancellationToken);

    /// <summary>The segment; the checksum is verified before any decoder sees the bytes.</summary>
    /// <exception cref="CorruptPayloadException">The bytes are damaged, of a newer schema, or not what this codec wrote.</exception>
    ValueTask<CandleSegment> DecodeAsync(ReadOnlyMemory<byte> content, CancellationToken cancellationToken);
}
